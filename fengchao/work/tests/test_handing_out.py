"""A filtered list of people seen and not registered is handed out whole: looked at first, and nobody twice."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.sightings.actions import Seen, open_source, refresh, see
from fengchao.sightings.models import Sighting, Source
from fengchao.testing import ALICE, CAROL, HONGQIAO, browser
from fengchao.work.actions import close, create_tasks, settle
from fengchao.work.jobs import extend
from fengchao.work.models import Campaign, Task

from .test_settling import doors_of

pytestmark = pytest.mark.django_db
SEEN = f"/seen?area={HONGQIAO}"


def listed(name: str, *seen: Seen) -> Source:
    with acting(CAROL):
        source = open_source(by=CAROL, community=HONGQIAO, name=name, purpose="核对底数",
                             expires=clock.today() + timedelta(days=30))
        see(by=CAROL, source=source, seen=seen)
        return source


@pytest.fixture
def gate(town) -> Source:
    """Of the gate's list two have a door and one has none."""
    today, doors = clock.today(), doors_of(town.here)
    return listed("东门", Seen("周九", today, phone="19900000009", dwelling=doors["202"].id),
                  Seen("吴十", today, phone="19900000010", dwelling=doors["301"].id),
                  Seen("郑十一", today, phone="19900000011"))


@pytest.fixture
def school(gate) -> Source:
    return listed("小学", Seen("钱十二", clock.today(), phone="19900000012"))


@pytest.fixture
def carol(school) -> Client:
    return browser(CAROL)


def said(**more) -> dict[str, object]:
    return {"name": "核实东门名单", "purpose": "核对底数", "basis": "突发事件应对法", "expires": clock.today(),
            "deadline": f"{clock.today()}T23:59"} | more


def where_it_leads(carol: Client, narrowed: str) -> str:
    page = carol.get(f"{SEEN}&{narrowed}").content.decode()
    return re.search(r'href="(/campaigns/declare\?[^"]+)"', page)[1].replace("&amp;", "&")


def handed_out(carol: Client, narrowed: str) -> Campaign:
    """As the office does it: from the list to the form with its filters, a look at what will come of it, and yes."""
    at = where_it_leads(carol, narrowed)
    form = carol.get(at).context["form"]
    given = said(sources=form["sources"].value() or [], door=form["door"].value() or "")
    carol.post(at, given | {"sure": "yes"})
    with acting(CAROL):
        campaign = Campaign.objects.latest("starts", "id")
        list(create_tasks(by=CAROL, campaign=campaign))
        return Campaign.objects.get(id=campaign.id)


def whom(campaign: Campaign) -> set[str]:
    with acting(CAROL):
        return set(Task.objects.filter(campaign=campaign).values_list("sighting__name", flat=True))


def test_what_is_filtered_is_what_is_asked_for_and_counted_before_it_is_declared(carol, gate):
    at = where_it_leads(carol, f"source={gate.id}&door=known")
    assert str(gate.id) in at and "door=known" in at
    page = carol.get(at).content.decode()
    assert f'value="{gate.id}"' in page and "小学" in page
    sure = carol.post(at, said(sources=[str(gate.id)], door="known"))
    assert sure.context["targets"] == 2
    assert "东门" in sure.content.decode() and "住处清楚" in sure.content.decode()
    with acting(CAROL):
        assert not Campaign.objects.exists(), "only looked at"


def test_everybody_of_the_filter_is_a_task_and_nobody_else_and_it_is_written_down(carol, gate):
    campaign = handed_out(carol, f"source={gate.id}&door=known")
    assert whom(campaign) == {"周九", "吴十"}
    with acting(CAROL):
        assert AuditEntry.objects.filter(action="declare", object=str(campaign.id)).count() == 1


def test_nobody_is_handed_out_twice_while_somebody_is_looking_for_them(carol, gate):
    first = handed_out(carol, f"source={gate.id}")
    assert whom(first) == {"周九", "吴十", "郑十一"}
    again = where_it_leads(carol, f"source={gate.id}")
    assert carol.post(again, said(sources=[str(gate.id)])).context["targets"] == 0
    rest = handed_out(carol, "list=strangers")
    assert whom(rest) == {"钱十二"}
    extend()
    assert len(whom(first)) == 3 and whom(rest) == {"钱十二"}, "nor by the job that lets new ones join"
    with acting(CAROL):
        close(by=CAROL, campaign=first.id)
    assert carol.post(again, said(sources=[str(gate.id)])).context["targets"] == 3, "it is over, and they are not found"


def test_whoever_comes_onto_the_list_later_joins(carol, gate):
    campaign = handed_out(carol, f"source={gate.id}")
    with acting(CAROL):
        see(by=CAROL, source=gate, seen=[Seen("新来", clock.today(), phone="19900000022")])
        see(by=CAROL, source=Source.objects.get(name="小学"), seen=[Seen("别人", clock.today(), phone="19900000023")])
    extend()
    assert whom(campaign) == {"周九", "吴十", "郑十一", "新来"}


def test_a_door_that_becomes_known_does_not_finish_the_search_for_somebody(carol, town):
    campaign = handed_out(carol, "door=unknown")
    assert whom(campaign) == {"郑十一", "钱十二"}
    with acting(system_actor()) as system:
        door = doors_of(town.here)["302"]
        Sighting.objects.filter(name="郑十一").update(dwelling=door, building=town.here, grid=door.grid)
        refresh(by=system, community=HONGQIAO)
        assert settle(by=system) == 0
    with acting(CAROL):
        assert Task.objects.filter(campaign=campaign, state=Task.State.OPEN).count() == 2


def test_who_may_declare_nothing_is_offered_nothing(carol):
    assert "/campaigns/declare" not in browser(ALICE).get("/seen").content.decode()


def test_a_source_that_is_not_of_this_place_is_no_choice(carol, gate):
    at = where_it_leads(carol, f"source={gate.id}")
    assert carol.post(at, said(sources=["x"])).status_code == 422
