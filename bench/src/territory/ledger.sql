-- Three years of the ledger: 168,000 lots that came to a hub, were handed over to four structures and handed out by
-- each. What would have happened after now has not happened: those lots are the stock of today.

CREATE TEMP TABLE ware (
    n INTEGER PRIMARY KEY, family TEXT, product TEXT, temperature TEXT, date_kind TEXT, days INTEGER, step_hours INTEGER,
    crate INTEGER
);
INSERT INTO ware VALUES
    (0, 'fruit_vegetables', 'Pommes', 'dry', 'none', 0, 12, 10000),
    (1, 'starches', 'Pâtes', 'dry', 'best_before', 300, 60, 12000),
    (2, 'dairy', 'Yaourts nature', 'chilled', 'use_by', 12, 12, 6000),
    (3, 'meat_fish_eggs', 'Jambon sous vide', 'chilled_sensitive', 'use_by', 8, 9, 4000),
    (4, 'fats', 'Huile de tournesol', 'dry', 'best_before', 400, 72, 10000),
    (5, 'sweet', 'Confiture d’abricots', 'dry', 'best_before', 500, 72, 8000),
    (6, 'ready_meals', 'Plats préparés', 'chilled_sensitive', 'use_by', 6, 9, 5000),
    (7, 'drinks', 'Jus de pomme', 'dry', 'best_before', 200, 60, 12000),
    (8, 'infant', 'Petits pots', 'dry', 'best_before', 250, 48, 6000),
    (9, 'hygiene', 'Savons', 'dry', 'none', 0, 96, 5000),
    (10, 'cleaning', 'Lessive', 'dry', 'none', 0, 96, 8000),
    (11, 'other', 'Soupe surgelée', 'frozen', 'best_before', 90, 36, 10000);

CREATE TEMP TABLE cold (name TEXT PRIMARY KEY, rank INTEGER);
INSERT INTO cold VALUES ('dry', 0), ('chilled', 1), ('chilled_sensitive', 2), ('frozen', 3);

-- A hub's zones are at its site, a receiver's at the structure at large, as the use cases open them.
CREATE TEMP TABLE zone (n INTEGER, temperature TEXT, id BLOB NOT NULL, PRIMARY KEY (n, temperature)) WITHOUT ROWID;
INSERT INTO zone
SELECT n, name, unhex(printf('%012x7%03x8%03x%012x', start_ms, 4, rank, n)) FROM seat, cold, constant WHERE NOT shop;

INSERT INTO place (id, coordination_id, structure_id, site_id, kind, name, temperature_class, outside)
SELECT zone.id, coordination, seat.structure, CASE WHEN seat.n < 3 THEN seat.site END, 'zone', '', zone.temperature, 0
FROM zone JOIN seat ON seat.n = zone.n, constant;

INSERT INTO place (id, coordination_id, kind, name, outside) SELECT donor_place, coordination, 'donor', '', 1 FROM constant;
INSERT INTO place (id, coordination_id, kind, name, outside)
SELECT handed_out_place, coordination, 'handed_out', '', 1 FROM constant;

CREATE TEMP TABLE batch (
    k INTEGER PRIMARY KEY, lot BLOB NOT NULL, ms INTEGER NOT NULL, ware INTEGER NOT NULL, hub INTEGER NOT NULL,
    shop INTEGER NOT NULL, crates INTEGER NOT NULL, collection BLOB
);
WITH RECURSIVE number (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM number, constant WHERE k + 1 < lots),
    moment (k, ms) AS (SELECT k, start_ms + k * (now_ms - start_ms) / lots FROM number, constant)
INSERT INTO batch
SELECT k, unhex(printf('%012x7%03x8%03x%012x', ms, 5, 0, k)), ms, k % 12, k / 12 % 3, 240 + k / 3 * 7 % 60, 4 + k * 7 % 17,
    CASE WHEN k % 3 = 0 THEN unhex(printf('%012x7%03x8%03x%012x', ms - 72000000, 6, 0, k)) END
FROM moment;

-- One lot in three came of a collection that was posted on the board.
INSERT INTO collection (id, reference, coordination_id, kind, donor_id, site_id, product, family, temperature_class, grams,
    taken_grams, estimated, crate_grams, date_kind, date, pickup_from, pickup_until, pickup_address, urgent, scope, named,
    state, posted_by, created_at)
SELECT batch.collection, printf('CM-%06d', k), coordination, 'don', shop.structure, shop.site, product, family, temperature,
    crates * crate, crates * crate, 0, crate, date_kind,
    CASE WHEN days > 0 THEN date(ms / 1000 + days * 86400, 'unixepoch') END,
    strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000 - 14400, 'unixepoch'), strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000, 'unixepoch'),
    'rue de la Mesure', 0, 'coordination', '[]', 'taken_over', shop.person,
    strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000 - 72000, 'unixepoch')
FROM batch JOIN ware ON ware.n = batch.ware JOIN seat shop ON shop.n = batch.shop, constant
WHERE batch.collection IS NOT NULL ORDER BY k;

