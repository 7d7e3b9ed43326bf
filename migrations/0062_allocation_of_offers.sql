-- The daily run also shares offers of the board: a line then names a collection instead of a lot, and what is held is a
-- reservation of that collection, which waits for its structure's answer. SQLite cannot make a column nullable, so the
-- table is written anew; the text is the same on both engines.
ALTER TABLE collection_reservation ADD COLUMN subject_id UUID;
ALTER TABLE collection_reservation ADD COLUMN answer_pending BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE allocation_line_new (
    id UUID NOT NULL PRIMARY KEY,
    run_id UUID NOT NULL REFERENCES allocation_run (id),
    lot_id UUID REFERENCES lot (id),
    place_id UUID REFERENCES place (id),
    collection_id UUID REFERENCES collection (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    request_line_id UUID REFERENCES request_line (id),
    computed_grams BIGINT NOT NULL CHECK (computed_grams >= 0),
    grams BIGINT NOT NULL CHECK (grams >= 0),
    adjust_reason TEXT,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'refused', 'prepared', 'handed_over', 'not_handed_over')),
    answer_reason TEXT,
    answered_at TIMESTAMPTZ,
    reservation_id UUID REFERENCES stock_reservation (id),
    hold_id UUID REFERENCES collection_reservation (id),
    handover_id UUID REFERENCES handover (id),
    received_grams BIGINT CHECK (received_grams >= 0),
    received_reason TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (grams = computed_grams OR adjust_reason IS NOT NULL),
    CHECK (received_grams IS NULL OR state = 'handed_over'),
    CHECK ((lot_id IS NULL) <> (collection_id IS NULL)),
    CHECK ((lot_id IS NULL) = (place_id IS NULL))
);
INSERT INTO allocation_line_new (id, run_id, lot_id, place_id, structure_id, request_line_id, computed_grams, grams,
    adjust_reason, state, answer_reason, answered_at, reservation_id, handover_id, version)
SELECT id, run_id, lot_id, place_id, structure_id, request_line_id, computed_grams, grams,
    adjust_reason, state, answer_reason, answered_at, reservation_id, handover_id, version
FROM allocation_line;
DROP TABLE allocation_line;
ALTER TABLE allocation_line_new RENAME TO allocation_line;
CREATE INDEX allocation_line_run ON allocation_line (run_id);
CREATE INDEX allocation_line_structure ON allocation_line (structure_id, state);
CREATE INDEX allocation_line_reservation ON allocation_line (reservation_id);
CREATE INDEX allocation_line_hold ON allocation_line (hold_id);
