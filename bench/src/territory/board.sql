-- The board of today: 400 published collections, 300 open requests of three lines; and three years of served requests.

WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 399)
INSERT INTO collection (id, reference, coordination_id, kind, donor_id, site_id, product, family, temperature_class,
    animal_origin, grams, estimated, crate_grams, date_kind, date, pickup_from, pickup_until, pickup_address, urgent, scope,
    named, state, posted_by, created_at)
SELECT unhex(printf('%012x7%03x8%03x%012x', now_ms - 600000 * number.n % 172800000, 11, 0, number.n)),
    printf('CN-%03d', number.n), coordination, 'don', shop.structure, shop.site, product, family, temperature, 0,
    (4 + number.n % 20) * crate, number.n % 3 > 0, crate, date_kind,
    CASE WHEN days > 0 THEN date(now_ms / 1000 + (3 + days) * 86400, 'unixepoch') END,
    strftime('%Y-%m-%dT%H:%M:%S+00:00', now_ms / 1000 - number.n % 12 * 3600, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%S+00:00', now_ms / 1000 + (6 + number.n % 72) * 3600, 'unixepoch'), 'rue de la Mesure', number.n % 8 = 0,
    'coordination', '[]', 'published', shop.person,
    strftime('%Y-%m-%dT%H:%M:%S+00:00', now_ms / 1000 - 600 * number.n % 172800, 'unixepoch')
FROM number JOIN ware ON ware.n = number.n % 12 JOIN seat shop ON shop.n = 240 + number.n % 60, constant;

CREATE TEMP TABLE ask AS
WITH RECURSIVE
    now_asked (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM now_asked WHERE n < 299),
    weeks (w) AS (SELECT 1 UNION ALL SELECT w + 1 FROM weeks WHERE w < 156)
SELECT seat.n AS n, 0 AS w, now_asked.n AS k, 'open' AS state, NULL AS why, now_ms / 1000 + now_asked.n % 6 * 86400 AS day
FROM now_asked JOIN seat ON seat.n = 3 + now_asked.n % 237, constant
UNION ALL
SELECT seat.n, w, 1000 + w * 300 + seat.n, 'closed', 'served', now_ms / 1000 - w * 604800
FROM weeks, seat, constant WHERE seat.n BETWEEN 3 AND 239;

INSERT INTO request (id, reference, coordination_id, structure_id, site_id, needed_on, persons, state, close_reason,
    confirmed_at, posted_by, created_at)
SELECT unhex(printf('%012x7%03x8%03x%012x', (day - 604800) * 1000, 12, 0, k)), printf('DM-%06d', k), coordination, structure,
    site, date(day, 'unixepoch'), 60 + ask.n * 37 % 400, state, why, strftime('%Y-%m-%dT%H:%M:%S+00:00', min(day, now_ms / 1000), 'unixepoch'),
    person, strftime('%Y-%m-%dT%H:%M:%S+00:00', day - 604800, 'unixepoch')
FROM ask JOIN seat ON seat.n = ask.n, constant ORDER BY day, k;

INSERT INTO request_line (id, request_id, rank, family, wanted_grams, served_grams, suggested_grams, accepted_grams)
SELECT unhex(printf('%012x7%03x8%03x%012x', (day - 604800) * 1000, 13, rank, k)),
    unhex(printf('%012x7%03x8%03x%012x', (day - 604800) * 1000, 12, 0, k)), rank, family, (20 + k * 7 % 90) * 1000,
    CASE state WHEN 'closed' THEN (20 + k * 7 % 90) * 1000 ELSE 0 END,
    CASE state WHEN 'closed' THEN (20 + k * 7 % 90) * 1000 ELSE 0 END,
    CASE state WHEN 'closed' THEN (20 + k * 7 % 90) * 1000 ELSE 0 END
FROM ask, (SELECT 1 AS rank UNION ALL SELECT 2 UNION ALL SELECT 3) JOIN ware ON ware.n = (k + rank * 5) % 12
ORDER BY day, k, rank;
