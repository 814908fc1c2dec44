"""What of the register goes over when buildings change their grid: given to areas at start (see apps.py)."""

from fengchao.areas.moving import Follower

# (kind, row, grid) of all that stands in a grid that goes over whole.
REST = (
    "SELECT 'building', id, grid FROM people_building WHERE grid = ANY (%(whole)s)",
    "SELECT 'premises', id, grid FROM people_premises WHERE grid = ANY (%(whole)s) AND building_id IS NULL",
    "SELECT 'person', id, grid FROM people_person WHERE grid = ANY (%(whole)s) AND building_id IS NULL",
)

HERE = "t.grid = ANY (%(left)s) AND t.grid = m.was"
BY_BUILDING = """UPDATE {table} t SET grid = m.becomes FROM regrid_row m
WHERE m.kind = 'building' AND t.building_id = m.row AND """ + HERE
BY_ITSELF = """UPDATE people_{kind} t SET grid = m.becomes FROM regrid_row m
WHERE m.kind = '{kind}' AND t.id = m.row AND """ + HERE
TABLES = ("people_dwelling", "people_household", "people_person", "people_residence", "people_caretag",
          "people_premises")

# Of somebody without a door, the reasons to look after them; of a merge, what is needed to undo it.
TAGS = """UPDATE people_caretag t SET grid = m.becomes FROM regrid_row m
WHERE m.kind = 'person' AND t.person_id = m.row AND t.building_id IS NULL AND """ + HERE
MERGES = """UPDATE people_merge t SET grid = m.becomes FROM people_person p, regrid_row m
WHERE p.id = t.kept_id AND p.grid = m.becomes
 AND (m.kind = 'building' AND m.row = p.building_id OR m.kind = 'person' AND m.row = p.id) AND """ + HERE

STALE = """SELECT count(*) FROM regrid_row m WHERE m.kind = 'building'
AND NOT EXISTS (SELECT FROM people_building b WHERE b.id = m.row AND b.grid = m.was)"""
KNOWN_TWICE = """SELECT count(*) FROM people_person t
JOIN regrid_row m ON m.kind = 'building' AND m.row = t.building_id AND m.was / 1000 <> m.becomes / 1000
JOIN people_person other ON other.ric_blind = t.ric_blind AND other.grid / 1000 = m.becomes / 1000
 AND other.merged_into_id IS NULL AND other.id <> t.id
WHERE t.merged_into_id IS NULL AND """ + HERE

COUNTS = {
    "buildings": "SELECT was, becomes, count(*) FROM regrid_row WHERE kind = 'building' GROUP BY 1, 2",
    **{what: f"""SELECT m.was, m.becomes, count(*) FROM {table} t JOIN regrid_row m
ON m.kind = 'building' AND m.row = t.building_id WHERE {HERE}{only} GROUP BY 1, 2""" for what, table, only in (
        ("dwellings", "people_dwelling", ""),
        ("households", "people_household", ""),
        ("people", "people_person", " AND t.merged_into_id IS NULL AND t.presence <> 'left'"),
    )},
}

FOLLOWER = Follower(
    rest=REST,
    refusals={"regrid_stale": STALE, "regrid_known_twice": KNOWN_TWICE},
    moves=(BY_ITSELF.format(kind="building"), *(BY_BUILDING.format(table=table) for table in TABLES),
           BY_ITSELF.format(kind="premises"), BY_ITSELF.format(kind="person"), TAGS, MERGES),
    counts=COUNTS,
)
