"""A newer file of the national register: held against the home, decided where it is not plain, taken over.

What nothing here depends on is taken over at once. What stands on a code that is gone is drafted as re-griddings of its
own, to be previewed, done and undone like any other; `national_moves` closes the old code when one is done.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models.functions import Now

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area
from fengchao.sheets import uploads

from .. import moving
from ..finding import core
from ..models import Difference, Division, NationalFile
from ..national import comparing, drafting, standing
from ..national.guessing import Gone, Guess, Key, at, guess, reused
from ..national.reading import LIMITS
from ..queries import forget_names, grids, in_force
from . import national_moves
from .divisions import clean_name
from .grids import close_grid
from .regridding import plan_regridding

LINES = "fengchao.areas.national.reading:lines"
BATCH = 5_000


def load_national(*, by: Actor, area: Area, path: Path, name: str, source: str, as_of: date) -> NationalFile:
    """Reads and compares; no place changes yet. A file that says nothing new is noted as such, once."""
    by.require(P.MANAGE_AREAS, area)
    if as_of > clock.today():
        raise Refused("national_day")
    source = clean_name(source, 200)
    with path.open("rb") as packed:
        digest = hashlib.file_digest(packed, "sha256").hexdigest()
    codes = comparing.lay_out(uploads.read(LINES, path, limits=LIMITS))
    _supersede(area)
    file = NationalFile.objects.create(
        grid=area.lo, lo=area.lo, hi=area.hi, file_name=name[-120:], source=source, as_of=as_of, sha256=digest,
        codes=codes, by=by.id, by_name=by.name[:40], counts={"kept": comparing.kept(area)})
    if comparing.compare(file) == 0:
        file = _nothing_new(file)
    else:
        _stand(by, file)
        _judge(file)
    audit.write_one("national_loaded", file.id, by=by, grid=area.lo, codes=codes, sha256=digest[:12])
    return file


def _supersede(area: Area) -> None:
    """Who looks at a newer file has done with the one before."""
    waiting = NationalFile.objects.filter(lo=area.lo, hi=area.hi, state=NationalFile.State.WAITING)
    waiting.update(state=NationalFile.State.DROPPED)


def _nothing_new(file: NationalFile) -> NationalFile:
    known = NationalFile.objects.filter(lo=file.lo, hi=file.hi, sha256=file.sha256, state=NationalFile.State.DONE)
    if (before := known.order_by("-at").first()) is not None:
        NationalFile.objects.filter(id=file.id).delete()
        return before
    NationalFile.objects.filter(id=file.id).update(state=NationalFile.State.DONE, done_at=Now())
    file.refresh_from_db()
    return file


def _stand(by: Actor, file: NationalFile) -> None:
    rows = [row for row in comparing.of(file) if row.kind != Difference.Kind.CAME]
    with moving.mover(by):
        found = standing.count((row.id, row.level, row.area) for row in rows)
    touched = [row for row in rows if row.id in found]
    for row in touched:
        row.standing = found[row.id]
    Difference.objects.bulk_update(touched, ["standing"], batch_size=BATCH)


def _judge(file: NationalFile) -> None:
    """Guesses anew, with what has been decided so far."""
    rows = comparing.of(file)
    found = _guesses(file, rows)
    changed = []
    for row in rows:
        said = found.get(row.key) if row.kind != Difference.Kind.CAME else None
        if said and (row.becomes, row.reason, tuple(row.candidates)) != (said.becomes, said.reason, said.candidates):
            row.becomes, row.reason, row.candidates = said.becomes, said.reason, list(said.candidates)
            changed.append(row)
    Difference.objects.bulk_update(changed, ["becomes", "reason", "candidates"], batch_size=BATCH)
    NationalFile.objects.filter(id=file.id).update(counts=file.counts | _counts(rows))
    file.refresh_from_db()


def _guesses(file: NationalFile, rows: list[Difference]) -> dict[Key, Guess]:
    kinds = Difference.Kind
    decided = {row.key: row.becomes or 0 for row in rows if row.decided}
    gone = [Gone(row.level, row.code, row.name, ours=row.by_hand or row.local, local=row.local)
            for row in rows if row.kind == kinds.GONE]
    came = {row.key: row.name for row in rows if row.kind == kinds.CAME}
    there = {key: name for key, name in comparing.brought(file.area).items() if key not in {one.key for one in gone}}
    renamed = {row.key: (row.name, row.new_name) for row in rows if row.kind == kinds.RENAMED}
    asked = {row.key for row in rows if row.standing}
    return guess(gone, there | came, decided, core, asked) | reused(renamed, came, decided)


def _counts(rows: list[Difference]) -> dict[str, int]:
    kinds = Difference.Kind
    return {
        "came": sum(row.kind == kinds.CAME for row in rows),
        "renamed": sum(row.kind == kinds.RENAMED for row in rows),
        "renumbered": sum(row.kind == kinds.GONE and drafting.moving(row) for row in rows),
        "ended": sum(row.kind == kinds.GONE and not drafting.moving(row) for row in rows),
        "touched": sum(bool(row.standing) for row in rows), "open": sum(row.open for row in rows),
    }


def decide_difference(*, by: Actor, difference: Difference, becomes: int) -> None:
    """Where it went, says somebody: a code padded to 12 digits, its own for a mere new name, 0 for nowhere."""
    file = _locked(by, difference.file_id)
    row = Difference.objects.select_for_update().get(id=difference.id)
    _fitting(file, row, becomes)
    Difference.objects.filter(id=row.id).update(becomes=becomes, decided=True, reason="person")
    _judge(file)
    audit.write_one("national_decided", str(drafting.written(row.level, row.code)), by=by, grid=row.lo,
                    becomes=drafting.written(row.level, becomes))


def _fitting(file: NationalFile, row: Difference, becomes: int) -> None:
    if row.kind == Difference.Kind.CAME or becomes == row.code and row.kind == Difference.Kind.GONE:
        raise Refused("national_target", name=row.name)
    if becomes == 0:
        holds = {what for what, one in standing.standings.items() if one.moves} - {"grids"}
        if row.kind == Difference.Kind.RENAMED or holds & set(row.standing):
            raise Refused("national_not_empty", name=row.name)
        return
    others = Difference.objects.filter(file=file, level=row.level, code=becomes)
    there = Division.objects.filter(in_force(), level=row.level, code=becomes, lo__gte=file.lo, hi__lte=file.hi)
    came = others.filter(kind=Difference.Kind.CAME).exists()
    if not came and (not there.exists() or others.filter(kind=Difference.Kind.GONE).exists()):
        raise Refused("national_target", name=row.name)


def drop_national(*, by: Actor, file: NationalFile) -> None:
    row = _locked(by, file.id)
    NationalFile.objects.filter(id=row.id).update(state=NationalFile.State.DROPPED)
    audit.write_one("national_dropped", row.id, by=by, grid=row.lo)


def take_over(*, by: Actor, file: NationalFile) -> NationalFile:
    """New codes and names are in force from today, codes that nothing here depends on ended yesterday, and for the
    others there are plans."""
    row = _locked(by, file.id)
    rows = comparing.of(row)
    if waiting := sum(one.open for one in rows):
        raise Refused("national_undecided", count=waiting)
    asked = {"file": row.id, "today": clock.today()}
    national_moves.bring(asked)
    plans, bare = _plan(by, rows)
    national_moves.follow_bare(bare, by)
    _close_empty(by, rows)
    national_moves.close(_untouched(rows))
    NationalFile.objects.filter(id=row.id).update(
        state=NationalFile.State.DONE, done_at=Now(), counts=row.counts | {"plans": plans})
    forget_names()
    audit.write([Deed("national_taken", row.id, row.lo, {**_counts(rows), "plans": plans})], by=by)
    row.refresh_from_db()
    return row


def _plan(by: Actor, rows: list[Difference]) -> tuple[int, list[Difference]]:
    """A re-gridding for each group. Returns how many, and what stands on codes without any grid."""
    bare: list[Difference] = []
    plans, moving_kinds = 0, {what for what, one in standing.standings.items() if one.moves}
    for group in drafting.groups(rows):
        plan = drafting.drafted(group)
        if plan is None:
            if any(moving_kinds & set(row.standing) for row in group.rows):
                raise Refused("national_no_grid", name=group.rows[0].name)
            bare += list(group.rows)
            continue
        made = plan_regridding(by=by, title=group.title, plan=plan)
        Difference.objects.filter(id__in=[row.id for row in group.rows]).update(regridding=made)
        for row in group.rows:
            row.regridding_id = made.id
        plans += 1
    return plans, bare


def _close_empty(by: Actor, rows: list[Difference]) -> None:
    """Grids without anybody in them, of a place that has ended."""
    for row in rows:
        if row.becomes == 0 and row.level == Division.Level.COMMUNITY and row.standing:
            for grid in grids(row.area).filter(until=None):
                close_grid(by=by, grid=grid)


def _untouched(rows: list[Difference]) -> list[int]:
    """What can end now: nothing waits for it or below it, and it was not made otherwise here."""
    pending = {(level, at(level, row.code)) for row in rows if row.regridding_id for level in range(1, row.level + 1)}
    return [row.id for row in rows if row.kind == Difference.Kind.GONE and row.key not in pending
            and (row.becomes is not None or not (row.by_hand or row.local))]


def _locked(by: Actor, file_id: Any) -> NationalFile:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fengchao.regrid'))")
    row = NationalFile.objects.select_for_update().filter(id=file_id).first()
    if row is None or not by.may(P.MANAGE_AREAS, row.area):
        raise Refused("not_found")
    if row.state != NationalFile.State.WAITING:
        raise Refused("national_state")
    return row
