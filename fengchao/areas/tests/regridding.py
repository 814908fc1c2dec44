"""A small Hongqiao to cut up: Alice's grid of two buildings, the next grid, and Frank's in another community."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from fengchao.areas.models import Division, Grid
from fengchao.areas.plans import Plan, Wish, arranged
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.places import Area, community_of
from fengchao.base.scope import acting
from fengchao.people.models import Building, CareTag, Dwelling, Household, Person, Premises, Residence
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HONGQIAO, NEXT_GRID, users_of
from fengchao.work.actions import create_tasks, declare
from fengchao.work.models import Campaign

CAST = (ALICE, BOB, CAROL, DAVE, FRANK)


@dataclass
class Ground:
    one: Building
    two: Building
    next: Building
    away: Building
    campaign: Campaign


def lay() -> Ground:
    """One person at every door, and Carol's canvass of her community. Written by the table: it is done often."""
    grids = (GRID, GRID, NEXT_GRID, ELSEWHERE)
    with acting(system_actor()):
        _places(set(grids))
        users_of(CAST)
        built = [_building(grid, n) for n, grid in enumerate(grids, 1)]
        _households(Building.objects.bulk_create(built))
    with acting(CAROL):
        campaign = declare(by=CAROL, name="敲门行动", kind_code="verify_visit", purpose="核对住户",
                           basis="突发事件应对法", area=Area.of(HONGQIAO), deadline=clock.now() + timedelta(days=3),
                           expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=CAROL, campaign=campaign))
        campaign.refresh_from_db()
    return Ground(*built, campaign)


def _places(grids: set[int]) -> None:
    around = {(level, Area.of(str(code)[:digits])) for code in grids
              for level, digits in enumerate((2, 4, 6, 9, 12), 1)}
    Division.objects.bulk_create([Division(code=area.lo // 1000, level=level, name=f"虚构{area.code}", lo=area.lo,
                                           hi=area.hi) for level, area in around], ignore_conflicts=True)
    since = clock.today() - timedelta(days=30)
    Grid.objects.bulk_create([Grid(code=code, name=f"第{code % 1000}网格", since=since) for code in grids],
                             ignore_conflicts=True)


def _building(grid: int, number: int) -> Building:
    return Building(grid=grid, name=f"{number}号楼", number=str(number), floors=3, seq=number)


def _households(buildings: list[Building]) -> None:
    doors = [Dwelling(grid=b.grid, building=b, entrance="1", floor=n, room=f"{n}01", label=f"{b.name}{n}01", walk=n)
             for b in buildings for n in (1, 2, 3)]
    Dwelling.objects.bulk_create(doors)
    homes = [Household(grid=d.grid, building=d.building, dwelling=d) for d in doors]
    Household.objects.bulk_create(homes)
    persons = [Person(grid=h.grid, building=h.building, dwelling=h.dwelling, household=h, name=f"住户{n}")
               for n, h in enumerate(homes)]
    Person.objects.bulk_create(persons)
    Residence.objects.bulk_create([Residence(grid=p.grid, building=p.building, dwelling=p.dwelling, person=p)
                                   for p in persons])
    CareTag.objects.bulk_create([CareTag(grid=p.grid, building=p.building, person=p, code="lives_alone")
                                 for p in persons])
    Premises.objects.bulk_create([Premises(grid=b.grid, building=b, name=f"小店{b.number}", kind="shop")
                                  for b in buildings])


def wanted(**wishes: tuple[Building, str]) -> Plan:
    """Of buildings and where they shall be, as somebody would write it; the others of their grids stay."""
    named = [Wish(UUID(str(building.id)), where(building), target) for building, target in wishes.values()]
    with acting(system_actor()):
        touched = {wish.now for wish in named}
        rest = Building.objects.filter(grid__in=touched).exclude(id__in=[w.building for w in named])
        named += [Wish(b.id, b.grid, str(b.grid)) for b in rest]
        names = dict(Grid.objects.filter(until=None).values_list("code", "name"))
        last = {community_of(code): 0 for code in names}
        for code in Grid.objects.values_list("code", flat=True):
            last[community_of(code)] = max(last.get(community_of(code), 0), code)
    return arranged(named, names, {community: code + 1 for community, code in last.items()})


def where(building: Building) -> int:
    with acting(system_actor()):
        return Building.objects.values_list("grid", flat=True).get(id=building.id)


def misplaced() -> int:
    """Rows that do not stand where their building stands, in any table, and buildings in no grid that is open."""
    from django.db import connection

    tables = ("people_dwelling", "people_household", "people_person", "people_residence", "people_caretag",
              "people_premises", "(SELECT * FROM work_task WHERE state <> 2)")
    with acting(system_actor()), connection.cursor() as cursor:
        wrong = 0
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t JOIN people_building b ON b.id = t.building_id"
                           " WHERE t.grid <> b.grid")
            wrong += cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM people_building b WHERE NOT EXISTS (SELECT FROM areas_grid g"
                       " WHERE g.code = b.grid AND g.until IS NULL)")
        return wrong + cursor.fetchone()[0]


def doors_of(building: Building) -> list[Dwelling]:
    with acting(system_actor()):
        return list(Dwelling.objects.filter(building=building).order_by("walk"))
