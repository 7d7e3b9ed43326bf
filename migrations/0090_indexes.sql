-- Measured on three years of a territory (docs/benchmarks.md): what a page or a job would else read whole.

-- The latest offer of a donor, from which its next one begins.
DROP INDEX collection_donor;
CREATE INDEX collection_donor ON collection (donor_id, coordination_id, created_at, id);
-- What is over, latest first.
CREATE INDEX collection_past ON collection (coordination_id, pickup_until, id) WHERE state NOT IN ('draft', 'published');
-- What has had its time, looked for by the worker every few minutes in every coordination.
CREATE INDEX collection_lapse ON collection (state, pickup_until);
-- The temperatures of a lot, on its page.
CREATE INDEX temperature_reading_lot ON temperature_reading (lot_id);
