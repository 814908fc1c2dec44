"""Row-level security for place-bound tables, as a migration operation.

    operations = [..., Protect("people_person", personal=True, building="building_id")]

The bounds are plain comparisons, so an index that leads with `grid` (or holds rows in the order asked for) serves
them; the exact multirange is asked only when there is more than one range, and its settings are read once per statement
(a sub-select), not once per row.
"""

from typing import Any

from django.db.migrations.operations.base import Operation

IN_BOUNDS = """grid >= NULLIF(current_setting('fengchao.lo', true), '')::bigint
 AND grid < NULLIF(current_setting('fengchao.hi', true), '')::bigint
 AND ((SELECT COALESCE(current_setting('fengchao.scope', true), '') = '')
   OR grid <@ (SELECT NULLIF(current_setting('fengchao.scope', true), '')::int8multirange))"""

# Somebody who holds single buildings sees those, and all of the places they hold whole besides.
IN_BUILDING = """((SELECT COALESCE(current_setting('fengchao.buildings', true), '') = '')
   OR grid <@ (SELECT NULLIF(current_setting('fengchao.whole', true), '')::int8multirange)
   OR {column} = ANY ((SELECT NULLIF(current_setting('fengchao.buildings', true), '')::uuid[])::uuid[]))"""

SEES_PEOPLE = "(SELECT current_setting('fengchao.people', true) = 'on')"

# The scope as ranges, for statements over tables without a policy: with nothing stated NULL, which meets nothing.
SCOPE = """COALESCE(NULLIF(current_setting('fengchao.scope', true), ''),
 '{[' || NULLIF(current_setting('fengchao.lo', true), '') || ',' || NULLIF(current_setting('fengchao.hi', true), '')
 || ')}')::int8multirange"""

# For rows about a whole area (lo..hi): seen by everybody whose scope it touches.
TOUCHES = """lo < NULLIF(current_setting('fengchao.hi', true), '')::bigint
 AND hi > NULLIF(current_setting('fengchao.lo', true), '')::bigint"""


def condition(*, personal: bool = False, building: str | None = None, touches: bool = False) -> str:
    parts = [TOUCHES if touches else IN_BOUNDS]
    if building:
        parts.append(IN_BUILDING.format(column=building))
    if personal:
        parts.append(SEES_PEOPLE)
    return "\n AND ".join(parts)


# Whoever moves rows by the hundred thousand says so by this setting: their tombstones are then written by the statement
# and not row by row. It chooses how they are written, never whether. Everywhere else a row's own trigger is cheaper.
TOGETHER = "current_setting('fengchao.together', true) IS NOT DISTINCT FROM 'on'"
MOVED_TOGETHER = """CREATE OR REPLACE FUNCTION fc_moved_{table}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  INSERT INTO base_tombstone (tx, grid, kind, row) SELECT (SELECT fc_tx()), r.grid, '{table}', r.id
  FROM removed r JOIN added a USING (id) WHERE {moved};
  RETURN NULL;
END $$"""


def tombstones_of_moves(table: str, building: str | None = None) -> list[str]:
    """On a move to where somebody who saw the row does not: a grid, or a captain's building."""
    columns = ["grid", building] if building and building != "id" else ["grid"]

    def differs(was: str, now: str) -> str:
        return " OR ".join(f"{was}.{column} IS DISTINCT FROM {now}.{column}" for column in columns)

    return [
        MOVED_TOGETHER.format(table=table, moved=differs("r", "a")),
        f"CREATE TRIGGER moved AFTER UPDATE OF {', '.join(columns)} ON {table}"
        f" FOR EACH ROW WHEN (({differs('OLD', 'NEW')}) AND NOT {TOGETHER}) EXECUTE FUNCTION fc_gone()",
        f"CREATE TRIGGER moved_together AFTER UPDATE ON {table} REFERENCING OLD TABLE AS removed NEW TABLE AS added"
        f" FOR EACH STATEMENT WHEN ({TOGETHER}) EXECUTE FUNCTION fc_moved_{table}()",
    ]


def tombstones(table: str, building: str | None = None) -> list[str]:
    """On a deletion, and on such a move."""
    deleted = f"CREATE TRIGGER gone AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION fc_gone()"
    return [deleted, *tombstones_of_moves(table, building)]


def moves_anew(table: str, building: str | None = None) -> str:
    """For a table that was protected when every tombstone was written by its row."""
    drop = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in ("moved", "moved_together")]
    return ";\n".join([*drop, *tombstones_of_moves(table, building)])


class Protect(Operation):
    """Puts a table under the policy, and moves its `tx` with every change so that no pull can miss it.

    `personal`: rows about people, shown only to somebody who may see people. `building`: the column that narrows
    a building captain to a building. `append_only`: the login role may add rows, never change them. `touches`: the
    row is about an area lo..hi. `gone`: leave a tombstone when a row is deleted or moves to another grid, so that
    phones and copies forget it.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, *, personal: bool = False, building: str | None = None,
                 touches: bool = False, append_only: bool = False, gone: bool = False) -> None:
        self.table = table
        self.personal = personal
        self.building = building
        self.touches = touches
        self.append_only = append_only
        self.gone = gone

    def state_forwards(self, app_label: str, state: object) -> None:
        """Policies are no part of the models' state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for sql in self.statements():
            schema_editor.execute(sql)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f"DROP POLICY IF EXISTS scope ON {self.table}")
        schema_editor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"DROP TRIGGER IF EXISTS touch ON {self.table}")
        schema_editor.execute(f"DROP TRIGGER IF EXISTS gone ON {self.table}")
        schema_editor.execute(f"DROP TRIGGER IF EXISTS moved ON {self.table}")
        schema_editor.execute(f"DROP TRIGGER IF EXISTS moved_together ON {self.table}")

    def statements(self) -> list[str]:
        test = condition(personal=self.personal, building=self.building, touches=self.touches)
        sql = [
            f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY scope ON {self.table} USING ({test}) WITH CHECK ({test})",
            f"ALTER TABLE {self.table} ALTER COLUMN tx SET DEFAULT fc_tx()",
        ]
        if self.append_only:
            sql.append(f"SELECT fc_append_only('{self.table}')")
        else:
            sql.append(f"CREATE TRIGGER touch BEFORE UPDATE ON {self.table} FOR EACH ROW EXECUTE FUNCTION fc_touch()")
        if self.gone:
            sql += tombstones(self.table, self.building)
        return sql

    def describe(self) -> str:
        return f"Row-level security on {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"protect_{self.table}"
