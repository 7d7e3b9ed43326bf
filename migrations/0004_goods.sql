-- What food is called and counted in, per coordination.

CREATE TABLE family (
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    code TEXT NOT NULL,
    name_fr TEXT NOT NULL,
    name_en TEXT NOT NULL,
    rank BIGINT NOT NULL,
    -- The share of a person's weekly need that this family stands for, in grams per person and week.
    norm_grams BIGINT NOT NULL CHECK (norm_grams >= 0),
    active BOOLEAN NOT NULL DEFAULT TRUE,
    PRIMARY KEY (coordination_id, code)
);

CREATE TABLE packaging (
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    code TEXT NOT NULL,
    name_fr TEXT NOT NULL,
    name_en TEXT NOT NULL,
    rank BIGINT NOT NULL,
    grams BIGINT NOT NULL CHECK (grams > 0),
    PRIMARY KEY (coordination_id, code)
);
