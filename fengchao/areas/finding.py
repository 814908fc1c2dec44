"""Find a place as people name it: by code, by name inside a parent, by the short name used in the street.

    find("350181005004")            its code, of any level
    find("东山社区", inside=...)     with or without 居委会
    find("并四", inside=...)         并州东街四社区: the first character, then some of the others in their order

Names collide all over the country (东山社区居委会 x27), so what comes back is a list, best first, and `resolve`
refuses to choose: it names the candidates with their parents.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from fengchao.base.errors import Refused
from fengchao.base.places import COUNTRY, Area

from .models import DIGITS_OF, Division, FormerName, Grid
from .queries import LEVEL_OF, divisions, grids, padded, paths, within

SUFFIXES = ("社区居民委员会", "村民委员会", "居民委员会", "社区居委会", "社区村委会", "村委会", "居委会", "社区",
            "街道办事处", "街道", "镇", "乡", "县", "区", "市", "省")
LIMIT = 20


@dataclass(frozen=True, slots=True)
class Found:
    code: int
    name: str
    level: int  # 1-5 as in Division, 6 for a grid
    area: Area
    rank: int  # 0 the exact name; higher is less sure
    parents: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """福建省 福州市 福清市 宏路街道"""
        return " ".join(self.parents)


def core(name: str) -> str:
    """A name without its kind: 并州东街四社区居委会 -> 并州东街四. Never empty."""
    suffix = next((s for s in SUFFIXES if name.endswith(s)), "")
    return name.removesuffix(suffix) if len(name) > len(suffix) + 1 else name


def rank(text: str, name: str, short: str = "") -> int | None:
    """How well `text` names the place; None if it does not."""
    bare, wanted = core(name), core(text)
    tests = (text in (name, short), wanted == bare, name.startswith(text), text in name,
             text[0] == bare[0] and _in_order(text, bare))
    return next((number for number, met in enumerate(tests) if met), None)


def _in_order(text: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in text)


def find(text: str, *, inside: Area = COUNTRY, level: int | None = None, limit: int = LIMIT) -> list[Found]:
    """Places in force called so, best first. Over the whole country only beginnings of names are looked at."""
    text = "".join(text.split())
    if not text:
        return []
    if text.isdecimal():
        return _with_parents(_by_code(text, inside)[:limit])
    found = [*_divisions(text, inside, level), *_grids(text, inside, level)]
    return _with_parents(sorted(found, key=lambda f: (f.rank, f.level, f.code))[:limit])


def resolve(text: str, *, inside: Area = COUNTRY, level: int | None = None) -> Found:
    """The one place meant. Raises Refused "place_unknown", or "place_ambiguous" with the candidates."""
    found = find(text, inside=inside, level=level)
    best = [f for f in found if f.rank == found[0].rank]
    if not best:
        raise Refused("place_unknown", name=text)
    if len(best) > 1:
        raise Refused("place_ambiguous", name=text, candidates="；".join(f"{f.where} {f.name}" for f in best))
    return best[0]


def _by_code(text: str, inside: Area) -> list[Found]:
    if len(text) > 15:
        return []
    if len(text) == 15:
        rows: Sequence[Division | Grid] = list(Grid.objects.filter(code=int(text)))
    else:
        rows = _now_at(LEVEL_OF.get(len(text), 0), padded(text))
    found = [_found(row, 0) for row in rows]
    return [f for f in found if inside.covers(f.area)]


def _now_at(level: int, code: int) -> list[Division | Grid]:
    """The place with this code, or what it has become; some steps, as a code may have changed more than once."""
    for _step in range(5):
        if (row := divisions().filter(level=level, code=code).first()) is not None:
            return [row]
        ended = Division.objects.filter(level=level, code=code).values_list("merged_into", flat=True).first()
        if ended is None:
            break
        code = ended
    return []


def _divisions(text: str, inside: Area, level: int | None) -> list[Found]:
    spellings = [text, *(core(text) + suffix for suffix in SUFFIXES)]
    rows = within(inside, DIGITS_OF if level is None else [level])
    old = dict(FormerName.objects.filter(name__in=spellings).values_list("division_id", "name"))
    if inside == COUNTRY:
        rows = rows.filter(Q(name__in=spellings) | Q(short=text) | Q(id__in=old))
    else:
        rows = rows.filter(Q(name__startswith=text[0]) | Q(name__contains=text) | Q(short=text) | Q(id__in=old))
    ranked = ((row, _best_rank(text, row, old.get(row.id))) for row in rows)
    return [_found(row, best) for row, best in ranked if best is not None]


def _best_rank(text: str, row: Division, former: str | None) -> int | None:
    ranks = (rank(text, row.name, row.short), rank(text, former) if former else None)
    return min((r for r in ranks if r is not None), default=None)


def _grids(text: str, inside: Area, level: int | None) -> list[Found]:
    if inside == COUNTRY or level not in (None, 6):
        return []
    rows = grids(inside).filter(name__contains=text)[:LIMIT]
    return [_found(row, 0 if row.name == text else 3) for row in rows]


def _found(row: Division | Grid, rank: int) -> Found:
    if isinstance(row, Grid):
        return Found(row.code, row.name, 6, Area(row.code, row.code + 1), rank)
    return Found(row.digits, row.name, row.level, row.area, rank)


def _with_parents(found: list[Found]) -> list[Found]:
    around = paths(f.area for f in found)
    return [replace(f, parents=tuple(d.name for d in around[f.area] if d.level < f.level)) for f in found]
