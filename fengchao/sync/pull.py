"""What a phone reads: everything in its reach at first, then what has changed, page by page.

Why no change can be missed: `fc_tx_safe()` is asked before any row is read. Every transaction below that number had
finished by then, so every later statement sees what it wrote; what is written from that number on, whether this round
saw it or not, is read by the next round, which begins there. A row may so be sent twice, never skipped, and no
transaction of a stricter kind is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import orjson

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.places import multirange, union
from fengchao.base.sql import run
from fengchao.people.identity import masked_phone
from fengchao.work.models import Campaign

from . import best_hour, campaigns, me
from .cursor import Cursor
from .held import ALL, AS_JSON, PEOPLE, PEOPLE_COLUMNS
from .reach import Reach, reach_of

Row = dict[str, object]
GRIDS_A_PAGE = 4  # of a first pull: some 4,000 people
CHANGED_GRIDS_A_PAGE = 64

BEGIN = "SELECT fc_tx_safe(), (SELECT epoch FROM base_epoch)::text"


@dataclass(frozen=True, slots=True)
class Page:
    """One step of a round: the grids lo..hi, rows written since, and where the next page begins (0: nowhere)."""

    cursor: Cursor
    lo: int
    hi: int
    next: int
    first: bool


def pull(actor: Actor, text: str = "") -> bytes:
    """The answer to `GET sync/pull?cursor=text`, as JSON. Runs inside `acting(actor)`."""
    reach = reach_of(actor)
    safe, epoch = run(BEGIN, ()).fetchone()
    running = campaigns.running(reach)
    grids = me.grids(reach)
    page = _page(Cursor.parse(text), _basis(epoch, actor, reach, running), safe, reach, [g["code"] for g in grids])
    return orjson.dumps(
        _header(actor, reach, page, grids, running) | dict(_rows(page, _parameters(page, reach, running))),
        option=orjson.OPT_UTC_Z,
    )


def _basis(epoch: str, actor: Actor, reach: Reach, running: list[Campaign]) -> str:
    """Short name of all that decides which rows are held, other than the rows themselves."""
    decides = [epoch, str(actor.id), repr(reach), *(f"{c.id} {c.form_id} {c.lo} {c.hi}" for c in running)]
    return sha256("\n".join(decides).encode()).hexdigest()[:16]


def _page(asked: Cursor | None, basis: str, safe: int, reach: Reach, grids: list[int]) -> Page:
    known = asked is not None and asked.basis == basis and asked.until <= safe
    if known and asked.at:
        round_, lo, first = asked, asked.at, False
    else:
        round_, lo, first = Cursor(basis, asked.until if known else 0, safe), reach.lo, True
    ahead = [g for g in grids if g > lo]
    size = CHANGED_GRIDS_A_PAGE if round_.since else GRIDS_A_PAGE
    more = len(ahead) >= size
    hi = ahead[size - 1] if more else reach.hi
    return Page(round_, lo, hi, hi if more else 0, first)


def _header(actor: Actor, reach: Reach, page: Page, grids: list[Row], running: list[Campaign]) -> Row:
    full = page.first and page.cursor.since == 0
    here = page.cursor
    return {
        "cursor": str(Cursor(here.basis, here.since, here.until, page.next)),
        "full": full,
        "more": bool(page.next),
        "server_time": clock.now(),
        "expires_at": me.expires_at(actor),
        "me": me.me(actor, reach),
        "grids": grids,
        "campaigns": [campaigns.as_sent(c) for c in running],
        "tags": campaigns.tags(),
        "forms": campaigns.forms(running) if full else [],
    }


def _parameters(page: Page, reach: Reach, running: list[Campaign]) -> Row:
    return {
        "lo": page.lo, "hi": page.hi, "since": page.cursor.since,
        "areas": multirange(reach.areas), "buildings": list(reach.buildings),
        "campaigns": [c.id for c in running], "visited": multirange(union(c.area for c in running)),
    } | best_hour.parameters(running)


def _rows(page: Page, parameters: dict[str, object]) -> Iterator[tuple[str, object]]:
    for held, rows in zip(AS_JSON, run(TABLES, parameters).fetchone(), strict=True):
        yield held.name, orjson.Fragment(rows)
    yield "people", [_person(row) for row in run(PEOPLE.changed, parameters)]
    yield "gone", orjson.Fragment(run(GONE, parameters).fetchone()[0]) if page.cursor.since else []


TABLES = "SELECT " + ", ".join(held.as_json for held in AS_JSON)
GONE = f"SELECT coalesce(json_agg(g), '[]')::text FROM ({' UNION ALL '.join(held.gone for held in ALL)}) g"


def _person(row: tuple[object, ...]) -> Row:
    person = dict(zip(PEOPLE_COLUMNS, row, strict=True))
    person["phone"] = masked_phone(person["phone"])
    return person

