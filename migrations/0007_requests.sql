-- What structures ask for, by family and quantity; households and persons as counts, never names.

CREATE TABLE standing_request (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    site_id UUID REFERENCES site (id),
    weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    every_weeks BIGINT NOT NULL DEFAULT 1 CHECK (every_weeks BETWEEN 1 AND 8),
    lines JSONB NOT NULL,
    households BIGINT CHECK (households >= 0),
    persons BIGINT CHECK (persons >= 0),
    note TEXT NOT NULL DEFAULT '',
    starts_on DATE NOT NULL,
    ends_on DATE,
    confirmed_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'closed')),
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX standing_request_structure ON standing_request (structure_id);

CREATE TABLE request (
    id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    site_id UUID REFERENCES site (id),
    standing_id UUID REFERENCES standing_request (id),
    needed_on DATE NOT NULL,
    households BIGINT CHECK (households >= 0),
    persons BIGINT CHECK (persons >= 0),
    note TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    close_reason TEXT CHECK (close_reason IN ('served', 'withdrawn', 'expired')),
    confirmed_at TIMESTAMPTZ NOT NULL,
    posted_by UUID REFERENCES person (id),
    posted_for BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((state = 'closed') = (close_reason IS NOT NULL)),
    UNIQUE (coordination_id, reference),
    UNIQUE (standing_id, needed_on)
);
CREATE INDEX request_board ON request (coordination_id, state, needed_on);
CREATE INDEX request_structure ON request (structure_id);

CREATE TABLE request_line (
    id UUID NOT NULL PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES request (id),
    rank BIGINT NOT NULL,
    family TEXT NOT NULL,
    temperature_class TEXT CHECK (temperature_class IN ('dry', 'chilled', 'chilled_sensitive', 'frozen')),
    wanted_grams BIGINT NOT NULL CHECK (wanted_grams > 0),
    served_grams BIGINT NOT NULL DEFAULT 0 CHECK (served_grams >= 0),
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (request_id, rank)
);
