"""What the laws are tried on: the small Hongqiao of work's own tests, with somebody living there."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from fengchao import packs
from fengchao.accounts.emergency import actions as emergency
from fengchao.accounts.emergency.models import EmergencyAccess
from fengchao.accounts.staff.actions import receive
from fengchao.accounts.staff.models import StaffList
from fengchao.areas.models import Grid
from fengchao.base import clock
from fengchao.base.ids import uuid7
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.designs import actions as designs
from fengchao.designs.asking import Asked
from fengchao.designs.models import Design
from fengchao.people import actions as people
from fengchao.people.models import Building, ImportRun, Person
from fengchao.privacy import actions as privacy
from fengchao.privacy.tests.conftest import erased_campaign
from fengchao.reports.actions import confirm_return
from fengchao.sync.actions import attach
from fengchao.sync.push import push
from fengchao.testing import ALICE, CAROL, CAST, FRANK, GRID, HONGQIAO, user_of
from fengchao.work.actions import accept, sign_off
from fengchao.work.forms.actions import add_form
from fengchao.work.models import Campaign, Form, Record, SignOff, Task
from fengchao.work.tests.conftest import campaign, doors, saw, town  # noqa: F401


@dataclass
class World:
    building: Building
    person: Person
    other: Person
    campaign: Campaign
    task: Task
    signed: SignOff
    form: Form
    run: ImportRun
    design: Design
    emergency: EmergencyAccess
    staff: StaffList


@pytest.fixture
def world(town, campaign, doors) -> World:  # noqa: F811
    """Hongqiao with its cast, a household, a merged pair, a shop, and Alice's grid canvassed and signed."""
    for member in CAST:
        user_of(member)
    Grid.objects.get_or_create(code=GRID, defaults={"name": "第一网格"})
    with acting(CAROL):
        door = doors[0].dwelling
        person = people.add_person(by=CAROL, dwelling=door, name="示例甲", phone="19900000001")
        other = people.add_person(by=CAROL, dwelling=door, name="示例乙", born=clock.today())
        twin = people.add_person(by=CAROL, dwelling=door, name="示例甲")
        people.merge_people(by=CAROL, keep=person.id, gone=twin.id)
        people.add_tag(by=CAROL, person=other.id, code="child")
        run = ImportRun.objects.create(grid=door.grid, source="示例名册", file_name="示例.xlsx", file_hash="0" * 64,
                                       state=ImportRun.State.TRIED)
        people.add_premises(by=CAROL, grid=door.grid, name="示例小店", kind="shop", building=town.here)
    with acting(ALICE):
        accept([saw(task, "met") for task in doors], by=ALICE)
        signed = sign_off(by=ALICE, campaign=campaign, area=Area.of(door.grid))
    said = {"id": str(uuid7()), "type": "complaint", "at": clock.now().isoformat(), "text": "示例"}
    push([said, "not an operation"], by=ALICE)
    with acting(ALICE):
        attach(by=ALICE, record=Record.objects.first().id, image=b"\xff\xd8\xff example")
    with acting(CAROL):
        form = add_form(by=CAROL, workbook=packs.form_workbooks()[0].read_bytes())
        confirm_return(by=CAROL, community=HONGQIAO, day=clock.today() - timedelta(days=1))
        privacy.reveal(by=CAROL, person=person.id, what="phone", purpose="contact")
        design = designs.ask(by=CAROL, area=Area.of(HONGQIAO), asked=Asked(grids=2))
        designs.draw(by=CAROL, design=design)
    with acting(FRANK):
        access = emergency.begin(by=FRANK, area=Area.of(GRID), reason="life", words="示例：寻找老人")
        emergency.end(by=FRANK, access=access)
    with acting(CAROL):
        staff = receive(by=CAROL, area=Area.of(HONGQIAO), name="示例.csv", chunks=["用户名,姓名\nbob,Bob\n".encode()],
                        whole=False)
    erased_campaign()
    return World(town.here, person, other, campaign, doors[0], signed, form, run, design, access, staff)
