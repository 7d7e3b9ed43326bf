-- The double-entry ledger. Each entry is one row with the place it leaves and the place it enters, so that
-- the two sides of an entry cannot differ; the view stock_side shows them as two signed rows (adr/0004).

CREATE TABLE place (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    structure_id UUID REFERENCES structure (id),
    site_id UUID REFERENCES site (id),
    kind TEXT NOT NULL CHECK (kind IN ('zone', 'vehicle', 'donor', 'handed_out', 'waste', 'returned', 'variance', 'resplit')),
    name TEXT NOT NULL,
    temperature_class TEXT CHECK (temperature_class IN ('dry', 'chilled', 'chilled_sensitive', 'frozen')),
    outside BOOLEAN NOT NULL,
    closed BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK (outside = (kind NOT IN ('zone', 'vehicle'))),
    UNIQUE (id, outside)
);
CREATE INDEX place_structure ON place (structure_id);
CREATE INDEX place_coordination ON place (coordination_id, kind);

CREATE TABLE lot (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    reference TEXT NOT NULL,
    product TEXT NOT NULL,
    family TEXT NOT NULL,
    temperature_class TEXT NOT NULL CHECK (temperature_class IN ('dry', 'chilled', 'chilled_sensitive', 'frozen')),
    lot_number TEXT,
    date_kind TEXT NOT NULL CHECK (date_kind IN ('use_by', 'best_before', 'none')),
    date DATE,
    donor_id UUID REFERENCES structure (id),
    collection_id UUID,
    parent_id UUID REFERENCES lot (id),
    crate_grams BIGINT NOT NULL DEFAULT 0 CHECK (crate_grams >= 0),
    estimated BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('expected', 'available', 'quarantined', 'blocked', 'withdrawn')),
    state_reason TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK ((date IS NULL) = (date_kind = 'none')),
    UNIQUE (coordination_id, reference)
);
CREATE INDEX lot_number ON lot (lot_number);
CREATE INDEX lot_collection ON lot (collection_id);
CREATE INDEX lot_parent ON lot (parent_id);
CREATE INDEX lot_date ON lot (coordination_id, date);

CREATE TABLE movement (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    occurred_at TIMESTAMPTZ NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('received', 'moved', 'split', 'handed_over', 'handed_out', 'wasted', 'returned', 'counted', 'corrected', 'withdrawn')),
    structure_id UUID REFERENCES structure (id),
    person_id UUID REFERENCES person (id),
    corrects_id UUID REFERENCES movement (id),
    reason TEXT,
    CHECK (cause NOT IN ('wasted', 'corrected', 'returned', 'withdrawn') OR reason IS NOT NULL)
);
CREATE INDEX movement_recorded ON movement (coordination_id, recorded_at);

CREATE TABLE entry (
    movement_id UUID NOT NULL REFERENCES movement (id),
    lot_id UUID NOT NULL REFERENCES lot (id),
    from_id UUID NOT NULL REFERENCES place (id),
    to_id UUID NOT NULL REFERENCES place (id),
    grams BIGINT NOT NULL CHECK (grams > 0),
    PRIMARY KEY (movement_id, lot_id, from_id, to_id),
    CHECK (from_id <> to_id)
);
CREATE INDEX entry_lot ON entry (lot_id);

CREATE VIEW stock_side AS
    SELECT movement_id, lot_id, from_id AS place_id, -grams AS grams FROM entry
    UNION ALL
    SELECT movement_id, lot_id, to_id AS place_id, grams FROM entry;

-- Kept for speed and for its CHECK: nothing inside goes below zero, nothing reserved is given away.
-- tablee doctor and a test hold it against the ledger.
CREATE TABLE balance (
    lot_id UUID NOT NULL REFERENCES lot (id),
    place_id UUID NOT NULL,
    outside BOOLEAN NOT NULL,
    grams BIGINT NOT NULL,
    reserved BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (lot_id, place_id),
    FOREIGN KEY (place_id, outside) REFERENCES place (id, outside),
    CHECK (outside OR (reserved >= 0 AND grams >= reserved)),
    CHECK (NOT outside OR reserved = 0)
);
CREATE INDEX balance_place ON balance (place_id) WHERE grams > 0;

CREATE TABLE stock_reservation (
    id UUID NOT NULL PRIMARY KEY,
    lot_id UUID NOT NULL REFERENCES lot (id),
    place_id UUID NOT NULL REFERENCES place (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    grams BIGINT NOT NULL CHECK (grams > 0),
    state TEXT NOT NULL CHECK (state IN ('active', 'released', 'consumed')),
    purpose TEXT NOT NULL,
    subject_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ
);
CREATE INDEX stock_reservation_active ON stock_reservation (lot_id, place_id) WHERE state = 'active';
CREATE INDEX stock_reservation_subject ON stock_reservation (subject_id);

CREATE TABLE temperature_reading (
    id UUID NOT NULL PRIMARY KEY,
    lot_id UUID REFERENCES lot (id),
    subject_id UUID NOT NULL,
    moment TEXT NOT NULL CHECK (moment IN ('pickup', 'arrival', 'storage')),
    tenths_celsius BIGINT NOT NULL CHECK (tenths_celsius BETWEEN -500 AND 600),
    threshold_tenths BIGINT,
    reason TEXT,
    read_at TIMESTAMPTZ NOT NULL,
    person_id UUID REFERENCES person (id),
    CHECK (threshold_tenths IS NULL OR tenths_celsius <= threshold_tenths OR reason IS NOT NULL)
);
CREATE INDEX temperature_reading_subject ON temperature_reading (subject_id);
