"""Sets the stage once: the community into the register, its people with duties, a canvass under way."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import psycopg
from django.db import transaction
from django.db.models import QuerySet

from fengchao.accounts.actions import create_user, give_duty
from fengchao.accounts.emergency import actions as emergency
from fengchao.accounts.emergency.page import grants as emergency_grants
from fengchao.accounts.models import User
from fengchao.accounts.queries import actor_of
from fengchao.areas.actions import load_register
from fengchao.areas.queries import exists
from fengchao.base import audit, clock, postgres
from fengchao.base.actor import Actor, system_actor
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo import canvass, cast, office, others, yesterday
from fengchao.demo.load import load
from fengchao.demo.synthetic import Community, community
from fengchao.designs import actions as designs
from fengchao.designs.asking import Asked
from fengchao.people.models import Building, Person
from fengchao.reports.actions import confirm_return
from fengchao.work.models import Campaign

LOADED = "load_synthetic"
FOUR_MORE = Asked(22, weights=(("households", 1), ("old", 2)))  # grids, of which the community has eighteen
CAPTAINS = 5  # buildings that have one: enough to see what a captain sees


def is_set(home: Path, code: int) -> bool:
    return bool(cast.remembered(home)) and _declared(code)


def set_up(home: Path, code: int, households: int, seed: int, say: Callable[[str], None]) -> None:
    know_places(code, say)
    if not registered(code):
        say(f"making up {households:,} households for community {code}")
        register(home, community(code, households, seed))
    accounts = cast.remembered(home) or enlist(code, seed)
    cast.remember(home, accounts)
    if not _declared(code):
        campaign = _canvass(code, accounts, seed, say)
        _office(home, campaign, accounts)
        _others(code, households, seed, say)
        _emergency(code)


def know_places(code: int, say: Callable[[str], None]) -> None:
    """The national register, without which nobody can be given a duty anywhere."""
    with acting(system_actor("demo")) as by:
        if not exists(Area.of(code)):
            say(f"{load_register(by=by):,} places of the national register loaded")


def is_made_up() -> bool:
    """Whether nobody is in the register yet, or it was begun by `register` below."""
    with acting(system_actor()):
        return AuditEntry.objects.filter(action=LOADED).exists() or not Person.objects.exists()


def _canvass(code: int, accounts: list[cast.Account], seed: int, say: Callable[[str], None]) -> Campaign:
    workers, secretary = _workers(accounts), actor("shuji")
    with acting(secretary):
        campaign = canvass.begin(by=secretary, area=Area.of(code))
        designs.draw(by=secretary, design=designs.ask(by=secretary, area=Area.of(code), asked=FOUR_MORE))
    say("the canvass is declared; workers set out")
    say(f"{canvass.walk(campaign, workers, seed):,} visits recorded")
    return campaign


def _workers(accounts: list[cast.Account]) -> dict[int, Actor]:
    return {one.area: actor(one.username) for one in accounts if one.role == "grid_worker"}


def _office(home: Path, campaign: Campaign, accounts: list[cast.Account]) -> None:
    secretary, steward, area = actor("shuji"), actor("shuju"), campaign.area
    code, cadres = campaign.lo // 1000, [one.username for one in accounts if one.role == "responsible_cadre"]
    hook = office.webhook(by=steward, area=area)
    office.overlays(by=secretary, grids=grids_of(code), gatekeeper=user(cadres[-1]))
    office.split_in_a_week(by=secretary, buildings=_buildings(code))
    office.old_and_alone(by=secretary, area=area, workers=_workers(accounts))
    office.from_phones(campaign=campaign, worker=user("wg01"), cadre=actor(cadres[0]))
    office.tokens(steward=steward, administrator=actor("guanli"), area=area, collector=user("wg01"))
    office.told_and_ended(by=steward, hook=hook)
    yesterday.date_back(home, code)
    with acting(secretary):
        confirm_return(by=secretary, community=code, day=clock.today() - timedelta(days=1))


def _others(code: int, households: int, seed: int, say: Callable[[str], None]) -> None:
    secretary = actor("shuji")
    with acting(secretary):
        rows = others.report(by=secretary, code=code, households=households, seed=seed)
    say(f"two lists of others held against the register: {rows:,} people")


def _emergency(code: int) -> None:
    """One that is over and judged, so that the page of them shows what they are."""
    inspector, officer = actor("dudao"), actor("jiedao")
    with acting(inspector):
        access = emergency.begin(by=inspector, where=Area.of(code), reason="missing", words="八旬老人走失，家属求助")
    with acting(inspector.with_grants(*emergency_grants([access]))) as looking:
        emergency.write_look(by=looking, opened=[access], page="register", of={"area": str(code)})
        person = Person.objects.order_by("-grid").first()
        of = {"person": str(person.id)} if person else {}
        emergency.write_look(by=looking, opened=[access], page="person", of=of)
    with acting(officer):
        emergency.review(by=officer, access=access, justified=True, verdict="当晚找到老人，只看了相关住户")


def registered(code: int) -> bool:
    with acting(system_actor()):
        return buildings_of(code).exists()


def _declared(code: int) -> bool:
    with acting(system_actor()):
        return Campaign.objects.filter(lo=code * 1000).exists()


def register(home: Path, made: Community) -> None:
    """One transaction: a community is in the register whole or not at all."""
    urls = postgres.ensure(home)
    with psycopg.connect(urls.owner) as connection, connection.cursor() as cursor:
        load(made, cursor)
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("ANALYZE")
    who = system_actor("demo")
    with acting(who):
        audit.write_one(LOADED, str(made.code), by=who, people=len(made.people), seed=made.seed)


def grids_of(code: int) -> list[int]:
    with acting(system_actor()):
        return sorted(set(buildings_of(code).values_list("grid", flat=True)))


def _buildings(code: int) -> list[Building]:
    with acting(system_actor()):
        return list(buildings_of(code))


def buildings_of(code: int) -> QuerySet[Building]:
    return Building.objects.filter(grid__gte=code * 1000, grid__lt=(code + 1) * 1000).order_by("grid", "seq")


def enlist(code: int, seed: int) -> list[cast.Account]:
    grids = grids_of(code)
    with acting(system_actor("demo")) as system:
        captains = {str(one.id): one.grid for one in buildings_of(code)[:CAPTAINS]}
        accounts = list(cast.of(code, grids, captains, seed))
        for one in accounts:
            building = UUID(one.building) if one.building else None
            open_account(one.username, one.password, one.name, one.role, [one.area], by=system, building=building,
                         phone=one.phone)  # fmt: skip
    return accounts


def open_account(username: str, password: str, name: str, role: str, areas: Iterable[int], *, by: Actor,
                 building: UUID | None = None, phone: str = "") -> None:  # fmt: skip
    """A user with one duty for each area."""
    wanted = [Area.of(area) for area in areas]
    user, _ = create_user(by=by, username=username, name=name, home=wanted[0], phone=phone, password=password)
    for area in wanted:
        give_duty(by=by, user=user, role=role, area=area, building=building)


def free_username(stem: str) -> str:
    """The stem, with a number behind it when earlier drills have used it."""
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(name for n in count() if (name := f"{stem}-{n}" if n else stem) not in taken)


def actor(username: str) -> Actor:
    with transaction.atomic():
        return actor_of(user(username))


def user(username: str) -> User:
    return User.objects.get(username=username)
