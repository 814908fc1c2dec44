"""What an import did, as its run keeps it; and how files of the same source were understood before."""

from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.db import models

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.places import Area

from ..models import REGISTER, ImportRun


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do. `marks` are (row, position or None, code, parameters)."""

    counts: dict[str, Any]
    sheet: str
    header: int
    signature: str
    mapping: list[list[Any]]
    headings: list[str] = field(default_factory=list)
    marks: list[list[Any]] = field(default_factory=list)
    remarks: list[list[Any]] = field(default_factory=list)
    samples: dict[str, list[list[Any]]] = field(default_factory=dict)
    gone: list[list[str]] = field(default_factory=list)  # id, name, door of everybody the source has no more

    @property
    def unread(self) -> list[str]:
        """The headings of columns that nothing is taken from."""
        taken = {place for place, _ in self.mapping}
        return [heading for place, heading in enumerate(self.headings) if heading and place not in taken]


def remembered(area: Area, source: str, target: str = REGISTER) -> dict[str, list[list[Any]]]:
    """How the columns of this source's files were understood before, by the signature of their headings. A source that
    is new here is understood like the one other that has such headings."""
    known: dict[str, dict[str, list[list[Any]]]] = {}
    runs = _done(area, target).order_by("at")
    for signature, whose, mapping in runs.values_list("signature", "source", "mapping"):
        known.setdefault(signature, {})[whose] = mapping
    one = {signature: next(iter(by_source.values())) for signature, by_source in known.items() if len(by_source) == 1}
    return one | {signature: by_source[source] for signature, by_source in known.items() if source in by_source}


def sources_of(signature: str, community: int, target: str = REGISTER) -> dict[str, ImportRun]:
    """Whose files had these headings: the last run of each."""
    runs = _done(Area.of(community), target).filter(signature=signature)
    return {run.source: run for run in runs.order_by("at")}


def source_of(signature: str, community: int, path: Path, target: str = REGISTER) -> str:
    """The one source whose files have these headings, else, as it is new, the file's own name."""
    known = sources_of(signature, community, target)
    if len(known) > 1:
        raise Refused("import_which_source", sources="、".join(known))
    return next(iter(known), path.stem[:60])


def _done(area: Area, target: str) -> models.QuerySet[ImportRun]:
    return ImportRun.objects.filter(grid__gte=area.lo, grid__lt=area.hi, target=target, state=ImportRun.State.DONE)


def new_run(by: Actor, community: int, path: Path, source: str, target: str = REGISTER) -> ImportRun:
    """Of a file that was not uploaded."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return ImportRun.objects.create(grid=community * 1000, target=target, source=source, file_name=path.name[:120],
                                    file_hash=digest, by=by.id)  # fmt: skip


def remember(by: Actor, run: ImportRun, outcome: Outcome, deed: str) -> None:
    ImportRun.objects.filter(id=run.id).update(
        state=ImportRun.State.DONE, counts=outcome.counts, sheet=outcome.sheet[:60], header=outcome.header,
        signature=outcome.signature, mapping=outcome.mapping, finished=clock.now(),
    )  # fmt: skip
    told = ("rows", "created", "updated", "refused", "disappeared")
    write_one(deed, run.id, by=by, grid=run.grid, **{name: outcome.counts[name] for name in told
                                                     if name in outcome.counts})
