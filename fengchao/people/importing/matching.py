"""Compares what is staged with the register, in SQL, and says of every row what would become of it.

The order of certainty: the same id; else the same phone and name; else the same door and name (birth dates must not
contradict). Two rows of the register that fit equally well are refused, never guessed between.
"""

from dataclasses import dataclass, field
from typing import Any

from psycopg import Cursor

from fengchao.base import clock

BUILDINGS = """
DROP TABLE IF EXISTS import_building, import_place, import_house;
CREATE TEMP TABLE import_building ON COMMIT DROP AS
SELECT compound, CASE WHEN compound = '' THEN road ELSE '' END AS street,
 CASE WHEN compound = '' THEN house_number ELSE '' END AS house, number,
 min(road) AS road, min(house_number) AS house_number, min(name) AS name, max(floor) AS floors,
 GREATEST(1, count(DISTINCT entrance)) AS entrances, min(door) AS first,
 COALESCE(max(grid), %(grid)s) AS grid, fc_uuid7() AS id, true AS new, false AS ambiguous
FROM import_door GROUP BY 1, 2, 3, 4;

WITH candidate AS (
 SELECT s.compound, s.street, s.house, s.number, b.id, b.grid, b.name = s.name AS same_name,
  row_number() OVER (PARTITION BY s.id ORDER BY (b.name = s.name) DESC, b.id) AS rank,
  count(*) OVER (PARTITION BY s.id) AS fitting,
  count(*) FILTER (WHERE b.name = s.name) OVER (PARTITION BY s.id) AS named
 FROM import_building s JOIN people_building b
  ON b.grid >= %(lo)s AND b.grid < %(hi)s AND (b.number = s.number OR b.name = s.name)
  AND CASE WHEN s.compound <> '' THEN b.compound = s.compound
       WHEN s.street <> '' OR s.house <> '' THEN b.road = s.street AND b.house_number = s.house ELSE true END
)
UPDATE import_building s SET id = c.id, grid = c.grid, new = false, ambiguous = c.fitting > 1 AND c.named <> 1
FROM candidate c WHERE c.rank = 1
 AND (c.compound, c.street, c.house, c.number) = (s.compound, s.street, s.house, s.number);

-- A list that still has the old number of a grid that ended: a new building goes where most of that grid went.
UPDATE import_building s SET grid = COALESCE(
 (SELECT m.becomes FROM areas_move m JOIN areas_grid o ON o.code = m.becomes AND o.until IS NULL
  WHERE m.was = s.grid AND m.becomes >= %(lo)s AND m.becomes < %(hi)s
  GROUP BY m.becomes ORDER BY count(*) DESC, m.becomes LIMIT 1), %(grid)s)
FROM areas_grid g WHERE s.new AND g.code = s.grid AND g.until < %(today)s;
"""

PLACES = """
CREATE TEMP TABLE import_place ON COMMIT DROP AS
SELECT d.door, b.id AS building, b.grid, b.name AS building_name, b.new AS new_building, b.ambiguous, d.entrance,
 d.floor, d.room, d.walk, w.id IS NULL AS new,
 first_value(COALESCE(w.id, d.id)) OVER (PARTITION BY b.id, d.entrance, d.room ORDER BY d.door) AS dwelling
FROM import_door d
JOIN import_building b ON b.compound = d.compound AND b.number = d.number
 AND b.street = CASE WHEN d.compound = '' THEN d.road ELSE '' END
 AND b.house = CASE WHEN d.compound = '' THEN d.house_number ELSE '' END
LEFT JOIN people_dwelling w ON w.building_id = b.id AND w.entrance = d.entrance AND w.room = d.room;

-- The entrance is often left out where a building has only one door of that number.
WITH alone AS (
 SELECT p.door, (array_agg(w.id))[1] AS dwelling
 FROM import_place p JOIN people_dwelling w ON w.building_id = p.building AND w.room = p.room
  AND (p.entrance = '' OR w.entrance = '')
 WHERE p.new AND NOT p.new_building AND p.room <> '' GROUP BY p.door HAVING count(*) = 1
)
UPDATE import_place p SET dwelling = o.dwelling, new = false FROM alone o WHERE o.door = p.door;

CREATE TEMP TABLE import_house ON COMMIT DROP AS
SELECT h.home, p.building, p.grid, p.dwelling, p.ambiguous, h.number,
 first_value(COALESCE(x.id, h.id)) OVER (PARTITION BY p.dwelling, h.number ORDER BY h.home) AS id, x.id IS NULL AS new
FROM import_home h JOIN import_place p USING (door)
LEFT JOIN LATERAL (SELECT id FROM people_household y WHERE NOT p.new AND y.dwelling_id = p.dwelling
 AND (y.number = h.number OR h.number = '') ORDER BY y.number LIMIT 1) x ON true;
ALTER TABLE import_house ADD PRIMARY KEY (home);
ANALYZE import_house; ANALYZE import_place; ANALYZE import_building;
"""

