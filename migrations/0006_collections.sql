-- Offers, recurring pickups, drives, agreements with donors, hand-overs.

CREATE TABLE agreement (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    donor_id UUID NOT NULL REFERENCES structure (id),
    partner_id UUID NOT NULL REFERENCES structure (id),
    starts_on DATE NOT NULL,
    ends_on DATE,
    -- How long the partner is asked before the others, in minutes.
    first_ask_minutes BIGINT NOT NULL CHECK (first_ask_minutes BETWEEN 0 AND 2880),
    notes TEXT NOT NULL DEFAULT '',
    donor_accepted_at TIMESTAMPTZ,
    partner_accepted_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (donor_id <> partner_id)
);
CREATE INDEX agreement_donor ON agreement (donor_id);

CREATE TABLE recurring_pickup (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    donor_id UUID NOT NULL REFERENCES structure (id),
    partner_id UUID REFERENCES structure (id),
    site_id UUID REFERENCES site (id),
    weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    from_time TEXT NOT NULL,
    until_time TEXT NOT NULL,
    product TEXT NOT NULL,
    family TEXT NOT NULL,
    temperature_class TEXT NOT NULL CHECK (temperature_class IN ('dry', 'chilled', 'chilled_sensitive', 'frozen')),
    usual_grams BIGINT NOT NULL CHECK (usual_grams > 0),
    starts_on DATE NOT NULL,
    ends_on DATE,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE pickup_exception (
    pickup_id UUID NOT NULL REFERENCES recurring_pickup (id),
    day DATE NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('cancelled', 'moved')),
    moved_to DATE,
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (pickup_id, day),
    CHECK ((kind = 'moved') = (moved_to IS NOT NULL))
);

CREATE TABLE collection (
    id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    kind TEXT NOT NULL CHECK (kind IN ('ramasse', 'collecte_publique', 'don', 'glanage', 'achat', 'transfert')),
    donor_id UUID NOT NULL REFERENCES structure (id),
    site_id UUID REFERENCES site (id),
    pickup_id UUID REFERENCES recurring_pickup (id),
    pickup_day DATE,
    product TEXT NOT NULL,
    family TEXT NOT NULL,
    temperature_class TEXT NOT NULL CHECK (temperature_class IN ('dry', 'chilled', 'chilled_sensitive', 'frozen')),
    animal_origin BOOLEAN NOT NULL DEFAULT FALSE,
    prepackaged BOOLEAN NOT NULL DEFAULT TRUE,
    grams BIGINT NOT NULL CHECK (grams > 0),
    taken_grams BIGINT NOT NULL DEFAULT 0,
    estimated BOOLEAN NOT NULL,
    packages BIGINT CHECK (packages > 0),
    packaging TEXT,
    crate_grams BIGINT NOT NULL DEFAULT 0 CHECK (crate_grams >= 0),
    lot_number TEXT,
    date_kind TEXT NOT NULL CHECK (date_kind IN ('use_by', 'best_before', 'none')),
    date DATE,
    short_date_reason TEXT,
    pickup_from TIMESTAMPTZ NOT NULL,
    pickup_until TIMESTAMPTZ NOT NULL,
    pickup_address TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    photo_id UUID,
    urgent BOOLEAN NOT NULL,
    partner_id UUID REFERENCES structure (id),
    partner_until TIMESTAMPTZ,
    scope TEXT NOT NULL CHECK (scope IN ('structure', 'named', 'coordination')),
    named JSONB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'taken_over', 'closed', 'refused', 'expired', 'cancelled', 'nothing_to_collect')),
    state_reason TEXT,
    posted_by UUID REFERENCES person (id),
    posted_for BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (taken_grams >= 0 AND taken_grams <= grams),
    CHECK (pickup_from < pickup_until),
    CHECK ((date IS NULL) = (date_kind = 'none')),
    UNIQUE (coordination_id, reference),
    UNIQUE (pickup_id, pickup_day)
);
CREATE INDEX collection_board ON collection (coordination_id, state, pickup_until);
CREATE INDEX collection_donor ON collection (donor_id);

CREATE TABLE photo (
    id UUID NOT NULL PRIMARY KEY,
    owner_id UUID NOT NULL REFERENCES structure (id),
    media_type TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE collection_reservation (
    id UUID NOT NULL PRIMARY KEY,
    collection_id UUID NOT NULL REFERENCES collection (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    grams BIGINT NOT NULL CHECK (grams > 0),
    state TEXT NOT NULL CHECK (state IN ('held', 'released', 'taken_over', 'not_taken')),
    reason TEXT,
    comes_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX collection_reservation_collection ON collection_reservation (collection_id);
CREATE INDEX collection_reservation_structure ON collection_reservation (structure_id, state);

-- The legal moment: what was proposed, what was accepted, at what temperature, signed by both.
CREATE TABLE handover (
    id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    kind TEXT NOT NULL CHECK (kind IN ('slip', 'delivery_note')),
    giver_id UUID NOT NULL REFERENCES structure (id),
    receiver_id UUID NOT NULL REFERENCES structure (id),
    subject_id UUID NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('prepared', 'signed', 'cancelled')),
    handed_at TIMESTAMPTZ,
    giver_name TEXT,
    giver_signature TEXT,
    receiver_name TEXT,
    receiver_signature TEXT,
    on_paper BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (coordination_id, reference)
);
CREATE INDEX handover_subject ON handover (subject_id);
CREATE INDEX handover_receiver ON handover (receiver_id, handed_at);
CREATE INDEX handover_giver ON handover (giver_id, handed_at);

CREATE TABLE handover_line (
    handover_id UUID NOT NULL REFERENCES handover (id),
    rank BIGINT NOT NULL,
    lot_id UUID REFERENCES lot (id),
    reservation_id UUID,
    product TEXT NOT NULL,
    family TEXT NOT NULL,
    temperature_class TEXT NOT NULL,
    lot_number TEXT,
    date_kind TEXT NOT NULL,
    date DATE,
    proposed_grams BIGINT NOT NULL CHECK (proposed_grams >= 0),
    accepted_grams BIGINT CHECK (accepted_grams >= 0),
    difference_reason TEXT,
    PRIMARY KEY (handover_id, rank)
);
