"""What the laws are tried on: the small Hongqiao of work's own tests, with somebody living there."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from fengchao.accounts.actions import give_overlay_duty
from fengchao.accounts.emergency import actions as emergency
from fengchao.accounts.emergency.models import EmergencyAccess
from fengchao.accounts.staff.actions import receive
from fengchao.accounts.staff.models import StaffList
from fengchao.areas.actions import add_overlay, plan_regridding
from fengchao.areas.models import Grid, NationalFile, Overlay, Regridding
from fengchao.areas.plans import Plan
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.ids import uuid7
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.designs import actions as designs
from fengchao.designs.asking import Asked
from fengchao.designs.models import Design
from fengchao.engines.geometry import polygon
from fengchao.exchange import actions as exchange
from fengchao.exchange.models import Webhook
from fengchao.maps.actions import write_boundaries, write_outlines
from fengchao.maps.models import MapImport
from fengchao.maps.tests.conftest import uploaded
from fengchao.maps.tests.files import feature, ring
from fengchao.people import actions as people
from fengchao.people.models import Building, ImportRun, Person, Premises
from fengchao.privacy import actions as privacy
from fengchao.privacy.tests.conftest import erased_campaign
from fengchao.reports.actions import confirm_return
from fengchao.sightings.actions import Seen, open_source, see
from fengchao.sightings.models import Sighting
from fengchao.sync.actions import attach
from fengchao.sync.push import push
from fengchao.testing import ALICE, BOB, CAROL, CAST, FRANK, GRACE, GRID, HONGQIAO, user_of, users_of
from fengchao.work.actions import accept, sign_off
from fengchao.work.models import Campaign, Form, Record, SignOff, Task
from fengchao.work.tests.conftest import campaign, doors, pack_form, saw, town  # noqa: F401


@dataclass
class World:
    building: Building
    overlay: Overlay
    person: Person
    premises: Premises
    other: Person
    campaign: Campaign
    task: Task
    signed: SignOff
    form: Form
    run: ImportRun
    design: Design
    regridding: Regridding
    national: NationalFile
    drawing: MapImport
    listed: ImportRun
    sighting: Sighting
    hook: Webhook
    emergency: EmergencyAccess
    staff: StaffList


@pytest.fixture
def world(town, campaign, doors) -> World:  # noqa: F811
    """Hongqiao with its cast, a household, a shop, Alice's grid canvassed and signed; a row of every other table."""
    users_of(CAST)
    Grid.objects.get_or_create(code=GRID, defaults={"name": "第一网格"})
    rows = {"building": town.here, "overlay": _overlay(), "campaign": campaign, "task": doors[0]}
    rows |= {**_register(town, doors[0].dwelling), **_outside(doors[0].dwelling), **_visits(campaign, doors)}
    rows |= {**_office(rows["person"]), **_ground(town), **_others()}
    erased_campaign()
    return World(**rows)


def _register(town, door) -> dict[str, Any]:  # noqa: F811
    with acting(CAROL):
        person = people.add_person(by=CAROL, dwelling=door, name="示例甲", phone="19900000001")
        other = people.add_person(by=CAROL, dwelling=door, name="示例乙", born=clock.today())
        twin = people.add_person(by=CAROL, dwelling=door, name="示例甲")
        people.merge_people(by=CAROL, keep=person.id, gone=twin.id)
        people.add_tag(by=CAROL, person=other.id, code="child")
        premises = people.add_premises(by=CAROL, grid=door.grid, name="示例小店", kind="shop", building=town.here)
        run = ImportRun.objects.create(grid=door.grid, source="示例名册", file_name="示例.xlsx", file_hash="0" * 64,
                                       state=ImportRun.State.TRIED)
    return {"person": person, "other": other, "premises": premises, "run": run}


def _outside(door) -> dict[str, Any]:
    """Somebody on a list of others, and such a list on its way in."""
    with acting(CAROL):
        listed = ImportRun.objects.create(grid=door.grid, target="sightings", source="示例名单",
                                          file_name="示例.xlsx", file_hash="0" * 64, state=ImportRun.State.TRIED)
        source = open_source(by=CAROL, community=HONGQIAO, name="示例名单", purpose="示例",
                             expires=clock.today() + timedelta(days=7))
        see(by=CAROL, source=source, seen=[Seen("示例丙", clock.today(), phone="19900000003", dwelling=door.id)])
    return {"listed": listed, "sighting": Sighting.objects.get(source=source)}


def _visits(campaign, doors) -> dict[str, Any]:  # noqa: F811
    with acting(ALICE):
        accept([saw(task, "met") for task in doors], by=ALICE)
        signed = sign_off(by=ALICE, campaign=campaign, area=Area.of(doors[0].grid))
    said = {"id": str(uuid7()), "type": "complaint", "at": clock.now().isoformat(), "text": "示例"}
    push([said, "not an operation"], by=ALICE)
    with acting(ALICE):
        attach(by=ALICE, record=Record.objects.first().id, image=b"\xff\xd8\xff example")
    return {"signed": signed}


def _office(person: Person) -> dict[str, Any]:
    with acting(CAROL):
        confirm_return(by=CAROL, community=HONGQIAO, day=clock.today() - timedelta(days=1))
        privacy.reveal(by=CAROL, person=person.id, what="phone", purpose="contact")
        regridding = plan_regridding(by=CAROL, title="示例", plan=Plan(names=((GRID, "示例网格"),)))
        design = designs.ask(by=CAROL, area=Area.of(HONGQIAO), asked=Asked(grids=2))
        designs.draw(by=CAROL, design=design)
        staff = receive(by=CAROL, area=Area.of(HONGQIAO), name="示例.csv", chunks=["用户名,姓名\nbob,Bob\n".encode()],
                        whole=False)
        national = NationalFile.objects.create(
            grid=HONGQIAO * 1000, lo=HONGQIAO * 1000, hi=HONGQIAO * 1000 + 1000, file_name="2024.xz", by_name="Carol",
            source="国家统计局", as_of=clock.today(), sha256="0" * 64, codes=1)
    return {"form": pack_form("verify_visit"), "regridding": regridding, "national": national, "design": design,
            "staff": staff}


def _ground(town) -> dict[str, Any]:  # noqa: F811
    with acting(system_actor()) as system:
        write_boundaries(by=system, area=Area.of(HONGQIAO), shapes={str(GRID): polygon([[ring()]])})
        house = polygon([[ring(0.4, 0.4, 0.0006)]])
        write_outlines(by=system, area=Area.of(HONGQIAO), shapes={str(town.here.id): house})
    return {"drawing": uploaded([feature(ring(), name="第一网格")])}


def _overlay() -> Overlay:
    """An enclosure, with a duty of Bob's."""
    with acting(CAROL):
        overlay = add_overlay(by=CAROL, name="示例围合", kind=Overlay.Kind.ENCLOSURE, areas=[Area.of(GRID)])
        give_overlay_duty(by=CAROL, user=user_of(BOB), role="grid_worker", overlay=overlay)
    return overlay


def _others() -> dict[str, Any]:
    """A webhook of Grace's, and Frank's look into a grid that is not his."""
    with acting(GRACE):
        hook, _ = exchange.make_webhook(by=GRACE, name="示例", url="https://partner.example/", area=Area.of(HONGQIAO),
                                        feeds=["tasks"])
        exchange.try_webhook(by=GRACE, hook=hook)
    with acting(FRANK):
        access = emergency.begin(by=FRANK, where=Area.of(GRID), reason="life", words="示例：寻找老人")
        emergency.end(by=FRANK, access=access)
    return {"hook": hook, "emergency": access}
