"""The statements that carry a plan out. Run by `actions.import_people` only."""

from uuid import UUID

from psycopg import Cursor

from fengchao.people.importing.matching import run

# Only doors that an accepted row lives behind; refused rows leave nothing behind.
PLACES = """
DROP TABLE IF EXISTS import_used;
CREATE TEMP TABLE import_used ON COMMIT DROP AS
SELECT DISTINCT h.dwelling FROM import_plan x JOIN import_person s USING (key) JOIN import_house h USING (home)
WHERE x.verdict IN ('created', 'updated');
ANALYZE import_used;
INSERT INTO people_building (id, grid, compound, name, number, road, house_number, entrances, floors, seq)
SELECT b.id, b.grid, b.compound, b.name, b.number, b.road, b.house_number, LEAST(99, b.entrances),
 LEAST(200, GREATEST(1, b.floors)), %(seq)s + row_number() OVER (ORDER BY b.first)
FROM import_building b
WHERE b.new AND b.id IN (SELECT p.building FROM import_place p JOIN import_used USING (dwelling));
INSERT INTO people_dwelling (id, grid, building_id, entrance, floor, room, label, walk, state, source)
SELECT DISTINCT ON (p.dwelling) p.dwelling, p.grid, p.building, p.entrance, p.floor, p.room,
 concat(p.building_name, p.entrance || CASE WHEN p.entrance <> '' THEN '单元' END, p.room), p.walk, 'occupied',
 %(source)s
FROM import_place p JOIN import_used USING (dwelling) WHERE p.new;
UPDATE people_building b SET floors = LEAST(200, f.floors), entrances = GREATEST(b.entrances, f.entrances)
FROM (SELECT p.building, max(p.floor) AS floors, LEAST(99, count(DISTINCT p.entrance)) AS entrances
 FROM import_place p JOIN import_used USING (dwelling) WHERE NOT p.new_building AND p.new GROUP BY 1) f
WHERE b.id = f.building AND (f.floors > b.floors OR f.entrances > b.entrances);
INSERT INTO people_household (id, grid, building_id, dwelling_id, number)
SELECT DISTINCT ON (h.id) h.id, h.grid, h.building, h.dwelling, h.number
FROM import_house h JOIN import_used USING (dwelling) WHERE h.new;
"""

# `tx` is asked for once a statement: as the column's default it would be asked for once a row.
PEOPLE = """
INSERT INTO people_person (id, grid, building_id, dwelling_id, household_id, name, initials, sex, born, id_kind,
 ric_sealed, ric_blind, ric_tail, phone_sealed, phone_blind, phone_tail, relation, basis, presence, workplace, hukou,
 remark, source, tx)
SELECT s.id, h.grid, h.building, h.dwelling, h.id, s.name, s.initials, s.sex, s.born, s.id_kind,
 s.ric_sealed, s.ric_blind, s.ric_tail, s.phone_sealed, s.phone_blind, s.phone_tail, s.relation,
 COALESCE(NULLIF(s.basis, ''), 'unknown'), COALESCE(NULLIF(s.presence, ''), 'present'), s.workplace, s.hukou,
 s.remark, %(source)s, (SELECT fc_tx())
FROM import_plan x JOIN import_person s USING (key) JOIN import_house h USING (home) WHERE x.verdict = 'created';
INSERT INTO people_residence (id, grid, building_id, dwelling_id, person_id, basis, since, tx)
SELECT s.residence, h.grid, h.building, h.dwelling, s.id, COALESCE(NULLIF(s.basis, ''), 'unknown'), %(today)s,
 (SELECT fc_tx())
FROM import_plan x JOIN import_person s USING (key) JOIN import_house h USING (home) WHERE x.verdict = 'created'
 AND s.presence <> 'left';
"""

# A list names reasons for care; none ends because a list does not know of it.
TAGS = """
INSERT INTO people_caretag (id, grid, building_id, person_id, code, source)
SELECT fc_uuid7(), h.grid, h.building, COALESCE(x.person, s.id), t.code, %(source)s
FROM import_plan x JOIN import_person s USING (key) JOIN import_house h USING (home), unnest(s.tags) AS t (code)
WHERE x.verdict IN ('created', 'updated') ON CONFLICT DO NOTHING;
"""