BY_ID = """
DROP TABLE IF EXISTS import_match, import_flaw, import_repeat, import_plan;
CREATE TEMP TABLE import_match (key int PRIMARY KEY, person uuid) ON COMMIT DROP;
CREATE TEMP TABLE import_flaw (key int, code text, other int) ON COMMIT DROP;
INSERT INTO import_match SELECT s.key, p.id FROM import_person s JOIN people_person p
 ON p.ric_blind = s.ric_blind AND p.grid / 1000 = %(community)s AND p.grid >= %(lo)s AND p.grid < %(hi)s
 AND p.merged_into_id IS NULL ON CONFLICT DO NOTHING;
ANALYZE import_match;
"""

ROUNDED = """INSERT INTO import_flaw SELECT key, 'id_rounded', NULL FROM import_person
WHERE n = ANY (%s::int[]) AND NOT flawed"""

# Just after another import the server has no statistics of the register yet, and would walk a large file row by row.
PLANNING = """SELECT set_config('enable_nestloop', CASE WHEN count(*) > 2000 THEN 'off' ELSE 'on' END, true)
FROM (SELECT FROM import_person LIMIT 2001) AS first"""

# {same} ties a staged row to a person; people and rows that have found each other are out of the question.
BY_LIKENESS = """
WITH candidate AS (
 SELECT s.key, p.id, p.dwelling_id = h.dwelling AS here
 FROM import_person s LEFT JOIN import_house h USING (home) JOIN people_person p ON {same} AND p.name = s.name
  AND p.grid >= %(lo)s AND p.grid < %(hi)s AND p.merged_into_id IS NULL
  AND (p.ric_blind IS NULL OR s.ric_blind IS NULL) AND (p.born IS NULL OR s.born IS NULL OR p.born = s.born)
 WHERE s.name <> '' AND NOT EXISTS (SELECT FROM import_match m WHERE m.key = s.key)
  AND NOT EXISTS (SELECT FROM import_match m WHERE m.person = p.id)
), counted AS (
 SELECT key, count(*) AS fitting, count(*) FILTER (WHERE here) AS near,
  (array_agg(id ORDER BY here DESC NULLS LAST, id))[1] AS best FROM candidate GROUP BY key
), unsure AS (
 INSERT INTO import_flaw SELECT key, 'person_ambiguous', NULL FROM counted WHERE fitting > 1 AND near <> 1
)
INSERT INTO import_match SELECT key, best FROM counted WHERE fitting = 1 OR near = 1;
"""
SAME_PHONE = "p.phone_blind = s.phone_blind AND s.phone_blind IS NOT NULL"
SAME_DOOR = "p.dwelling_id = h.dwelling"

