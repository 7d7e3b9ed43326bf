-- The daily run: inputs frozen with a hash, a plan with its certificate, a human's decision, each line's life.

CREATE TABLE allocation_run (
    id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    day DATE NOT NULL,
    inputs JSONB NOT NULL,
    inputs_hash TEXT NOT NULL,
    plan JSONB NOT NULL,
    certified BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'validated', 'executed', 'cancelled')),
    prepared_by UUID REFERENCES person (id),
    validated_by UUID REFERENCES person (id),
    validated_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (state NOT IN ('validated', 'executed') OR validated_by IS NOT NULL),
    CHECK (certified),
    UNIQUE (coordination_id, reference)
);
CREATE INDEX allocation_run_day ON allocation_run (coordination_id, day);

CREATE TABLE allocation_line (
    id UUID NOT NULL PRIMARY KEY,
    run_id UUID NOT NULL REFERENCES allocation_run (id),
    lot_id UUID NOT NULL REFERENCES lot (id),
    place_id UUID NOT NULL REFERENCES place (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    request_line_id UUID REFERENCES request_line (id),
    computed_grams BIGINT NOT NULL CHECK (computed_grams >= 0),
    grams BIGINT NOT NULL CHECK (grams >= 0),
    adjust_reason TEXT,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'refused', 'prepared', 'handed_over', 'not_handed_over')),
    answer_reason TEXT,
    answered_at TIMESTAMPTZ,
    reservation_id UUID REFERENCES stock_reservation (id),
    handover_id UUID REFERENCES handover (id),
    version BIGINT NOT NULL DEFAULT 1,
    CHECK (grams = computed_grams OR adjust_reason IS NOT NULL)
);
CREATE INDEX allocation_line_run ON allocation_line (run_id);
CREATE INDEX allocation_line_structure ON allocation_line (structure_id, state);

-- The memory of the fair share: what each structure received and what it needed, day by day.
CREATE TABLE fair_share_day (
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    structure_id UUID NOT NULL REFERENCES structure (id),
    day DATE NOT NULL,
    received_grams BIGINT NOT NULL DEFAULT 0 CHECK (received_grams >= 0),
    need_grams BIGINT NOT NULL DEFAULT 0 CHECK (need_grams >= 0),
    PRIMARY KEY (coordination_id, structure_id, day)
);

-- The rule's parameters, versioned; a change names the decision that made it.
CREATE TABLE fair_share_rule (
    id UUID NOT NULL PRIMARY KEY,
    coordination_id UUID NOT NULL REFERENCES coordination (id),
    starts_on DATE NOT NULL,
    half_life_days BIGINT NOT NULL CHECK (half_life_days BETWEEN 1 AND 365),
    tolerance_permille BIGINT NOT NULL CHECK (tolerance_permille BETWEEN 0 AND 200),
    weights JSONB NOT NULL,
    decision TEXT NOT NULL,
    decided_by UUID REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX fair_share_rule_starts ON fair_share_rule (coordination_id, starts_on);