CHANGES = """
DROP TABLE IF EXISTS import_moved, import_told;
CREATE TEMP TABLE import_moved ON COMMIT DROP AS
SELECT x.person, h.building, h.dwelling, h.grid, s.residence, COALESCE(NULLIF(s.basis, ''), p.basis) AS basis
FROM import_plan x JOIN import_person s USING (key) JOIN import_house h USING (home)
JOIN people_person p ON p.id = x.person
WHERE x.verdict = 'updated' AND p.dwelling_id IS DISTINCT FROM h.dwelling;
CREATE TEMP TABLE import_told ON COMMIT DROP AS
SELECT person FROM import_moved UNION SELECT x.person FROM import_plan x JOIN import_person s USING (key)
JOIN people_person p ON p.id = x.person WHERE x.verdict = 'updated' AND s.presence <> ''
 AND (p.presence = 'left') <> (s.presence = 'left');
UPDATE people_person p SET
 name = COALESCE(NULLIF(s.name, ''), p.name), initials = COALESCE(NULLIF(s.initials, ''), p.initials),
 sex = CASE WHEN s.sex <> 0 THEN s.sex ELSE p.sex END, born = COALESCE(s.born, p.born),
 id_kind = CASE WHEN s.ric_blind IS NULL THEN p.id_kind ELSE s.id_kind END,
 ric_sealed = CASE WHEN s.ric_blind IS NULL THEN p.ric_sealed ELSE s.ric_sealed END,
 ric_tail = CASE WHEN s.ric_blind IS NULL THEN p.ric_tail ELSE s.ric_tail END,
 ric_blind = COALESCE(s.ric_blind, p.ric_blind),
 phone_sealed = CASE WHEN s.phone_blind IS NULL THEN p.phone_sealed ELSE s.phone_sealed END,
 phone_tail = CASE WHEN s.phone_blind IS NULL THEN p.phone_tail ELSE s.phone_tail END,
 phone_blind = COALESCE(s.phone_blind, p.phone_blind),
 relation = COALESCE(NULLIF(s.relation, ''), p.relation), basis = COALESCE(NULLIF(s.basis, ''), p.basis),
 presence = COALESCE(NULLIF(s.presence, ''),
  CASE WHEN p.presence = 'left' AND p.dwelling_id IS DISTINCT FROM h.dwelling THEN 'present' ELSE p.presence END),
 workplace = COALESCE(NULLIF(s.workplace, ''), p.workplace), hukou = COALESCE(NULLIF(s.hukou, ''), p.hukou),
 remark = COALESCE(NULLIF(s.remark, ''), p.remark),
 household_id = CASE WHEN p.dwelling_id = h.dwelling AND h.number = '' THEN p.household_id ELSE h.id END,
 grid = h.grid, building_id = h.building, dwelling_id = h.dwelling
FROM import_plan x JOIN import_person s USING (key) JOIN import_house h USING (home)
WHERE x.verdict = 'updated' AND p.id = x.person;
UPDATE people_residence r SET until = GREATEST(r.since, %(today)s) FROM import_moved m
WHERE r.person_id = m.person AND r.until IS NULL;
INSERT INTO people_residence (id, grid, building_id, dwelling_id, person_id, basis, since)
SELECT m.residence, m.grid, m.building, m.dwelling, m.person, m.basis, %(today)s FROM import_moved m;
UPDATE people_caretag t SET grid = m.grid, building_id = m.building FROM import_moved m
WHERE t.person_id = m.person AND t.until IS NULL;
UPDATE people_residence r SET basis = p.basis FROM import_plan x JOIN people_person p ON p.id = x.person
WHERE x.verdict = 'updated' AND r.person_id = p.id AND r.until IS NULL AND r.basis <> p.basis;
"""


def write(cursor: Cursor, *, community: int, source: str, today: object) -> list[UUID]:
    """Returns who lives at another door now, has left or come back."""
    lo, hi = community * 1000, (community + 1) * 1000
    (seq,) = cursor.execute(
        "SELECT COALESCE(max(seq), 0) FROM people_building WHERE grid >= %s AND grid < %s", [lo, hi]
    ).fetchone() or (0,)
    values = {"seq": seq, "source": source, "today": today}
    for script in (PLACES, PEOPLE, CHANGES, TAGS):
        run(cursor, script, values)
    return [person for (person,) in cursor.execute("SELECT person FROM import_told")]
