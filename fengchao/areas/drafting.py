"""From wishes to a plan, with the names and numbers of the communities concerned."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q

from fengchao.base.errors import Refused
from fengchao.base.places import Area, community_of

from .actions.divisions import next_local
from .actions.grids import NAME_LIMIT
from .finding import core
from .models import Division, Grid
from .plans import Founding, Opening, Plan, Wish, arranged, founded
from .queries import division, grids, names


def arrange(wishes: Iterable[Wish], *, close_empty: bool = True) -> Plan:
    """The plan of `plans.arranged` for today's grids. Raises Refused. `wishes` names every building of each grid of
    which one is to go elsewhere; those that stay name their own grid."""
    wishes = list(wishes)
    communities = {community_of(wish.now) for wish in wishes}
    communities |= {int(w.wanted[:12]) for w in wishes if len(w.wanted) == 15 and w.wanted.isdecimal()}
    names, free = {}, {community: community * 1000 + 1 for community in communities}
    for code, name, until in ever(communities):
        free[community_of(code)] = max(free[community_of(code)], code + 1)
        if until is None:
            names[code] = name
    return arranged(wishes, names, free, close_empty=close_empty)


def ever(communities: Iterable[int]) -> Iterable[tuple[int, str, object]]:
    """Every number ever given, closed grids and those reserved for a day to come included."""
    inside = Q(pk__in=[])
    for community in communities:
        inside |= Q(code__gte=community * 1000, code__lt=(community + 1) * 1000)
    return Grid.objects.filter(inside).values_list("code", "name", "until")


def found(street: Area, name: str, codes: Iterable[int]) -> Plan:
    """A community in formation below the street, of these grids of it, numbered from 1 in their order."""
    chosen = set(codes)
    there = [grid.code for grid in grids(street).filter(until=None, code__in=chosen)]
    if not there or len(there) != len(chosen):
        raise Refused("regrid_empty")
    new = Founding(next_local(division(street.code or 0), Division.Level.COMMUNITY) // 1000, name)
    called = _apart(names(there))
    return founded(new, [(code, Opening(new.area.lo + nth, called[code])) for nth, code in enumerate(there, 1)])


def _apart(called: dict[int, str]) -> dict[int, str]:
    """第一网格 is in every community: those of one name say where they are from."""
    times, homes = Counter(called.values()), names(community_of(code) for code in called)
    return {code: name if times[name] == 1 else f"{core(homes[community_of(code)])}{name}"[:NAME_LIMIT]
            for code, name in called.items()}
