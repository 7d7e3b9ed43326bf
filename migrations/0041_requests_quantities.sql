-- The four figures of a request line: wanted and served were there; what allocations suggested and what the
-- structure accepted of it join them. A line taken off a request keeps its row: allocations may point at it.
ALTER TABLE request_line ADD COLUMN suggested_grams BIGINT NOT NULL DEFAULT 0 CHECK (suggested_grams >= 0);
ALTER TABLE request_line ADD COLUMN accepted_grams BIGINT NOT NULL DEFAULT 0 CHECK (accepted_grams >= 0);
ALTER TABLE request_line ADD COLUMN taken_off BOOLEAN NOT NULL DEFAULT FALSE;
