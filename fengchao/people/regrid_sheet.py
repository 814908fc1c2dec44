"""A re-gridding as a workbook: a line for each building, and the grid it shall be in.

The template names each building by its key; a list somebody made by hand names it by compound and number. The columns
are imported by the guarded process that reads uploads, so models are only named inside functions.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.words import gettext_lazy as _
from fengchao.people import sheet
from fengchao.sheets.cleaning import Cleaner
from fengchao.sheets.columns import Column, TextColumn
from fengchao.sheets.limits import Limits
from fengchao.sheets.mapping import propose
from fengchao.sheets.preview import located


class Key(TextColumn):
    identifier, title, width = "key", _("楼栋编码"), 38
    synonyms = ("楼栋编码", "Building key")
    note = _("请勿改动")


class Wanted(TextColumn):
    identifier, title, width, longest = "wanted", _("新网格"), 20, 60
    synonyms = ("新网格", "新网格编号", "新网格名称", "调整后网格", "调整到", "划入网格", "New grid")
    note = _("编号（如 45）或名称；不变可留空")
    required = True

    def read(self, cell: Any) -> Any:
        return self.clean(cell) or ""  # left blank, the building stays


class Now(sheet.PlaceColumn):
    identifier, title, width = "now", _("现网格"), 26
    synonyms = ("现网格", "原网格", "目前网格", "Grid now")


class Doors(TextColumn):
    identifier, title, width = "doors", _("户数"), 8
    synonyms = ("户数", "Doors")


COLUMNS = (Key, sheet.Compound, sheet.Road, sheet.HouseNumber, sheet.BuildingName, Doors, Now, Wanted)
TARGET = "fengchao.people.regrid_sheet:columns"


def columns() -> list[Column]:
    return [column() for column in COLUMNS]


def lines(*, path: str, limits: Limits) -> Iterator[list[Any]]:
    """First the columns that were found, then [row as the spreadsheet numbers it, values by identifier]. Runs in the
    guarded process."""
    ours = columns()
    opened, header = located(Path(path), None, ours, limits)
    mapping = propose(header, ours)
    yield sorted(mapping.values())
    for record in Cleaner(header, mapping, ours, opened.merged).records(opened.rows):
        if record.flaws:
            raise Refused("regrid_row", row=record.number)
        yield [record.number, {name: value for name, value in record.values.items() if value}]


def written(area: Area) -> Iterator[list[Any]]:
    """The lines of the template: every building of the area, `wanted` left to be filled in."""
    from django.db.models import Count

    from fengchao.areas.queries import names
    from fengchao.people.models import Building

    inside = Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi)
    rows = list(inside.annotate(doors=Count("dwellings")).order_by("grid", "seq", "name"))
    called = names({row.grid for row in rows})
    for row in rows:
        yield [str(row.id), row.compound, row.road, row.house_number, row.name, row.doors,
               f"{row.grid} {called[row.grid]}", ""]
