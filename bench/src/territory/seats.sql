-- Who sits at the table: 300 structures (3 hubs, 237 that receive, 60 shops), 2,000 sites, one person each.

INSERT INTO territory (id, level, name, code_insee)
SELECT territory, 'ept', 'Territoire de mesure', NULL FROM constant;

INSERT INTO coordination (id, territory_id, slug, name, full_name, settings, created_at)
SELECT coordination, territory, 'mesure', 'Table de mesure', 'Coordination de mesure', '{}', started FROM constant;

CREATE TEMP TABLE seat (
    n INTEGER PRIMARY KEY, structure BLOB NOT NULL, person BLOB NOT NULL, site BLOB NOT NULL, shop INTEGER NOT NULL
);
WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 299)
INSERT INTO seat
SELECT n, unhex(printf('%012x7%03x8%03x%012x', start_ms, 1, 0, n)), unhex(printf('%012x7%03x8%03x%012x', start_ms, 2, 0, n)),
    unhex(printf('%012x7%03x8%03x%012x', start_ms, 3, 0, n)), n >= 240
FROM number, constant;

INSERT INTO structure (id, name, folded_name, kind, sector, created_at)
SELECT structure,
    CASE WHEN shop THEN 'Commerce ' WHEN n < 3 THEN 'Plateforme ' ELSE 'Épicerie solidaire ' END || printf('%03d', n),
    CASE WHEN shop THEN 'commerce ' WHEN n < 3 THEN 'plateforme ' ELSE 'epicerie solidaire ' END || printf('%03d', n),
    CASE WHEN shop THEN 'commerce' ELSE 'association' END, CASE WHEN shop THEN 'commerce' ELSE 'aide_alimentaire' END,
    started
FROM seat, constant;

INSERT INTO membership (coordination_id, structure_id, level, since)
SELECT coordination, structure, 'contributor', date(started) FROM seat, constant;

INSERT INTO person (id, name, email, created_at, last_seen_at)
SELECT person, printf('Personne %03d', n), printf('personne-%03d@exemple.fr', n), started, started FROM seat, constant;

INSERT INTO affiliation (person_id, structure_id, role, since)
SELECT person, structure, 'lead', date(started) FROM seat, constant;

INSERT INTO facilitator (coordination_id, person_id, structure_id, since)
SELECT coordination, person, structure, date(started) FROM seat, constant WHERE n < 2;

-- One structure in four shows its stock to the others.
INSERT INTO field_scope (structure_id, field_group, scope, named)
SELECT structure, 'stock', 'coordination', '[]' FROM seat WHERE n % 4 = 0;

INSERT INTO structure_card (structure_id, households_served, persons_served, families_wanted, families_excluded, confirmed_at)
SELECT structure, CASE WHEN shop THEN NULL ELSE 20 + n * 13 % 130 END, CASE WHEN shop THEN NULL ELSE 60 + n * 37 % 400 END,
    '[]', CASE WHEN n % 10 = 9 THEN '["hygiene"]' ELSE '[]' END, now
FROM seat, constant;

WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 1999)
INSERT INTO site (id, structure_id, name, address, postcode, city, latitude, longitude, is_hub, dry_grams, chilled_grams,
    frozen_grams, dock, receiving)
SELECT unhex(printf('%012x7%03x8%03x%012x', start_ms, 3, 0, number.n)), seat.structure, printf('Lieu %04d', number.n),
    printf('%d rue de la Mesure', number.n), '93100', 'Montreuil', 48.80 + number.n % 50 * 0.004, 2.30 + number.n / 50 * 0.006,
    number.n < 3, CASE WHEN number.n < 3 THEN 400000000 ELSE 2000000 END, CASE WHEN number.n < 3 THEN 90000000 ELSE 500000 END,
    CASE WHEN number.n < 3 THEN 60000000 ELSE 200000 END, number.n < 3, '[]'
FROM number JOIN seat ON seat.n = number.n % 300, constant;
