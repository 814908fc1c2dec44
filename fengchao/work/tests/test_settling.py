"""What the register and other sources do not agree about becomes tasks, and they close themselves when they agree."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from fengchao import packs
from fengchao.areas.models import Grid
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_person, confirm_people
from fengchao.people.models import Dwelling, Person, Presence, Residence
from fengchao.sightings.actions import Seen, forget_expired, open_source, refresh, see
from fengchao.sightings.models import Sighting
from fengchao.sightings.queries import elsewhere, strangers_in, two_places_in, unseen_in
from fengchao.sync.pull import pull
from fengchao.testing import ALICE, BOB, CAROL, GRID, HONGQIAO, NEXT_GRID, browser
from fengchao.work import coverage
from fengchao.work.actions import accept, create_tasks, declare, settle
from fengchao.work.models import Campaign, Task
from fengchao.work.queries import subjects_by_place
from fengchao.work.showing import subject_of
from fengchao.work.subjects import select

from .conftest import Town, saw

pytestmark = pytest.mark.django_db
AREA = Area.of(HONGQIAO)


def doors_of(building: Any) -> dict[str, Dwelling]:
    return {d.room: d for d in Dwelling.objects.filter(building=building)}


@pytest.fixture
def people(town: Town) -> dict[str, Person]:
    """张三 and 李四 behind a door each, 王五 in the next grid; a list saw the first two, one of them elsewhere."""
    with acting(CAROL):
        here, beyond = doors_of(town.here), doors_of(town.next)
        made = {"张三": add_person(by=CAROL, dwelling=here["101"], name="张三", phone="19900000001"),
                "李四": add_person(by=CAROL, dwelling=here["102"], name="李四", phone="19900000002"),
                "王五": add_person(by=CAROL, dwelling=here["201"], name="王五", phone="19900000003"),
                "远人": add_person(by=CAROL, dwelling=beyond["101"], name="远人", phone="19900000004")}
        Person.objects.update(confirmed=None)
        today = clock.today()
        source = open_source(by=CAROL, community=HONGQIAO, name="物业名单", purpose="核对底数",
                             expires=today + timedelta(days=30))
        see(by=CAROL, source=source, seen=[
            Seen("张三", today, phone="19900000001", dwelling=here["101"].id),
            Seen("李四", today, phone="19900000002", dwelling=here["302"].id),
            Seen("周九", today, phone="19900000009", dwelling=here["202"].id),
            Seen("郑十一", today, phone="19900000011"),
        ])
    return made


def declared(kind: str, subject: str, where: dict[str, Any] | None = None) -> Campaign:
    with acting(CAROL):
        row = declare(by=CAROL, name=kind, kind_code=kind, purpose="核对底数", basis="突发事件应对法", area=AREA,
                      subject=subject, where=where or {}, deadline=clock.now() + timedelta(days=3),
                      expires=clock.today() + timedelta(days=60))
        list(create_tasks(by=CAROL, campaign=row))
        row.refresh_from_db()
    return row


def subjects(subject: str, where: dict[str, Any], area: Area) -> int:
    return sum(subjects_by_place(subject, where, area))


def test_whoever_has_no_known_dwelling_stands_in_a_row_of_the_community_and_the_rows_add_up(people):
    Grid.objects.bulk_create(Grid(code=code, name=f"第{code % 1000}网格") for code in (GRID, NEXT_GRID))
    said = {"name": "看见未登记", "purpose": "核对底数", "basis": "突发事件应对法",
            "deadline": f"{clock.today() + timedelta(days=3)}T20:00", "expires": clock.today() + timedelta(days=60)}
    sure = browser(CAROL).post("/campaigns/declare?kind=unregistered_check", said)
    assert (sure.context["targets"], sure.context["unplaced"]) == (2, 1)
    assert "由社区书记办理" in sure.content.decode()
    campaign = declared("unregistered_check", "sighting")
    page = browser(CAROL).get(f"/coverage?area={HONGQIAO}&campaign={campaign.id}")
    lines = page.context["lines"]
    assert [(line["name"], line["figures"].total) for line in lines][-1] == ("本社区（住处不明）", 1)
    assert sum(line["figures"].total for line in lines) == page.context["figures"].total == 2
    rows = browser(CAROL).get(lines[-1]["rows"]).content.decode()
    assert "郑十一" in rows and "周九" not in rows and "本社区（住处不明）" in rows


def test_the_board_shows_whatever_is_in_no_building_as_a_tile_at_the_end_that_opens_its_rows(people, town: Town):
    campaign = declared("unregistered_check", "sighting")
    page = browser(CAROL).get(f"/board?area={HONGQIAO}&campaign={campaign.id}")
    lines = page.context["lines"]
    assert [line["name"] for line in lines] == ["1号楼", "2号楼", "无楼栋"]
    assert [(line["figures"].total, line["figures"].remaining) for line in lines] == [(1, 1), (0, 0), (1, 1)]
    assert sum(line["figures"].total for line in lines) == page.context["figures"].total
    rows = browser(CAROL).get(lines[-1]["href"]).content.decode()
    assert "郑十一" in rows and "周九" not in rows
    assert "No building" in browser(CAROL, accept_language="en").get(f"/board?area={HONGQIAO}").content.decode()


def test_where_everything_is_in_a_building_there_is_no_such_tile(people):
    campaign = declared("person_check", "person")
    assert "无楼栋" not in browser(CAROL).get(f"/board?area={HONGQIAO}&campaign={campaign.id}").content.decode()


def test_nobody_is_unplaced_and_there_is_no_such_row(people):
    campaign = declared("person_check", "person")
    page = browser(CAROL).get(f"/coverage?area={HONGQIAO}&campaign={campaign.id}")
    assert "住处不明" not in page.content.decode()


def settled() -> int:
    with acting(system_actor()) as system:
        refresh(by=system, community=HONGQIAO)
        return settle(by=system)


def tasks(campaign: Campaign, who: Any = CAROL) -> dict[str, Task]:
    with acting(who):
        rows = Task.objects.filter(campaign=campaign).select_related("building", "dwelling", "person", "sighting")
        return {subject_of(row): row for row in rows}


def test_everybody_seen_and_not_registered_is_a_task_where_they_should_be(people) -> None:
    campaign = declared("unregistered_check", "sighting")
    mine = tasks(campaign)
    assert {words: task.grid for words, task in mine.items()} == {
        "周九 1号楼1单元202": GRID, "郑十一 住处不明": HONGQIAO * 1000}
    assert list(tasks(campaign, ALICE)) == ["周九 1号楼1单元202"]  # the community's own list is the secretary's


def test_a_task_closes_itself_when_the_register_has_caught_up(people, town: Town) -> None:
    campaign = declared("unregistered_check", "sighting")
    assert settled() == 0
    with acting(ALICE):
        add_person(by=ALICE, dwelling=doors_of(town.here)["202"], name="周九", phone="19900000009")
    assert settled() == 1
    done = tasks(campaign)["周九 1号楼1单元202"]
    assert (done.state, done.outcome, done.last_by) == (Task.State.DONE, "caught_up", None)
    with acting(CAROL):
        assert coverage.of(campaign, AREA).outcomes == {"caught_up": 1}
        assert coverage.counters_equal_recount(campaign.id)
    assert settled() == 0


def test_somebody_new_on_a_list_joins_the_campaign_that_runs(people, town: Town) -> None:
    campaign = declared("unregistered_check", "sighting")
    with acting(CAROL):
        source = open_source(by=CAROL, community=HONGQIAO, name="东门", purpose="核对",
                             expires=clock.today() + timedelta(days=7))
        see(by=CAROL, source=source, seen=[Seen("新来", clock.today(), phone="19900000022")])
        list(create_tasks(by=CAROL, campaign=campaign))
    assert len(tasks(campaign)) == 3


def test_nobody_can_say_that_the_register_has_caught_up(people) -> None:
    task = tasks(declared("unregistered_check", "sighting"))["周九 1号楼1单元202"]
    with acting(ALICE):
        [result] = accept([saw(task, "caught_up")], by=ALICE)
    assert result.refused.code == "unknown_outcome"


def test_does_not_live_here_settles_the_sighting_and_sends_the_registered_away(people) -> None:
    stranger = tasks(declared("unregistered_check", "sighting"))["周九 1号楼1单元202"]
    two = tasks(declared("two_places_check", "person", {"two_places": 1}))["李四 1号楼1单元102"]
    with acting(ALICE):
        accept([saw(stranger, "not_here"), saw(two, "not_here")], by=ALICE)
    with acting(CAROL):
        assert Sighting.objects.get(name="周九").dismissed == "not_here"
        assert not strangers_in(AREA).filter(name="周九").exists()
        assert Person.objects.get(name="李四").presence == Presence.LEFT
        assert Residence.objects.get(person=people["李四"]).until == clock.today()


def test_a_task_whose_source_has_expired_says_so_and_does_not_count(people, monkeypatch) -> None:
    campaign = declared("unregistered_check", "sighting")
    later = clock.today() + timedelta(days=31)
    monkeypatch.setattr(clock, "today", lambda: later)
    with acting(system_actor()) as system:
        forget_expired(by=system)
    settled()
    with acting(CAROL):
        rows = list(Task.objects.filter(campaign=campaign).select_related("sighting"))
        assert {(t.state, t.excluded) for t in rows} == {(Task.State.EXCLUDED, "source_expired")}
        assert {subject_of(t) for t in rows} == {"来源已到期，资料已删除"}
        assert coverage.counters_equal_recount(campaign.id)


def test_registered_and_never_seen_is_asked_only_where_a_source_has_an_eye(people) -> None:
    """王五 lives in the building that the list covers; 远人 in one that no source speaks about."""
    with acting(CAROL):
        assert [p.name for p in unseen_in(AREA, 90)] == ["王五"]
        assert subjects("person", {"unseen_days": 90}, AREA) == 1
    campaign = declared("unseen_check", "person", {"unseen_days": 90})
    assert list(tasks(campaign)) == ["王五 1号楼1单元201"]
    with acting(ALICE):
        accept([saw(tasks(campaign, ALICE)["王五 1号楼1单元201"], "by_phone")], by=ALICE)
    with acting(CAROL):
        assert Person.objects.get(name="王五").confirmed == clock.today()
        assert not unseen_in(AREA, 90).exists()


def test_a_person_verified_meanwhile_need_not_be_looked_for(people) -> None:
    campaign = declared("unseen_check", "person", {"unseen_days": 90})
    with acting(CAROL):
        confirm_people(by=CAROL, people=[people["王五"].id])
    assert settled() == 1
    assert tasks(campaign)["王五 1号楼1单元201"].outcome == "caught_up"


def test_registered_at_one_door_and_seen_at_another(people, town: Town) -> None:
    with acting(CAROL):
        [person] = two_places_in(AREA)
        assert person.name == "李四"
        [(source, door, day)] = elsewhere([person])[person.id]
        assert (source, door, day) == ("物业名单", "1号楼1单元302", clock.today())


def test_whoever_sees_both_communities_sees_who_is_registered_in_both(people, town: Town) -> None:
    with acting(system_actor()) as system:
        for name, building in (("张三", town.next), ("张三", town.away)):
            door = doors_of(building)["202"]
            add_person(by=system, dwelling=door, name=name, ric="11010519491231002X" if building == town.away else "")
        Person.objects.filter(id=people["张三"].id).update(
            ric_blind=Person.objects.get(dwelling__building=town.away).ric_blind)
    with acting(CAROL):
        assert [p.name for p in two_places_in(AREA)] == ["李四"]
    with acting(system_actor()):
        both = two_places_in(Area.of(HONGQIAO // 1000))
        assert sorted(p.name for p in both) == ["张三", "张三", "李四"]


def test_a_campaign_about_whatever_nobody_has_verified_for_ninety_days(town: Town) -> None:
    """Of twelve doors two were verified today, one a hundred days ago; of three people one."""
    today = clock.today()
    with acting(CAROL):
        here, beyond = doors_of(town.here), doors_of(town.next)
        Dwelling.objects.filter(id__in=[here["101"].id, beyond["101"].id]).update(confirmed=today)
        Dwelling.objects.filter(id=here["102"].id).update(confirmed=today - timedelta(days=100))
        for name, days in (("甲", 0), ("乙", 100), ("丙", 30)):
            person = add_person(by=CAROL, dwelling=here["101"], name=name)
            Person.objects.filter(id=person.id).update(confirmed=today - timedelta(days=days))
        assert subjects("dwelling", {"unconfirmed_days": 90}, AREA) == 10
        assert subjects("person", {"unconfirmed_days": 90}, AREA) == 1
        assert subjects("person", {"unconfirmed_days": 20}, AREA) == 2
    campaign = declared("verify_visit", "dwelling", {"unconfirmed_days": 90})
    with acting(BOB):
        mine = list(Task.objects.filter(campaign=campaign, grid=GRID).order_by("place"))
        accept([saw(mine[0], "met")], by=BOB)
    with acting(CAROL):
        assert len(mine) == 5
        assert subjects("dwelling", {"unconfirmed_days": 90}, Area.of(GRID)) == 4
        assert subjects("dwelling", {"unconfirmed_days": 90}, Area.of(NEXT_GRID)) == 5
        door = Dwelling.objects.get(id=mine[0].dwelling_id)
        assert (door.source, door.confirmed) == ("visit", today)


def test_only_known_conditions_make_a_campaign_about_sightings(people) -> None:
    with pytest.raises(Refused, match="invalid"):
        declared("unregistered_check", "sighting", {"tags": ["aged"]})


def test_the_page_of_such_a_task_says_whom_to_look_for_and_masks_the_numbers(people) -> None:
    task = tasks(declared("unregistered_check", "sighting"))["周九 1号楼1单元202"]
    page = browser(ALICE).get(f"/doors/{task.id}").content.decode()
    nowhere = tasks(task.campaign)["郑十一 住处不明"]
    assert "郑十一" in browser(CAROL).get(f"/doors/{nowhere.id}").content.decode()
    assert "周九" in page and "物业名单" in page and "199****0009" in page and "19900000009" not in page
    assert "不住这里" in page and "名册已补上" not in page  # nobody chooses what the platform states itself
    assert "周九" in browser(CAROL).get(f"/doors?area={HONGQIAO}&campaign={task.campaign_id}").content.decode()


def test_the_phone_is_told_whom_to_look_for_and_nothing_that_nobody_may_choose(people) -> None:
    campaign = declared("unregistered_check", "sighting")
    with acting(ALICE):
        page = orjson.loads(pull(ALICE))
    assert [task["about"] for task in page["tasks"]] == ["周九"]
    assert "19900000009" not in str(page)
    [sent] = [c for c in page["campaigns"] if c["id"] == str(campaign.id)]
    assert "not_here" in {o["code"] for o in sent["outcomes"]}
    assert "caught_up" not in {o["code"] for o in sent["outcomes"]}


def test_what_a_pack_says_a_kind_is_about_is_something_a_campaign_can_be_about() -> None:
    for rules in packs.kinds().values():
        select(rules.subject, rules.where, AREA.lo, AREA.hi)
