"""A run: a file arrives, its columns are understood, what it would do is shown, and only then it is done."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.jobs import Report
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.people.importing import waiting
from fengchao.people.importing.actions.people import import_people
from fengchao.people.importing.actions.premises import import_premises
from fengchao.people.importing.actions.remembering import Outcome, sources_of
from fengchao.people.importing.models import PREMISES, REGISTER, ImportRun
from fengchao.people.importing.targets import Target, target_of
from fengchao.sheets import uploads
from fengchao.sheets.columns import columns_of
from fengchao.sheets.mapping import complete

WAITS = timedelta(days=3)  # an uploaded file, with its names and numbers, is not kept longer
SHOWN = 500  # remarks kept for the page

State = ImportRun.State
ENTERS = {REGISTER: import_people, PREMISES: import_premises}


def receive(*, by: Actor, community: int, name: str, chunks: Iterable[bytes],
            target: str = REGISTER) -> ImportRun:
    """Keeps an upload, looks at its sheets, and takes over what is remembered of files with these headings.

    Where they came from several sources a person says which this one is; where no header is known, which row it is.
    """
    by.require(Permission.IMPORT, Area.of(community))
    kind = target_of(target)
    run = ImportRun(grid=community * 1000, target=target, file_name=Path(name).name[:120], by=by.id)
    path = waiting.keep(run.id, chunks)
    try:
        found = uploads.describe(path, columns=kind.columns)
        sheets = [one for one in found if one["header"]] or [one for one in found if any(map(any, one["top"]))]
        if not sheets:
            raise Refused("sheet_no_header")
    except Refused:
        waiting.forget(run.id)
        raise
    with path.open("rb") as file:
        run.file_hash = file_digest(file, "sha256").hexdigest()
    _first_look(run, sheets[0], kind)
    run.findings = {"sheets": sheets}
    run.save(force_insert=True)
    write_one("import_upload", run.id, by=by, grid=run.grid)
    return run


def _first_look(run: ImportRun, sheet: dict[str, Any], kind: Target) -> None:
    run.sheet, run.source = sheet["name"], Path(run.file_name).stem[:60]
    if not sheet["header"]:
        return
    known = sources_of(sheet["signature"], run.grid // 1000, run.target)
    run.header, run.signature, run.mapping = sheet["header"], sheet["signature"], sheet["mapping"]
    if len(known) == 1:
        run.mapping = next(iter(known.values())).mapping
    if known and kind.one_source:
        run.source = next(iter(known)) if len(known) == 1 else ""


def choose_header(*, by: Actor, run: ImportRun, sheet_name: str, row: int) -> None:
    """A person shows which row names the columns, where the names are none that we know."""
    by.require(Permission.IMPORT, Area.of(run.grid // 1000))
    if run.state != State.UPLOADED:
        raise Refused("import_gone")
    kind = target_of(run.target)
    (shown,) = uploads.describe(waiting.there(run.id), columns=kind.columns, sheet=sheet_name, header_row=row)
    sheets = [shown if one["name"] == sheet_name else one for one in run.findings.get("sheets", ())]
    _first_look(run, shown, kind)
    _set(run, findings={"sheets": sheets}, sheet=run.sheet, source=run.source, header=run.header,
         signature=run.signature, mapping=run.mapping)  # fmt: skip


def understand(*, by: Actor, run: ImportRun, sheet_name: str, mapping: list[list[Any]], source: str) -> None:
    """What a person says about the file: which sheet, which column is what, whose list it is."""
    by.require(Permission.IMPORT, Area.of(run.grid // 1000))
    chosen = next((one for one in run.findings.get("sheets", ()) if one["name"] == sheet_name), None)
    if chosen is None or not chosen["header"] or run.state not in (State.UPLOADED, State.TRIED):
        raise Refused("import_gone")
    columns = target_of(run.target).columns
    with uploads.in_words(columns):
        complete(dict(mapping), columns_of(columns))
    if not (source.strip() or run.source):
        raise Refused("required", field=_("这是谁的名单"))
    _set(run, sheet=sheet_name, header=chosen["header"], signature=chosen["signature"], mapping=mapping,
         source=source.strip()[:60] or run.source, state=State.UPLOADED, counts={})  # fmt: skip


def try_or_write(*, by: Actor, run: UUID, write: bool, report: Report, target: str = REGISTER) -> Outcome:
    """Tries the run, or, once it has been tried, carries it out. Two at the same moment: the second is refused."""
    row = locked(run, target, write=write)
    outcome = ENTERS[target](
        by=by, community=row.grid // 1000, path=waiting.there(row.id), source=row.source, sheet=row.sheet or None,
        header=row.chosen_header, mapping=row.mapping, dry_run=not write, report=report, run=row,
    )  # fmt: skip
    findings = {
        "sheets": row.findings.get("sheets", []), "samples": outcome.samples, "marks": outcome.marks,
        "remarks": outcome.remarks[:SHOWN], "gone": outcome.gone,
    }  # fmt: skip
    _set(row, counts=outcome.counts, findings=findings, state=State.DONE if write else State.TRIED)
    return outcome


def locked(run: UUID, target: str, *, write: bool) -> ImportRun:
    """The run, if it may be tried or, having been tried, carried out now."""
    row = ImportRun.objects.select_for_update().filter(id=run, target=target).first()
    if row is None:
        raise Refused("not_found")
    if row.state not in ((State.TRIED,) if write else (State.UPLOADED, State.TRIED)):
        raise Refused("import_gone")
    return row


def drop(*, by: Actor, run: ImportRun) -> None:
    by.require(Permission.IMPORT, Area.of(run.grid // 1000))
    if run.state == State.DONE:
        raise Refused("import_gone")
    waiting.forget(run.id)
    _set(run, state=State.DROPPED, findings={}, finished=clock.now())
    write_one("import_drop", run.id, by=by, grid=run.grid)


def forget_old() -> int:
    """Files and samples of runs that nobody came back to."""
    old = ImportRun.objects.filter(at__lt=clock.now() - WAITS).exclude(findings={})
    for run in old:
        waiting.forget(run.id)
        _set(run, findings={}, state=run.state if run.state == State.DONE else State.DROPPED)
    return len(old)


def _set(run: ImportRun, **values: Any) -> None:
    for name, value in values.items():
        setattr(run, name, value)
    run.save(update_fields=list(values))
