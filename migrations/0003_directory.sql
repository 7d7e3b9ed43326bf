-- Cards: what a structure says of itself and of its places.

CREATE TABLE structure_card (
    structure_id UUID NOT NULL PRIMARY KEY REFERENCES structure (id),
    description TEXT NOT NULL DEFAULT '',
    website TEXT,
    contact_name TEXT,
    contact_email TEXT,
    contact_phone TEXT,
    households_served BIGINT CHECK (households_served >= 0),
    persons_served BIGINT CHECK (persons_served >= 0),
    families_wanted JSONB NOT NULL,
    families_excluded JSONB NOT NULL,
    confirmed_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE site (
    id UUID NOT NULL PRIMARY KEY,
    structure_id UUID NOT NULL REFERENCES structure (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    code_insee TEXT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    is_hub BOOLEAN NOT NULL DEFAULT FALSE,
    dry_grams BIGINT NOT NULL DEFAULT 0 CHECK (dry_grams >= 0),
    chilled_grams BIGINT NOT NULL DEFAULT 0 CHECK (chilled_grams >= 0),
    frozen_grams BIGINT NOT NULL DEFAULT 0 CHECK (frozen_grams >= 0),
    dock BOOLEAN NOT NULL DEFAULT FALSE,
    door_notes TEXT NOT NULL DEFAULT '',
    receiving JSONB NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX site_structure ON site (structure_id);

-- One import of a coordinator's own spreadsheet: read, looked at, then written whole or undone whole.
CREATE TABLE sheet_import (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    person_id UUID NOT NULL REFERENCES person (id),
    file_name TEXT NOT NULL,
    columns JSONB NOT NULL,
    rows JSONB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('read', 'written', 'undone')),
    created JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    written_at TIMESTAMPTZ,
    undone_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);
