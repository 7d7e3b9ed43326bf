-- Who sits at the table: territories, coordinations, structures, people in structures.

CREATE TABLE territory (
    id UUID NOT NULL PRIMARY KEY,
    parent_id UUID REFERENCES territory (id),
    level TEXT NOT NULL CHECK (level IN ('quartier', 'arrondissement', 'commune', 'ept', 'metropole', 'departement')),
    name TEXT NOT NULL,
    code_insee TEXT,
    zone TEXT NOT NULL DEFAULT 'Europe/Paris'
);

CREATE TABLE coordination (
    id UUID NOT NULL PRIMARY KEY,
    territory_id UUID NOT NULL REFERENCES territory (id),
    parent_id UUID REFERENCES coordination (id),
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    zone TEXT NOT NULL DEFAULT 'Europe/Paris',
    help_phone TEXT,
    settings JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- Every body or informal group, with or without a legal number.
CREATE TABLE structure (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('association', 'ccas', 'commerce', 'ess', 'service_public', 'collectif', 'entreprise', 'producteur', 'autre')),
    sector TEXT NOT NULL CHECK (sector IN ('aide_alimentaire', 'social', 'solidarite', 'sante', 'enfance', 'seniors', 'developpement_economique', 'collectif_citoyen', 'ess', 'commerce', 'agriculture', 'autre')),
    head_network TEXT,
    siret TEXT,
    rna TEXT,
    accreditation TEXT NOT NULL DEFAULT 'inconnue' CHECK (accreditation IN ('nationale', 'regionale', 'non_concernee', 'aucune', 'inconnue')),
    state TEXT NOT NULL DEFAULT 'validated' CHECK (state IN ('spotted', 'contacted', 'validated', 'to_review', 'closed')),
    created_at TIMESTAMPTZ NOT NULL,
    binned_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX structure_folded_name ON structure (folded_name);

CREATE TABLE membership (
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    level TEXT NOT NULL CHECK (level IN ('listed', 'reader', 'contributor', 'signatory')),
    since DATE NOT NULL,
    left_on DATE,
    PRIMARY KEY (coordination_id, structure_id)
);
CREATE INDEX membership_structure ON membership (structure_id);

CREATE TABLE affiliation (
    person_id UUID NOT NULL REFERENCES person (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    role TEXT NOT NULL CHECK (role IN ('lead', 'member', 'volunteer')),
    since DATE NOT NULL,
    PRIMARY KEY (person_id, structure_id)
);
CREATE INDEX affiliation_structure ON affiliation (structure_id);

CREATE TABLE facilitator (
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    person_id UUID NOT NULL REFERENCES person (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    since DATE NOT NULL,
    until DATE,
    PRIMARY KEY (coordination_id, person_id, since)
);

-- Who may see each group of fields of a structure's card.
CREATE TABLE field_scope (
    structure_id UUID NOT NULL REFERENCES structure (id),
    field_group TEXT NOT NULL CHECK (field_group IN ('identity', 'contact', 'capacity', 'public_served', 'wishes', 'stock', 'figures')),
    scope TEXT NOT NULL CHECK (scope IN ('me', 'structure', 'named', 'coordination', 'public')),
    named JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (structure_id, field_group)
);

-- The last number given on paper, per coordination, kind of paper and year.
CREATE TABLE reference_counter (
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    prefix TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (coordination_id, prefix, year)
);
