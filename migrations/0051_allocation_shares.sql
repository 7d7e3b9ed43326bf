-- A structure's part of a run: why it gets what it gets, until when it may answer, whether it was reminded.
CREATE TABLE allocation_share (
    id UUID NOT NULL PRIMARY KEY,
    run_id UUID NOT NULL REFERENCES allocation_run (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    reasons JSONB NOT NULL,
    answer_until TIMESTAMPTZ,
    reminded_at TIMESTAMPTZ,
    UNIQUE (run_id, structure_id)
);
CREATE INDEX allocation_share_structure ON allocation_share (structure_id);
CREATE INDEX allocation_line_reservation ON allocation_line (reservation_id);