INSERT INTO collection_reservation (id, collection_id, structure_id, grams, state, created_at, ended_at)
SELECT unhex(printf('%012x7%03x8%03x%012x', ms, 7, 0, k)), batch.collection, hub.structure, crates * crate, 'taken_over',
    strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000 - 36000, 'unixepoch'), strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000, 'unixepoch')
FROM batch JOIN ware ON ware.n = batch.ware JOIN seat hub ON hub.n = batch.hub
WHERE batch.collection IS NOT NULL ORDER BY k;

INSERT INTO lot (id, coordination_id, reference, product, family, temperature_class, lot_number, date_kind, date, donor_id,
    collection_id, crate_grams, estimated, state, created_at)
SELECT lot, coordination, printf('LM-%06d', k), product, family, temperature, printf('N%05d', k % 40000), date_kind,
    CASE WHEN days > 0 THEN date(ms / 1000 + days * 86400, 'unixepoch') END, shop.structure, batch.collection, crate, 0,
    'available', strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000, 'unixepoch')
FROM batch JOIN ware ON ware.n = batch.ware JOIN seat shop ON shop.n = batch.shop, constant ORDER BY k;

-- A quarter of its crates for each of four structures, one after the other.
CREATE TEMP TABLE part AS
SELECT k, j, hub, lot, temperature, 3 + (k * 31 + k / 12 * 7 + j * 59) % 237 AS receiver,
    ms + (j + 1) * step_hours * 3600000 AS ms, (crates / 4 + (j < crates % 4)) * crate AS grams
FROM batch JOIN ware ON ware.n = batch.ware,
    (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3);

CREATE TEMP TABLE step AS
SELECT unhex(printf('%012x7%03x8%03x%012x', ms, cause, j, k)) AS id, ms, cause, lot, from_id, to_id, grams, actor
FROM (
    SELECT k, 0 AS j, 8 AS cause, ms, lot, donor_place AS from_id, zone.id AS to_id, crates * crate AS grams, hub AS actor
    FROM batch JOIN ware ON ware.n = batch.ware JOIN zone ON zone.n = batch.hub AND zone.temperature = ware.temperature,
        constant
    UNION ALL
    SELECT k, j, 9, ms, lot, away.id, there.id, grams, hub
    FROM part JOIN zone away ON away.n = hub AND away.temperature = part.temperature
        JOIN zone there ON there.n = receiver AND there.temperature = part.temperature
    UNION ALL
    SELECT k, j, 10, ms + (24 + (k * 5 + j) % 48) * 3600000, lot, zone.id, handed_out_place, grams, receiver
    FROM part JOIN zone ON zone.n = receiver AND zone.temperature = part.temperature, constant
)
WHERE ms <= (SELECT now_ms FROM constant) ORDER BY ms;

INSERT INTO movement (id, coordination_id, occurred_at, recorded_at, cause, structure_id, person_id)
SELECT id, coordination, strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000, 'unixepoch'), strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000, 'unixepoch'),
    CASE cause WHEN 8 THEN 'received' WHEN 9 THEN 'handed_over' ELSE 'handed_out' END, structure, person
FROM step JOIN seat ON seat.n = actor, constant ORDER BY step.rowid;

INSERT INTO entry (movement_id, lot_id, from_id, to_id, grams)
SELECT id, lot, from_id, to_id, grams FROM step ORDER BY rowid;

INSERT INTO balance (lot_id, place_id, outside, grams)
SELECT lot_id, place_id, outside, side.grams
FROM (SELECT lot_id, place_id, SUM(grams) AS grams FROM stock_side GROUP BY lot_id, place_id) side
    JOIN place ON place.id = place_id;

-- What each structure received and needed, day by day: the memory of the fair share.
INSERT INTO fair_share_day (coordination_id, structure_id, day, received_grams, need_grams)
SELECT coordination, seat.structure, received.day, received.grams, (60 + seat.n * 37 % 400) * 1289
FROM (SELECT receiver, date(ms / 1000, 'unixepoch') AS day, SUM(grams) AS grams FROM part, constant
      WHERE ms <= now_ms GROUP BY receiver, day) received
    JOIN seat ON seat.n = receiver, constant
ORDER BY seat.structure, received.day;

-- What is kept cold was measured when it came.
INSERT INTO temperature_reading (id, lot_id, subject_id, moment, tenths_celsius, threshold_tenths, read_at)
SELECT unhex(printf('%012x7%03x8%03x%012x', ms, 14, 0, k)), lot, lot, 'arrival',
    CASE temperature WHEN 'frozen' THEN -200 - k % 20 ELSE 20 + k % 20 END,
    CASE temperature WHEN 'frozen' THEN -180 WHEN 'chilled' THEN 80 ELSE 40 END,
    strftime('%Y-%m-%dT%H:%M:%S+00:00', ms / 1000, 'unixepoch')
FROM batch JOIN ware ON ware.n = batch.ware WHERE temperature <> 'dry' ORDER BY k;
