"""What the guarded process reads, copied into temporary tables of the running transaction, ids and phones sealed.

A million rows pass through here one by one, so a row is written as a line of COPY text at once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import uuid_utils
from psycopg import Cursor

from fengchao.base.crypto import blind, seal
from fengchao.base.jobs import Report
from fengchao.people.actions.places import walk
from fengchao.people.identity import TAIL
from fengchao.people.names import initials

KEPT = 20_000  # refused cells and remarks that are kept one by one; all are counted

TABLES = """
DROP TABLE IF EXISTS import_person, import_door, import_home;
CREATE TEMP TABLE import_person (
  key int, n int, home int, flawed bool, name text, initials text, sex smallint, born date, id_kind text,
  ric_sealed bytea, ric_blind bytea, ric_tail bytea, phone_sealed bytea, phone_blind bytea, phone_tail bytea,
  relation text, basis text, presence text, workplace text, hukou text, remark text, tags text[],
  id uuid, residence uuid
) ON COMMIT DROP;
CREATE TEMP TABLE import_door (
  door int, compound text, road text, house_number text, number text, name text, entrance text, floor smallint,
  room text, grid bigint, walk int, id uuid
) ON COMMIT DROP;
CREATE TEMP TABLE import_home (home int, door int, number text, id uuid) ON COMMIT DROP;
"""
INDEXES = "ALTER TABLE import_person ADD PRIMARY KEY (key)"
ANALYZE = "ANALYZE import_person; ANALYZE import_door; ANALYZE import_home"


@dataclass
class Staged:
    """What is known of the file besides its people. Marks are [row, position or None, code, parameters]."""

    header: dict[str, Any] = field(default_factory=dict)
    rows: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    rounded: list[int] = field(default_factory=list)
    flaws: list[list[Any]] = field(default_factory=list)
    remarks: list[list[Any]] = field(default_factory=list)
    remark_counts: Counter[str] = field(default_factory=Counter)
    doors: list[bytes] = field(default_factory=list)
    homes: list[bytes] = field(default_factory=list)


def stage(cursor: Cursor, messages: Iterable[dict[str, Any]], *, community: int, report: Report) -> Staged:
    staged = Staged()
    cursor.execute(TABLES)
    with cursor.copy("COPY import_person FROM STDIN") as copy:
        for lines in _people(messages, staged, community, report):
            copy.write(lines)
    for table, lines in (("import_door", staged.doors), ("import_home", staged.homes)):
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(b"".join(lines))
        lines.clear()
    cursor.execute(INDEXES)
    cursor.execute(ANALYZE)
    return staged


def _people(
    messages: Iterable[dict[str, Any]], staged: Staged, community: int, report: Report
) -> Iterator[bytes]:
    key = 0
    for message in messages:
        if "signature" in message:
            staged.header = message
        elif "left_out" in message:
            staged.left_out, staged.rows, staged.rounded = message["left_out"], message["rows"], message["rounded"]
        else:
            staged.doors.extend(_door(door, community) for door in message["doors"])
            staged.homes.extend(_home(home) for home in message["homes"])
            _keep(staged, message)
            yield "".join([_person(key + nth, one) for nth, one in enumerate(message["people"])]).encode()
            key += len(message["people"])
            report(key, max(key, staged.header.get("height") or 0), "import_reading")


def _keep(staged: Staged, message: dict[str, Any]) -> None:
    staged.flaws.extend(message["flaws"][: KEPT - len(staged.flaws)])
    staged.remarks.extend(message["remarks"][: KEPT - len(staged.remarks)])
    staged.remark_counts.update(remark[2] for remark in message["remarks"])


def _person(key: int, one: list[Any]) -> str:
    (n, home, flawed, name, sex, born, kind, number, phone, relation, basis, presence, workplace, hukou, remark,
     tags) = one
    return (
        f"{key}\t{n}\t{_NULL if home is None else home}\t{flawed}\t{_text(name)}\t{_text(initials(name))}\t{sex}\t"
        f"{born or _NULL}\t{kind}\t{_sealed('ric', number)}\t{_sealed('phone', phone)}\t{_text(relation)}\t{basis}\t"
        f"{presence}\t{_text(workplace)}\t{_text(hukou)}\t{_text(remark)}\t{{{','.join(tags)}}}\t{uuid_utils.uuid7()}\t{uuid_utils.uuid7()}\n"
    )


def _door(door: list[Any], community: int) -> bytes:
    index, compound, road, house, number, name, entrance, floor, room, written = door
    texts = "\t".join(map(_text, (compound, road, house, number, name, entrance)))
    grid = grid_of(written, community)
    place = walk(entrance, floor, room)
    line = f"{index}\t{texts}\t{floor}\t{_text(room)}\t{grid or _NULL}\t{place}\t{uuid_utils.uuid7()}\n"
    return line.encode()


def _home(home: list[Any]) -> bytes:
    return f"{home[0]}\t{home[1]}\t{_text(home[2])}\t{uuid_utils.uuid7()}\n".encode()


def grid_of(written: str, community: int) -> int | None:
    """第3网格, 3, 003 or all 15 digits -> the grid, if it is one of the community."""
    digits = "".join(sign for sign in written if sign.isdecimal())
    if len(digits) == 15 and int(digits) // 1000 == community:
        return int(digits)
    return community * 1000 + int(digits) if 1 <= len(digits) <= 3 and int(digits) else None


_NULL = "\\N"


def _text(value: str) -> str:
    """Cleaned texts hold no tab and no line end; only the backslash means something to COPY."""
    return value.replace("\\", "\\\\") if "\\" in value else value


def _sealed(kind: str, text: str) -> str:
    """sealed, blind and tail, as `identity` makes them."""
    if not text:
        return f"\\\\x\t{_NULL}\t{_NULL}"
    return f"\\\\x{seal(text).hex()}\t\\\\x{blind(kind, text).hex()}\t{_tail(kind, text[-TAIL:])}"


@lru_cache(maxsize=50_000)
def _tail(kind: str, last: str) -> str:
    return f"\\\\x{blind(f'{kind}_tail', last).hex()}"
