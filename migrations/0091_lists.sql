-- Measured on three years of a territory (docs/benchmarks.md): what every page of a list asks for.

-- Who facilitates, asked at each request.
CREATE INDEX facilitator_person ON facilitator (person_id);
-- The hubs: a few places among thousands.
CREATE INDEX site_hub ON site (name, id) WHERE is_hub;
-- A donor's offers: those on the board, and those that are over, latest first.
CREATE INDEX collection_donor_board ON collection (donor_id, coordination_id) WHERE state = 'published';
CREATE INDEX collection_donor_past ON collection (donor_id, coordination_id, pickup_until, id)
    WHERE state NOT IN ('draft', 'published');
-- Lists that go on page after page: the last term of their order is in the index too.
DROP INDEX collection_board;
CREATE INDEX collection_board ON collection (coordination_id, state, pickup_until, id);
DROP INDEX request_board;
CREATE INDEX request_board ON request (coordination_id, state, needed_on, id);
DROP INDEX request_structure;
CREATE INDEX request_structure ON request (structure_id, state, needed_on, id);
-- An agreement is looked for from either side.
CREATE INDEX agreement_partner ON agreement (partner_id);
-- Zones are looked for by who holds them, the outside by its kind (0020): this one only misled.
DROP INDEX place_coordination;
