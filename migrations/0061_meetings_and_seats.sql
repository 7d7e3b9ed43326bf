-- Letters: which count against what a person gets in a day, in whose name they leave, to whom an answer goes.
ALTER TABLE notice ADD COLUMN coordination_id UUID;
ALTER TABLE notice ADD COLUMN due_at TIMESTAMPTZ;
ALTER TABLE letter ADD COLUMN direct BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE letter ADD COLUMN reply_to TEXT;

-- A coordination's next meetings. Civil times are its zone's.
CREATE TABLE meeting (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    starts_at TIMESTAMPTZ NOT NULL,
    ends_at TIMESTAMPTZ NOT NULL,
    place TEXT NOT NULL,
    agenda TEXT NOT NULL,
    called_at TIMESTAMPTZ NOT NULL,
    cancelled_at TIMESTAMPTZ,
    cancel_reason TEXT,
    CHECK (ends_at > starts_at)
);
CREATE INDEX meeting_next ON meeting (coordination_id, starts_at);

-- A structure that takes part elsewhere asks for a seat; the row goes when it is answered.
CREATE TABLE seat_ask (
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    asked_by UUID,
    asked_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (coordination_id, structure_id)
);
