from datetime import timedelta

import pytest

from fengchao.base import clock
from fengchao.base.actor import Actor, Grant, system_actor
from fengchao.base.errors import Refused
from fengchao.base.scope import acting
from fengchao.people.actions import add_building, add_dwelling, add_person, add_tag, mark_left, move_person
from fengchao.people.models import Dwelling
from fengchao.sync.cursor import Cursor
from fengchao.testing import ALICE, CAROL, ERIN, FRANK, GRID, NEXT_GRID, actor, user_of
from fengchao.work.actions import close


def live(building, name: str, room: str = "101", phone: str = "13800138000"):
    with acting(system_actor()) as system:
        dwelling = Dwelling.objects.get(building=building, room=room)
        return add_person(by=system, dwelling=dwelling, name=name, phone=phone)


def test_a_phone_holds_its_own_grid_and_nothing_of_the_next(town, campaign, phone):
    here, next_door = live(town.here, "王小明"), live(town.next, "李小红")
    alice = phone(ALICE).pull()
    assert alice.ids("buildings") == {str(town.here.id)}
    assert len(alice.ids("dwellings")) == len(alice.ids("tasks")) == 6
    assert alice.ids("people") == {str(here.id)}
    assert str(next_door.id) not in str(alice.answers)


def test_phone_numbers_travel_masked(town, campaign, phone):
    person = live(town.here, "王小明")
    answer = phone(ALICE).pull()
    assert answer.rows["people"][str(person.id)]["phone"].endswith("8000")
    assert "13800138000" not in str(answer.answers)


def test_an_outsider_pulls_only_what_is_theirs(town, campaign, phone):
    live(town.here, "王小明")
    frank = phone(FRANK).pull()
    assert frank.ids("buildings") == {str(town.away.id)}
    assert frank.ids("people") == frank.ids("tasks") == set()


def test_an_inspector_who_records_nowhere_holds_no_rows(town, campaign, phone):
    erin = phone(ERIN).pull()
    assert not any(erin.rows.values())


def test_a_building_captain_holds_one_building(town, campaign, phone):
    with acting(system_actor()) as system:
        other = add_building(by=system, grid=GRID, name="9号楼", number="9")
        add_dwelling(by=system, building=other, entrance="1", floor=1, room="101")
    neighbour, own = live(other, "李小红"), live(town.here, "王小明", phone="")
    grant = actor("Ivy", 9, ("building_captain", GRID)).grants[0]
    captain = Actor(ALICE.id, "Ivy", (Grant(grant.role, grant.permissions, grant.area, town.here.id),))
    held = phone(captain).pull()
    assert held.ids("buildings") == {str(town.here.id)} and held.ids("people") == {str(own.id)}
    assert str(neighbour.id) not in str(held.answers)
    with acting(system_actor()) as system:
        move_person(by=system, person=own.id, to=Dwelling.objects.get(building=other))
    assert {"kind": "person", "id": str(own.id)} in held.pull().answers[0]["gone"]


def test_people_are_held_only_while_a_campaign_runs(town, campaign, phone):
    live(town.here, "王小明")
    alice = phone(ALICE).pull()
    assert alice.rows["people"]
    with acting(CAROL):
        close(by=CAROL, campaign=campaign.id)
    alice.pull()
    assert alice.answers[0]["full"]
    assert alice.rows["people"] == alice.rows["tasks"] == {}
    assert alice.rows["dwellings"]


def test_who_left_or_moved_out_of_the_grid_is_forgotten(town, campaign, phone):
    stays, leaves, moves = (live(town.here, name, phone="") for name in ("王一", "王二", "王三"))
    alice = phone(ALICE).pull()
    with acting(CAROL):
        mark_left(by=CAROL, person=leaves.id)
        move_person(by=CAROL, person=moves.id, to=Dwelling.objects.filter(building=town.next).first())
    page = alice.pull().answers[0]
    assert {g["id"] for g in page["gone"] if g["kind"] == "person"} == {str(leaves.id), str(moves.id)}
    assert alice.ids("people") == {str(stays.id)}


def test_who_moved_inside_the_reach_is_not_forgotten(town, campaign, phone):
    moves = live(town.here, "王三")
    carol = phone(CAROL).pull()
    with acting(CAROL):
        move_person(by=CAROL, person=moves.id, to=Dwelling.objects.filter(building=town.next).first())
    page = carol.pull().answers[0]
    assert page["gone"] == []
    assert carol.rows["people"][str(moves.id)]["dwelling"] == page["people"][0]["dwelling"]


