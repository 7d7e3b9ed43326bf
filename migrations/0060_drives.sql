-- Collection drives among individuals. A drive is an event first: what was collected, if anything, is only known and
-- written down once it has taken place.

CREATE TABLE drive (
    id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    organiser_id UUID NOT NULL REFERENCES structure (id),
    title TEXT NOT NULL,
    begins_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    address TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('announced', 'recorded', 'cancelled')),
    -- What was collected in all; the lots and the ledger have the rest.
    grams BIGINT NOT NULL DEFAULT 0 CHECK (grams >= 0),
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (begins_at < ends_at),
    CHECK (state = 'recorded' OR grams = 0),
    UNIQUE (coordination_id, reference)
);
CREATE INDEX drive_coming ON drive (coordination_id, state, ends_at);
CREATE INDEX drive_organiser ON drive (organiser_id, ends_at);