REPEATS = """
CREATE TEMP TABLE import_repeat (key int PRIMARY KEY, first int) ON COMMIT DROP;
WITH twice AS (
 SELECT ric_blind, min(key) AS first FROM import_person WHERE ric_blind IS NOT NULL AND NOT flawed
 GROUP BY ric_blind HAVING count(*) > 1
), pair AS (
 SELECT s.key, s.name, t.first, f.name AS first_name FROM twice t
 JOIN import_person s ON s.ric_blind = t.ric_blind AND NOT s.flawed JOIN import_person f ON f.key = t.first
), contradiction AS (
 INSERT INTO import_flaw SELECT key, 'id_twice', first FROM pair
 WHERE first IN (SELECT first FROM pair WHERE name <> first_name)
)
INSERT INTO import_repeat SELECT key, first FROM pair
WHERE key <> first AND first NOT IN (SELECT first FROM pair WHERE name <> first_name);

-- Without an id: the same name and birth behind the same door.
INSERT INTO import_repeat
SELECT s.key, min(f.key) FROM import_person s JOIN import_house hs USING (home)
JOIN import_person f ON f.name = s.name AND f.born IS NOT DISTINCT FROM s.born AND f.key < s.key AND NOT f.flawed
JOIN import_house hf ON hf.home = f.home AND hf.dwelling = hs.dwelling
WHERE s.ric_blind IS NULL AND NOT s.flawed AND s.name <> '' GROUP BY s.key ON CONFLICT DO NOTHING;

-- Two rows that the register knows as one person.
INSERT INTO import_repeat
SELECT m.key, o.first FROM import_match m
JOIN (SELECT person, min(key) AS first FROM import_match GROUP BY person HAVING count(*) > 1) o USING (person)
WHERE m.key <> o.first ON CONFLICT DO NOTHING;
INSERT INTO import_flaw SELECT s.key, 'building_ambiguous', NULL FROM import_person s JOIN import_house h USING (home)
WHERE h.ambiguous AND NOT s.flawed;
"""

# What a row says and a person does not say yet. A blank cell says nothing.
CHANGES = {
    "name": "s.name <> '' AND p.name <> s.name",
    "sex": "s.sex <> 0 AND p.sex <> s.sex",
    "born": "s.born IS NOT NULL AND p.born IS DISTINCT FROM s.born",
    "id_number": "s.ric_blind IS NOT NULL AND (p.ric_blind IS DISTINCT FROM s.ric_blind OR p.id_kind <> s.id_kind)",
    "phone": "s.phone_blind IS NOT NULL AND p.phone_blind IS DISTINCT FROM s.phone_blind",
    "relation": "s.relation <> '' AND p.relation <> s.relation",
    "basis": "s.basis <> '' AND p.basis <> s.basis",
    "presence": "s.presence <> '' AND p.presence <> s.presence",
    "workplace": "s.workplace <> '' AND p.workplace <> s.workplace",
    "hukou": "s.hukou <> '' AND p.hukou <> s.hukou",
    "remark": "s.remark <> '' AND p.remark <> s.remark",
    "tags": """s.tags <> '{}' AND NOT s.tags <@ ARRAY(SELECT t.code::text FROM people_caretag t
  WHERE t.person_id = p.id AND t.until IS NULL)""",
    "address": "p.dwelling_id IS DISTINCT FROM h.dwelling",
    "household_number": "p.dwelling_id = h.dwelling AND h.number <> '' AND p.household_id IS DISTINCT FROM h.id",
}
_CHANGED = " OR ".join(f"({test})" for test in CHANGES.values())

PLAN = f"""
CREATE TEMP TABLE import_plan ON COMMIT DROP AS
SELECT s.key, m.person, CASE
 WHEN s.flawed OR f.key IS NOT NULL THEN 'refused'
 WHEN r.key IS NOT NULL THEN 'repeated'
 WHEN m.person IS NULL THEN 'created'
 WHEN {_CHANGED} THEN 'updated' ELSE 'unchanged' END AS verdict
FROM import_person s
LEFT JOIN import_house h USING (home)
LEFT JOIN import_match m USING (key)
LEFT JOIN (SELECT DISTINCT key FROM import_flaw) f USING (key)
LEFT JOIN import_repeat r USING (key)
LEFT JOIN people_person p ON p.id = m.person AND p.grid >= %(lo)s AND p.grid < %(hi)s;
ALTER TABLE import_plan ADD PRIMARY KEY (key);
ANALYZE import_plan;
"""

