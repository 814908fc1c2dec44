"""What a phone reads: everything in its reach at first, then what has changed, page by page.

Why no change can be missed: `fc_tx_safe()` is asked before any row is read. Every transaction below that number had
finished by then, so every later statement sees what it wrote; what is written from that number on, whether this round
saw it or not, is read by the next round, which begins there. A row may so be sent twice, never skipped, and no
transaction of a stricter kind is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

import orjson

from fengchao.accounts.late import with_late
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.places import multirange
from fengchao.base.scope import acting
from fengchao.base.sql import run
from fengchao.people.identity import masked_phone
from fengchao.work.models import Campaign

from . import best_hour, campaigns, me
from .cursor import Cursor
from .held import ALL, AS_JSON, PEOPLE, PEOPLE_COLUMNS, SINCE, SINCE_OR_WHOLE
from .reach import Reach, reach_of, since_then, spelled

Row = dict[str, object]
GRIDS_A_PAGE = 4  # of a first pull: some 4,000 people
CHANGED_GRIDS_A_PAGE = 64

BEGIN = "SELECT fc_tx_safe(), (SELECT epoch FROM base_epoch)::text"


@dataclass(frozen=True, slots=True)
class Page:
    """One step of a round: the grids lo..hi, rows written since, and where the next page begins (0: nowhere). `left`:
    grids that ended, whose rows went where this phone does not follow."""

    cursor: Cursor
    lo: int
    hi: int
    next: int
    first: bool
    left: tuple[int, ...] = ()


def pull(actor: Actor, text: str = "") -> bytes:
    """The answer to `GET sync/pull?cursor=text`, as JSON. Runs inside `acting(actor)`."""
    reach = reach_of(actor)
    safe, epoch = run(BEGIN, ()).fetchone()
    running = campaigns.running(reach)
    grids, ended = me.grids(reach)
    page = _page(Cursor.parse(text), _basis(epoch, actor, running), safe, reach, [g["code"] for g in grids])
    return orjson.dumps(
        _header(actor, reach, page, grids, running)
        | dict(_rows(actor, page, _parameters(page, reach, running), ended)),
        option=orjson.OPT_UTC_Z,
    )


def _basis(epoch: str, actor: Actor, running: list[Campaign]) -> str:
    """Short name of all that decides which rows are held, other than the reach and the rows themselves."""
    decides = [epoch, str(actor.id), *(f"{c.id} {c.form_id} {c.lo} {c.hi}" for c in running)]
    return sha256("\n".join(decides).encode()).hexdigest()[:16]


def _page(asked: Cursor | None, basis: str, safe: int, reach: Reach, grids: list[int]) -> Page:
    known = asked if asked and asked.basis == basis and asked.until <= safe else None
    now, left, lo = str(reach), (), reach.lo
    if known and known.at and known.reach == now:
        round_, lo = known, known.at
    elif known and not known.at and (change := since_then(known.reach, reach)):
        round_, left = Cursor(basis, known.until, safe, 0, now, spelled(change.came)), change.left
    else:
        round_ = Cursor(basis, 0, safe, 0, now)
    ahead = [g for g in grids if g > lo]
    size = CHANGED_GRIDS_A_PAGE if round_.since and not round_.whole else GRIDS_A_PAGE
    more = len(ahead) >= size
    hi = ahead[size - 1] if more else reach.hi
    return Page(round_, lo, hi, hi if more else 0, not round_.at, left)


def _header(actor: Actor, reach: Reach, page: Page, grids: list[Row], running: list[Campaign]) -> Row:
    full = page.first and page.cursor.since == 0
    here = page.cursor
    return {
        "cursor": str(replace(here, at=page.next, whole=here.whole if page.next else "")),
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
        "lo": page.lo, "hi": page.hi, "since": page.cursor.since, "left": list(page.left),
        "whole": multirange(reach.only(page.cursor.whole)),
        "areas": multirange(reach.areas), "buildings": list(reach.buildings),
        "campaigns": [c.id for c in running], "visited": multirange(campaigns.visited(running, reach)),
    } | best_hour.parameters(running)


def _rows(actor: Actor, page: Page, parameters: dict[str, object],
          ended: list[int]) -> Iterator[tuple[str, object]]:
    tables, people = (TABLES, PEOPLE_ROWS) if not page.cursor.whole else (TABLES_GROWN, PEOPLE_GROWN)
    for held, rows in zip(AS_JSON, run(tables, parameters).fetchone(), strict=True):
        yield held.name, orjson.Fragment(rows)
    yield "people", [_person(row) for row in run(people, parameters)]
    yield "gone", _gone(actor, page, parameters, ended) if page.cursor.since else []


def _gone(actor: Actor, page: Page, parameters: dict[str, object], ended: list[int]) -> object:
    gone = run(GONE, parameters).fetchone()[0]
    if not page.first or not (page.left or ended):
        return orjson.Fragment(gone)
    told = orjson.loads(gone) + [{"kind": "grid", "id": code} for code in (*ended, *page.left)]
    if page.left:
        with acting(with_late(actor)):  # what became of grids that are no longer theirs
            told += orjson.loads(run(LEFT, parameters).fetchone()[0])
    return told


TABLES, TABLES_GROWN = ("SELECT " + ", ".join(held.as_json(written) for held in AS_JSON)
                        for written in (SINCE, SINCE_OR_WHOLE))
PEOPLE_ROWS, PEOPLE_GROWN = (PEOPLE.changed(written) for written in (SINCE, SINCE_OR_WHOLE))
GONE, LEFT = (f"SELECT coalesce(json_agg(g), '[]')::text FROM ({' UNION ALL '.join(parts)}) g"
              for parts in ([held.gone for held in ALL], [held.left() for held in ALL]))


def _person(row: tuple[object, ...]) -> Row:
    person = dict(zip(PEOPLE_COLUMNS, row, strict=True))
    person["phone"] = masked_phone(person["phone"])
    return person