def test_a_new_tag_reaches_the_phone(town, campaign, phone):
    person = live(town.here, "王小明")
    alice = phone(ALICE).pull()
    with acting(CAROL):
        add_tag(by=CAROL, person=person.id, code="lives_alone")
    assert alice.pull().rows["people"][str(person.id)]["tags"] == ["lives_alone"]


def test_a_new_duty_brings_its_grid_and_one_that_ends_means_everything_anew(town, campaign, phone):
    alice = phone(ALICE).pull()
    alice.who = actor("Alice", 1, ("grid_worker", GRID), ("grid_worker", NEXT_GRID))
    assert not alice.pull().answers[0]["full"]
    assert len(alice.ids("tasks")) == 12
    alice.who = actor("Alice", 1, ("grid_worker", NEXT_GRID))
    assert alice.pull().answers[0]["full"]
    assert len(alice.ids("tasks")) == 6


def test_a_restored_database_means_everything_anew(town, campaign, phone):
    alice = phone(ALICE).pull()
    known = Cursor.parse(alice.cursor)
    alice.cursor = str(Cursor("another epoch", known.since, known.until))
    assert alice.pull().answers[0]["full"]


@pytest.mark.parametrize("text", ["", "x", "W10", "bm90IGpzb24", "A" * 500, "W251bGwsMSwyLDNd", "é"])
def test_a_cursor_that_is_not_ours_means_everything_anew(text, town, campaign):
    assert Cursor.parse(text) is None


@pytest.mark.parametrize(("at", "reach", "whole"), [
    (0, "x|y|z", ""), (0, "1+1|2+2|", ""), (0, "9" * 60 + "+1||", ""), (0, "-5+-5,7+0||", ""), (GRID, None, "nonsense"),
    (GRID, None, "1+1"), (GRID, None, "0+1" + "0" * 40), (GRID, None, "{[1,2)}"),
])
def test_a_cursor_somebody_made_up_shows_nothing_more_and_breaks_nothing(at, reach, whole, town, campaign, phone):
    alice = phone(ALICE).pull()
    known = Cursor.parse(alice.cursor)
    made_up = Cursor(known.basis, known.since, known.until, at, known.reach if reach is None else reach, whole)
    alice.cursor = str(made_up)
    alice.pull()
    assert {row["grid"] for row in alice.rows["tasks"].values()} <= {GRID}


def test_a_cursor_says_the_same_after_the_journey():
    assert Cursor.parse(str(Cursor("abc", 7, 12, GRID))) == Cursor("abc", 7, 12, GRID)


def test_a_register_of_a_whole_city_goes_on_no_phone(town):
    mayor = actor("Judy", 10, ("street_officer", 3501))
    with acting(mayor), pytest.raises(Refused) as refused:
        from fengchao.sync.pull import pull

        pull(mayor)
    assert refused.value.code == "too_wide"


def test_a_phone_is_told_whose_it_is_and_until_when(town, campaign, phone):
    with acting(system_actor()):
        user = user_of(ALICE)
        user.duties.update(until=clock.today())
    page = phone(ALICE).pull().answers[0]
    assert page["me"]["name"] == "Alice"
    assert page["me"]["duties"][0]["area"] == GRID
    assert page["me"]["team"] == [{"id": str(ALICE.id), "name": "Alice"}]
    assert page["expires_at"] <= (clock.now() + timedelta(days=1)).isoformat()


def test_a_campaign_travels_with_its_purpose_and_its_end(town, campaign, phone):
    sent = phone(ALICE).pull().answers[0]["campaigns"][0]
    assert (sent["purpose"], sent["basis"], sent["declared_by"]) == ("核对住户", "突发事件应对法", "Carol")
    assert sent["expires"] == str(campaign.expires)
    assert [o["code"] for o in sent["outcomes"]][:2] == ["met", "by_phone"]
    assert (sent["kind_zh"], sent["kind_en"]) == ("敲门行动", "Door-knock")


def test_the_words_of_every_pack_travel_with_the_codes(town, campaign, phone):
    sent = {tag["code"]: (tag["zh"], tag["en"]) for tag in phone(ALICE).pull().answers[0]["tags"]}
    assert sent["aged"] == ("高龄老人", "Very old")
    assert sent["truck_driver"] == ("货柜车司机", "Container truck driver")