GONE = """FROM people_person p WHERE p.grid >= %(lo)s AND p.grid < %(hi)s AND p.source = %(source)s
 AND p.merged_into_id IS NULL AND p.presence <> 'left'
 AND NOT EXISTS (SELECT FROM import_match m WHERE m.person = p.id)"""


@dataclass(frozen=True, slots=True)
class Compared:
    verdicts: dict[str, int]
    flaws: list[tuple[int, str, int | None]]  # row, code, row of the other
    repeats: list[tuple[int, int]]
    gone: list[list[str]]  # id, name, door: whom the source had and has no more
    samples: dict[str, list[list[Any]]] = field(default_factory=dict)


def compare(cursor: Cursor, *, community: int, grid: int, source: str, rounded: list[int]) -> Compared:
    """`rounded`: rows whose id a spreadsheet has most likely rounded, as the whole file shows."""
    values = {
        "community": community, "lo": community * 1000, "hi": (community + 1) * 1000, "grid": grid, "source": source,
        "today": clock.today(),
    }  # fmt: skip
    cursor.execute(PLANNING)
    for script in (BUILDINGS, PLACES, BY_ID):
        run(cursor, script, values)
    cursor.execute(ROUNDED, [rounded])
    for same in (SAME_PHONE, SAME_DOOR):
        run(cursor, BY_LIKENESS.format(same=same), values)
    run(cursor, REPEATS, values)
    run(cursor, PLAN, values)
    return _read(cursor, values)


def run(cursor: Cursor, script: str, values: dict[str, Any]) -> None:
    """A script statement by statement: the server takes parameters one statement at a time."""
    for statement in script.split(";\n"):
        if statement.strip():
            cursor.execute(statement, values if "%(" in statement else None)


def _read(cursor: Cursor, values: dict[str, Any]) -> Compared:
    verdicts: dict[str, int] = dict(cursor.execute("SELECT verdict, count(*) FROM import_plan GROUP BY 1").fetchall())
    flaws = cursor.execute(
        "SELECT s.n, f.code, o.n FROM import_flaw f JOIN import_person s USING (key)"
        " LEFT JOIN import_person o ON o.key = f.other WHERE NOT s.flawed ORDER BY s.key LIMIT 20000"
    ).fetchall()
    repeats = cursor.execute(
        "SELECT s.n, f.n FROM import_repeat r JOIN import_person s USING (key) JOIN import_person f ON f.key = r.first"
        " JOIN import_plan x ON x.key = r.key AND x.verdict = 'repeated' ORDER BY s.key"
    ).fetchall()
    gone = cursor.execute(
        f"SELECT p.id, p.name, (SELECT label FROM people_dwelling d WHERE d.id = p.dwelling_id) {GONE}"
        " ORDER BY p.grid, p.dwelling_id, p.id", values
    ).fetchall()  # fmt: skip
    left = [[str(id_), name, label or ""] for id_, name, label in gone]
    return Compared(verdicts, flaws, repeats, left, _samples(cursor, values))


SHOWN = 50
SAMPLE = f"""SELECT s.n, s.name,
 concat(t.building_name, t.entrance || CASE WHEN t.entrance <> '' THEN '单元' END, t.room),
 array_remove(ARRAY[{", ".join(f"CASE WHEN {test} THEN '{name}' END" for name, test in CHANGES.items())}], NULL)
FROM import_plan x JOIN import_person s USING (key) LEFT JOIN import_house h USING (home)
LEFT JOIN import_home o USING (home) LEFT JOIN import_place t USING (door)
LEFT JOIN people_person p ON p.id = x.person AND x.verdict = 'updated'
WHERE x.verdict = %(verdict)s ORDER BY x.key LIMIT {SHOWN}"""


def _samples(cursor: Cursor, values: dict[str, Any]) -> dict[str, list[list[Any]]]:
    found = {}
    for verdict in ("created", "updated"):
        rows = cursor.execute(SAMPLE, values | {"verdict": verdict}).fetchall()
        found[verdict] = [[n, name, door, columns if verdict == "updated" else []] for n, name, door, columns in rows]
    return found
