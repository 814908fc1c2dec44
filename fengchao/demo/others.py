"""Two lists that others have of the synthetic community: of most people there, and of some whom nobody has registered.

So that the comparison and the estimate show something whose truth is known: the register, and the hidden besides.
"""

from datetime import timedelta
from random import Random

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.crypto import unseal
from fengchao.base.places import Area
from fengchao.demo.synthetic import community
from fengchao.people.models import Dwelling
from fengchao.people.queries import living
from fengchao.sightings.actions import Seen, open_source, see

HIDDEN = 1 / 80      # of the households: who lives there and stands in no register
MOVED = 0.002        # seen at another door than the registered one
NO_DOOR = 0.3        # of the hidden: seen, but not where they live
SOURCES = (
    ("物业业主名单", "核对小区实际住户", 0.35, 12),
    ("疫苗接种名单", "核对社区常住人口", 0.22, 40),
)  # name, purpose, the share of people on it, its age in days


def report(*, by: Actor, code: int, households: int, seed: int) -> int:
    """Both lists come in. Returns how many rows they have."""
    rng, today, rows = Random(f"{seed}:others"), clock.today(), 0
    known, doors, hidden = _known(code), _doors(code), _hidden(code, households, seed)
    home = {one: rng.choice(doors) if rng.random() > NO_DOOR else None for one in hidden}
    for name, purpose, share, age in SOURCES:
        seen_on = today - timedelta(days=age)
        source = open_source(by=by, community=code, name=name, purpose=purpose, seen_on=seen_on,
                             expires=today + timedelta(days=60))
        told = [Seen(who, seen_on, ric=ric, phone=phone, dwelling=rng.choice(doors) if rng.random() < MOVED else door)
                for who, ric, phone, door in known if rng.random() < share]
        told += [Seen(who, seen_on, ric=ric, phone=phone, dwelling=home[who, ric, phone])
                 for who, ric, phone in hidden if rng.random() < share]
        rows += see(by=by, source=source, seen=told)
    return rows


def _known(code: int) -> list[tuple]:
    area = Area.of(code)
    people = living().filter(grid__gte=area.lo, grid__lt=area.hi, ric_blind__isnull=False).order_by("id")
    rows = people.values_list("name", "ric_sealed", "phone_sealed", "dwelling")
    return [(name, unseal(ric), unseal(phone), door) for name, ric, phone, door in rows]


def _doors(code: int) -> list:
    area = Area.of(code)
    rows = Dwelling.objects.filter(grid__gte=area.lo, grid__lt=area.hi)
    return list(rows.order_by("id").values_list("id", flat=True))


def _hidden(code: int, households: int, seed: int) -> list[tuple[str, str, str]]:
    """People of another synthetic community of that size: none of them stands in the register."""
    others = community(code, max(8, round(households * HIDDEN)), seed + 1000).people
    rng = Random(f"{seed}:hidden")
    return [(one.name, one.ric, f"162{rng.randrange(10**8):08}") for one in others if one.ric]
