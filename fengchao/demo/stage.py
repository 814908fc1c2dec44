"""Sets the stage once: the community into the register, its people with duties, a canvass under way."""

from collections.abc import Callable
from pathlib import Path

import psycopg
from django.db import transaction

from fengchao.accounts.models import Duty, User
from fengchao.accounts.queries import actor_of
from fengchao.base import audit, postgres
from fengchao.base.actor import Actor, system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo import canvass, cast
from fengchao.demo.load import load
from fengchao.demo.synthetic import Community, community
from fengchao.people.models import Building
from fengchao.work.models import Campaign

CAPTAINS = 5  # buildings that have one: enough to see what a captain sees


def is_set(home: Path, code: int) -> bool:
    """The accounts are written down last, so a set-up that was interrupted goes on where it stopped."""
    return bool(cast.remembered(home)) and _registered(code)


def set_up(home: Path, code: int, households: int, seed: int, say: Callable[[str], None]) -> None:
    if not _registered(code):
        say(f"making up {households:,} households for community {code}")
        register(home, community(code, households, seed))
    accounts = enlist(code, seed)
    if not _declared(code):
        _canvass(code, accounts, seed, say)
    cast.remember(home, accounts)


def _canvass(code: int, accounts: list[cast.Account], seed: int, say: Callable[[str], None]) -> None:
    workers = {one.area: actor(one.username) for one in accounts if one.role == "grid_worker"}
    secretary = actor("shuji")
    with acting(secretary):
        campaign = canvass.begin(by=secretary, area=Area.of(code))
    say("the canvass is declared; workers set out")
    say(f"{canvass.walk(campaign, workers, seed):,} visits recorded")


def _registered(code: int) -> bool:
    with acting(system_actor()):
        return Building.objects.filter(grid__gte=code * 1000, grid__lt=(code + 1) * 1000).exists()


def _declared(code: int) -> bool:
    with acting(system_actor()):
        return Campaign.objects.filter(lo=code * 1000).exists()


def register(home: Path, made: Community) -> None:
    """One transaction: a community is in the register whole or not at all."""
    urls = postgres.urls_of(home)
    with psycopg.connect(urls.owner) as connection, connection.cursor() as cursor:
        load(made, cursor)
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("ANALYZE")
    who = system_actor("demo")
    with acting(who):
        audit.write_one("load_synthetic", str(made.code), by=who, people=len(made.people), seed=made.seed)


def enlist(code: int, seed: int) -> list[cast.Account]:
    with acting(system_actor()) as system:
        buildings = Building.objects.filter(grid__gte=code * 1000, grid__lt=(code + 1) * 1000).order_by("grid", "seq")
        captains = {str(one.id): one.grid for one in buildings[:CAPTAINS]}
        grids = sorted(set(buildings.values_list("grid", flat=True)))
        accounts = list(cast.of(code, grids, captains, seed))
        for one in accounts:
            give_account(one, by=system)
    return accounts


def actor(username: str) -> Actor:
    with transaction.atomic():
        return actor_of(User.objects.get(username=username))


def give_account(one: cast.Account, *, by: Actor) -> None:
    area = Area.of(one.area)
    user = User(username=one.username, name=one.name)
    user.set_password(one.password)
    user.save()
    Duty.objects.create(user=user, role=one.role, lo=area.lo, hi=area.hi, building=one.building or None)
