"""A workbook of premises enters the register: what can be accepted, whole or not at all."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from fengchao.base.actor import Actor
from fengchao.base.crypto import seal, unseal
from fengchao.base.jobs import Report, silent
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.people.actions.premises import PLACE
from fengchao.people.importing.actions.people import divisions_around, first_grid, own_names
from fengchao.people.importing.actions.remembering import Outcome, new_run, remember, remembered, source_of
from fengchao.people.importing.models import PREMISES, ImportRun
from fengchao.people.importing.staging import grid_of
from fengchao.people.models import Building, Premises
from fengchao.people.premises_sheet import TARGET as COLUMNS
from fengchao.people.told import tell_premises
from fengchao.sheets import uploads

ROWS = "fengchao.people.importing.premises_rows:premises"
PLAIN = ("name", "kind", "uscc", "address", "contact", "staff")
Line = dict[str, Any]


class _Known:
    """The premises and buildings of the community, and what the file has said of them so far. Looked up by their
    words: a long file holds every row against all of them."""

    def __init__(self, area: Area) -> None:
        self.area = area
        self.seen: dict[UUID, int] = {}  # whom a row was about
        self.numbered, self.called = defaultdict[str, list[Building]](list), defaultdict[str, list[Building]](list)
        self.licensed, self.named = defaultdict[str, list[Premises]](list), defaultdict[str, list[Premises]](list)
        for one in _inside(Building, area):
            self.numbered[one.number].append(one)
            self.called[one.name].append(one)
        for known in _inside(Premises, area):
            self.add(known)

    def add(self, one: Premises) -> None:
        self.named[one.name].append(one)
        if one.uscc:
            self.licensed[one.uscc].append(one)

    def building(self, door: Line | None) -> Building | str | None:
        """The building meant, or the code of a flaw; None where no such building is known."""
        if door is None:
            return None
        fitting = list({one.id: one for one in (*self.numbered[door["number"]], *self.called[door["name"]])}.values())
        if door["compound"]:
            fitting = [one for one in fitting if one.compound == door["compound"]]
        elif door["road"] or door["house_number"]:
            at = (door["road"], door["house_number"])
            fitting = [one for one in fitting if (one.road, one.house_number) == at]
        if len(fitting) > 1:
            fitting = [one for one in fitting if one.name == door["name"]] or fitting
        return "building_ambiguous" if len(fitting) > 1 else next(iter(fitting), None)

    def same(self, values: Line, building: Building | None) -> list[Premises]:
        """By the credit code; else by the name, of several those that stand at the same place."""
        code = values.get("uscc")
        if code and (found := self.licensed[code]):
            return found
        named = [one for one in self.named[values["name"]] if not (code and one.uscc)]
        if building is None and not values.get("address"):
            return named
        return [one for one in named if _stands(one, values, building)]


def _stands(one: Premises, values: Line, building: Building | None) -> bool:
    if building is not None and one.building_id is not None:
        return one.building_id == building.id
    return one.address == values.get("address", "") or one.building_id is None and not one.address


@dataclass
class _Found:
    """What the rows come to, before anything is written."""

    verdicts: Counter[str] = field(default_factory=Counter)
    marks: list[list[Any]] = field(default_factory=list)
    remarks: list[list[Any]] = field(default_factory=list)
    made: list[Premises] = field(default_factory=list)
    changes: list[tuple[Premises, Line]] = field(default_factory=list)


def import_premises(
    *, by: Actor, community: int, path: Path, source: str = "", sheet: str | None = None, header: int | None = None,
    mapping: list[list[Any]] | None = None, dry_run: bool = False, report: Report = silent,
    run: ImportRun | None = None,
) -> Outcome:  # fmt: skip
    """As `import_people` does. A blank cell leaves what is known."""
    area, begun = Area.of(community), time.monotonic()
    by.require(Permission.IMPORT, area)
    head, lines = _read(area, path, sheet, header, mapping, source)
    source = source or source_of(head["signature"], community, path, PREMISES)
    found = _compare(lines, _Known(area), head["height"] or 0, report)
    if not dry_run:  # after all has been decided: as it was shown when it was tried
        report(found.verdicts.total(), found.verdicts.total(), "import_writing")
        _write(by, found)
    counts: Line = {name: found.verdicts[name] for name in ("created", "updated", "unchanged", "refused")}
    counts |= {"rows": found.verdicts.total(), "remarks": len(found.remarks), "source": source,
               "seconds": round(time.monotonic() - begun, 2)}
    outcome = Outcome(counts, head["sheet"], head["header"], head["signature"], head["mapping"], head["headings"],
                      found.marks, found.remarks)
    if not dry_run:
        remember(by, run or new_run(by, community, path, source, PREMISES), outcome, "import_premises")
    return outcome


def _read(area: Area, path: Path, sheet: str | None, header: int | None, mapping: list[list[Any]] | None,
          source: str) -> tuple[Line, Iterable[Line]]:
    community = area.lo // 1000
    with uploads.in_words(COLUMNS):
        first, *lines = uploads.read(
            ROWS, path, columns=COLUMNS, sheet_name=sheet, header_row=header, mapping=mapping,
            remembered=remembered(area, source, PREMISES), community=community,
            divisions=divisions_around(community), own=own_names(area),
        )  # fmt: skip
    return first, lines


def _compare(lines: Iterable[Line], known: _Known, height: int, report: Report) -> _Found:
    found = _Found()
    for number, line in enumerate(lines, 1):
        report(number, max(number, height), "import_comparing")
        flaws, new, change = _decide(line, known)
        found.verdicts["refused" if flaws else "created" if new else "updated" if change else "unchanged"] += 1
        found.marks += flaws
        found.remarks += line["remarks"]
        if new:
            known.add(new)
            known.seen[new.id] = line["row"]
            found.made.append(new)
        if change:
            found.changes.append(change)
    return found


def _inside(model: Any, area: Area) -> Any:
    return model.objects.filter(grid__gte=area.lo, grid__lt=area.hi).order_by("grid", "id")


def _decide(line: Line, known: _Known) -> tuple[list[list[Any]], Premises | None, tuple[Premises, Line] | None]:
    """(flaws, the premises that are new, those that change and what changes in them)."""
    values, flaws, row = line["values"], line["flaws"], line["row"]
    if flaws:
        return flaws, None, None
    building = known.building(line["door"])
    if isinstance(building, str):
        return [[row, None, building, {}]], None, None
    if building is None and line["door"] and "address" not in values:
        values["address"] = _said(values)  # a building that the register does not have is kept in words
    all_ = known.same(values, building)
    same = [one for one in all_ if not one.closed] or all_
    if len(same) > 1:
        return [[row, None, "premises_ambiguous", {}]], None, None
    if same and known.seen.setdefault(same[0].id, row) != row:
        line["remarks"].append([row, None, "premises_repeated", {"row": known.seen[same[0].id]}])
        return [], None, None
    if same and same[0].closed:
        line["remarks"].append([row, None, "premises_closed", {"day": same[0].closed.isoformat()}])
        return [], None, None
    wanted = _wanted(values, building, known.area)
    if not same:
        grid = wanted.pop("grid", None) or first_grid(known.area)
        return [], Premises(grid=grid, **wanted), None
    changed = {name: value for name, value in wanted.items() if _differs(getattr(same[0], name), value)}
    return [], None, (same[0], changed) if changed else None


def _wanted(values: Line, building: Building | None, area: Area) -> Line:
    wanted = {name: values[name] for name in PLAIN if name in values}
    if "phone" in values:
        wanted["phone_sealed"] = seal(values["phone"])
    if building is not None:
        return wanted | {"building": building, "grid": building.grid}
    grid = grid_of(values["grid"], area.lo // 1000) if "grid" in values else None
    return wanted | ({"grid": grid} if grid else {})


def _differs(now: Any, said: Any) -> bool:
    if isinstance(said, bytes):
        return unseal(now) != unseal(said)
    return now != said


def _said(values: Line) -> str:
    return "".join(values.get(part, "") for part in ("compound", "road", "house_number", "building"))[:200]


def _write(by: Actor, found: _Found) -> None:
    Premises.objects.bulk_create(found.made, batch_size=1000)
    for one, changed in found.changes:
        for name, value in changed.items():
            setattr(one, name, value)
        one.save(update_fields=list(changed))
    tell_premises([one.id for one, changed in found.changes if not changed.keys().isdisjoint(PLACE)], by)
