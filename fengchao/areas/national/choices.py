"""What somebody who decides where a place went is offered: likely codes first, with their names."""

from collections.abc import Iterable

from ..models import Difference, NationalFile
from ..queries import divisions
from .drafting import written
from .guessing import Key, up
from .standing import standings

BESIDE = 60

Choice = tuple[int, int, str]  # code padded to 12 digits, as written, name


def named(file: NationalFile, keys: Iterable[Key]) -> dict[Key, str]:
    """What codes are called in the file, else here."""
    wanted = set(keys)
    levels, codes = {level for level, _ in wanted}, {code for _, code in wanted}
    rows = divisions().filter(level__in=levels, code__in=codes).values_list("level", "code", "name")
    said = {(level, code): name for level, code, name in rows}
    new = Difference.objects.filter(file=file, level__in=levels, code__in=codes).exclude(kind=Difference.Kind.GONE)
    said |= {row.key: row.new_name or row.name for row in new}
    return {key: said[key] for key in wanted if key in said}


def choices(file: NationalFile, rows: Iterable[Difference]) -> dict[int, list[Choice]]:
    """By the id of each difference; where nothing is likely, what lies beside it."""
    rows = list(rows)
    codes = {row.id: [c for c in dict.fromkeys([row.becomes, *row.candidates, *_beside(row)]) if c] for row in rows}
    called = named(file, {(row.level, code) for row in rows for code in codes[row.id]})
    return {row.id: [(code, written(row.level, code), called[row.level, code]) for code in codes[row.id]
                     if (row.level, code) in called] for row in rows}


def _beside(row: Difference) -> list[int]:
    """Of the same parent, those that were there before and those that came, as far as they are still there."""
    if not row.open:
        return []
    lo = up(row.level, row.code)
    hi = lo + 10 ** (12 - len(str(written(row.level - 1, lo)))) if row.level > 1 else 10**12
    around = {"level": row.level, "code__gte": lo, "code__lt": hi}
    gone = Difference.objects.filter(file=row.file_id, kind=Difference.Kind.GONE, **around).values("code")
    came = Difference.objects.filter(file=row.file_id, kind=Difference.Kind.CAME, **around)
    there = divisions().filter(**around).exclude(code__in=gone)
    return sorted({*came.values_list("code", flat=True)[:BESIDE], *there.values_list("code", flat=True)[:BESIDE]})


def may_end(row: Difference) -> bool:
    """Nothing stands there but empty grids and what was given for it."""
    holds = {what for what, one in standings.items() if one.moves} - {"grids"}
    return row.kind == Difference.Kind.GONE and not holds & set(row.standing)


