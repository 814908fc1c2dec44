"""The register: one person, one row; moves, merges and searches keep it so."""

import pytest

from fengchao.base import clock
from fengchao.base.actor import Actor, Grant, system_actor
from fengchao.base.deeds import DEEDS
from fengchao.base.errors import Refused
from fengchao.base.ids import uuid7
from fengchao.base.models import AuditEntry, Tombstone
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people import actions
from fengchao.people.finding import search
from fengchao.people.identity import masked_phone, masked_ric
from fengchao.people.models import Building, CareTag, Dwelling, Merge, Person, Residence
from fengchao.people.names import initials
from fengchao.testing import ALICE, CAROL, DAVE, ELSEWHERE, ERIN, FRANK, GRID, HEIDI, NEXT_GRID

pytestmark = pytest.mark.django_db

RIC = "110101199003070732"  # valid in form, nobody's: the specimen number of textbooks
PHONE = "13900001234"


@pytest.fixture
def door() -> Dwelling:
    return make_door(GRID)


def make_door(grid: int, room: str = "502", number: str = "3", **where: str) -> Dwelling:
    with acting(system_actor()) as system:
        building = actions.add_building(by=system, grid=grid, name=f"{number}号楼", number=number, floors=6, **where)
        return actions.add_dwelling(by=system, building=building, entrance="2", floor=5, room=room)


def person(door: Dwelling, who=CAROL, **more) -> Person:
    with acting(who):
        return actions.add_person(by=who, dwelling=door, **({"name": "张伟"} | more))


def test_a_neighbour_community_does_not_see_who_lives_here(door):
    person(door)
    with acting(FRANK):
        assert not Person.objects.exists()
        assert search("张伟").people == []


@pytest.mark.parametrize("who", [ERIN, HEIDI])
def test_whoever_only_inspects_or_administers_sees_doors_but_no_people(door, who):
    person(door)
    with acting(who):
        assert Dwelling.objects.count() == 1
        assert not Person.objects.exists()
        assert not Residence.objects.exists()


def test_a_building_captain_sees_the_own_building_only(door):
    other = make_door(GRID, number="4")
    person(door), person(other, name="李娜")
    grant = Grant("building_captain", frozenset({Permission.SEE_PLACES, Permission.SEE_PEOPLE, Permission.RECORD}),
                  Area.of(GRID), door.building_id)
    captain = Actor(id=uuid7(), name="Ivan", grants=(grant,))
    with acting(captain):
        assert [p.name for p in Person.objects.all()] == ["张伟"]
        assert [d.id for d in Dwelling.objects.all()] == [door.id]


def test_a_captain_who_works_in_another_grid_too_sees_both_and_no_more(door):
    neighbour, there, elsewhere = make_door(GRID, number="4"), make_door(NEXT_GRID, number="5"), make_door(ELSEWHERE)
    for each, name in ((door, "张伟"), (neighbour, "李娜"), (there, "王芳"), (elsewhere, "赵敏")):
        person(each, FRANK if each is elsewhere else CAROL, name=name)
    may = frozenset({Permission.SEE_PLACES, Permission.SEE_PEOPLE, Permission.RECORD})
    both = Actor(id=uuid7(), name="Judy", grants=(Grant("building_captain", may, Area.of(GRID), door.building_id),
                                                  Grant("grid_worker", may, Area.of(NEXT_GRID))))
    with acting(both):
        assert {p.name for p in Person.objects.all()} == {"张伟", "王芳"}


@pytest.mark.parametrize(("words", "by"), [
    ("张伟", "name"), ("张", "name"), ("zw", "initials"), (RIC, "id"), (RIC.lower(), "id"), (PHONE, "phone"),
    ("1234", "tail"), (RIC[-4:], "tail"), (" 张 伟 ", "name"),
])
def test_somebody_is_found_by_whatever_is_known_of_them(door, words, by):
    found_id = person(door, ric=RIC, id_kind="ric", phone=PHONE).id
    with acting(ALICE):
        found = search(words)
    assert ([p.id for p in found.people], found.by) == ([found_id], by)


@pytest.mark.parametrize("words", [
    "3-2-502", "3号楼2单元502", "502", "3号楼502室", "3栋2-502", "三号楼二单元五〇二", "３号楼", "3号楼", "宏侨花园",
    "宏侨花园3号楼2单元502室", "宏侨花园3-2-502", "福清市宏路街道宏侨社区宏侨花园3号楼",
    "清荣大道", "清荣大道8号", "清荣大道8号3号楼",
])
def test_a_door_is_found_as_people_write_it(door, words):
    with acting(system_actor()):
        Building.objects.update(compound="宏侨花园", road="清荣大道", house_number="8号")
    make_door(GRID, room="301", number="5")
    with acting(ALICE):
        assert [d.id for d in search(words).dwellings] == [door.id]


@pytest.mark.parametrize("words", ["西坂村7号", "西坂村7", "7号"])
def test_a_house_of_a_village_is_found_by_its_number(words):
    house = make_door(GRID, number="7", compound="西坂村")
    make_door(NEXT_GRID, number="8", compound="西坂村")
    with acting(ALICE):
        assert [d.id for d in search(words).dwellings] == [house.id]


def test_a_word_may_be_a_person_or_a_road(door):
    somebody = person(door, name="张路")
    there = make_door(GRID, number="5", road="张路")
    with acting(ALICE):
        found = search("张路")
    assert [p.id for p in found.people] == [somebody.id] and [d.id for d in found.dwellings] == [there.id]


def test_an_id_is_never_stored_in_clear_and_shown_masked(door):
    row = person(door, ric=RIC, id_kind="ric", phone=PHONE)
    assert RIC.encode() not in bytes(row.ric_sealed)
    assert masked_ric(row.ric_sealed) == "110101********0732"
    assert masked_phone(row.phone_sealed) == "139****1234"


def test_the_same_id_twice_in_a_community_is_refused_and_elsewhere_is_a_question_for_later(door):
    person(door, ric=RIC, id_kind="ric")
    with pytest.raises(Refused, match="id_exists"):
        person(door, name="张玮", ric=RIC, id_kind="ric")
    assert person(make_door(ELSEWHERE), FRANK, ric=RIC, id_kind="ric").grid == ELSEWHERE


def test_a_phone_that_repeats_itself_adds_nobody_twice(door):
    given = uuid7()
    assert person(door, ALICE, id=given).id == person(door, ALICE, id=given).id == given
    with acting(CAROL):
        assert Person.objects.count() == 1


def test_moving_keeps_the_past_where_it_happened(door):
    row = person(door)
    there = make_door(NEXT_GRID, number="5")
    with acting(CAROL):
        actions.move_person(by=CAROL, person=row.id, to=there, basis="tenant")
        assert [(r.grid, r.until is None) for r in Residence.objects.filter(person=row).order_by("id")] == [
            (GRID, False), (NEXT_GRID, True)]
        assert Tombstone.objects.get(kind="people_person").row == row.id
    with acting(ALICE):
        assert not Person.objects.exists()
        assert Residence.objects.get().until == clock.today()


def deeds_seen(by: Actor, row: Person) -> list[tuple[str, dict]]:
    with acting(by):
        return [(d.action, d.detail) for d in AuditEntry.objects.filter(object=str(row.id)).order_by("id")][1:]


def test_the_place_somebody_left_reads_of_it_in_its_own_trail(door):
    row, away = person(door), make_door(ELSEWHERE)
    with acting(DAVE):
        actions.move_person(by=DAVE, person=row.id, to=away)
    assert deeds_seen(CAROL, row) == [("move_out", {"becomes": ELSEWHERE})]
    assert str(DEEDS["move_out"]) != "move_out"
    with acting(DAVE):
        assert AuditEntry.objects.get(action="move_person").grid == ELSEWHERE


def test_the_place_of_a_row_that_is_gone_reads_of_it_and_of_its_return(door):
    kept, gone = person(make_door(ELSEWHERE), FRANK), person(door)
    with acting(DAVE):
        merge = actions.merge_people(by=DAVE, keep=kept.id, gone=gone.id)
        actions.undo_merge(by=DAVE, merge=merge.id)
    assert deeds_seen(CAROL, gone) == [(deed, {"kept": str(kept.id)}) for deed in ("merge_people", "undo_merge")]
    with acting(DAVE):
        assert AuditEntry.objects.filter(grid=ELSEWHERE, detail__gone=str(gone.id)).count() == 2


def test_nobody_moves_a_person_into_a_place_they_do_not_answer_for(door):
    row, there = person(door), make_door(ELSEWHERE)
    with acting(CAROL), pytest.raises(Refused, match="not_allowed"):
        actions.move_person(by=CAROL, person=row.id, to=there)


def test_the_reasons_to_look_after_somebody_outlive_a_merge_and_go_with_its_undoing(door):
    kept, gone = person(door), person(door, name="张玮")
    with acting(CAROL):
        actions.add_tag(by=CAROL, person=kept.id, code="disabled")
        for code in ("disabled", "empty_nest"):
            actions.add_tag(by=CAROL, person=gone.id, code=code)

        def reasons(row):
            return sorted(CareTag.objects.filter(person=row, until=None).values_list("code", flat=True))

        tx = Person.objects.get(id=kept.id).tx
        merge = actions.merge_people(by=CAROL, keep=kept.id, gone=gone.id)
        assert reasons(kept) == ["disabled", "empty_nest"] and Person.objects.get(id=kept.id).tx >= tx
        actions.undo_merge(by=CAROL, merge=merge.id)
        assert reasons(kept) == ["disabled"] and reasons(gone) == ["disabled", "empty_nest"]


def test_a_merge_fills_what_was_missing_and_is_undone_to_the_last_column(door):
    kept, gone = person(door, name="张伟"), person(door, name="张玮", ric=RIC, id_kind="ric", phone=PHONE)
    with acting(CAROL):
        merge = actions.merge_people(by=CAROL, keep=kept.id, gone=gone.id)
        row = Person.objects.get(id=kept.id)
        assert (masked_ric(row.ric_sealed), row.id_kind) == ("110101********0732", "ric")
        assert [p.id for p in search(RIC).people] == [kept.id]
        with pytest.raises(Refused, match="already_merged"):
            actions.update_person(by=CAROL, person=gone.id, name="张卫")
        actions.undo_merge(by=CAROL, merge=merge.id)
        assert bytes(Person.objects.get(id=kept.id).ric_sealed) == b""
        assert [p.id for p in search(RIC).people] == [gone.id]
        assert Residence.objects.filter(person=gone, until__isnull=True).exists()
        with pytest.raises(Refused, match="merge_undone"):
            actions.undo_merge(by=CAROL, merge=merge.id)
        assert Merge.objects.get().undone


def test_a_merge_over_a_border_is_undone_by_whoever_answers_for_both_sides_or_not_at_all(door):
    kept, gone = person(door), person(make_door(ELSEWHERE), FRANK, name="张玮", ric=RIC, id_kind="ric")
    with acting(DAVE):
        merge = actions.merge_people(by=DAVE, keep=kept.id, gone=gone.id)
    with acting(CAROL):
        with pytest.raises(Refused, match="merge_of_two_places"):
            actions.undo_merge(by=CAROL, merge=merge.id)
        assert Merge.objects.get().undone is None
        assert Person.objects.get(id=kept.id).ric_tail, "nothing is undone by halves"
    with acting(DAVE):
        actions.undo_merge(by=DAVE, merge=merge.id)
        assert Person.objects.get(id=gone.id).merged_into is None
        assert Merge.objects.get().undone


def test_nor_after_the_row_that_was_kept_has_moved_away(door):
    kept, gone = person(door), person(door, name="张玮", ric=RIC, id_kind="ric")
    away = make_door(ELSEWHERE)
    with acting(CAROL):
        merge = actions.merge_people(by=CAROL, keep=kept.id, gone=gone.id)
    with acting(DAVE):
        actions.move_person(by=DAVE, person=kept.id, to=away)
    with acting(CAROL):
        with pytest.raises(Refused, match="merge_of_two_places"):
            actions.undo_merge(by=CAROL, merge=merge.id)
        assert Merge.objects.get().undone is None


def test_a_change_writes_only_what_was_given(door):
    row = person(door, phone=PHONE, workplace="船厂")
    with acting(ALICE):
        actions.update_person(by=ALICE, person=row.id, name="单伟")
        row = Person.objects.get(id=row.id)
    assert (row.name, row.initials, row.workplace, masked_phone(row.phone_sealed)) == (
        "单伟", "sw", "船厂", "139****1234")
    with acting(ALICE), pytest.raises(Refused, match="invalid"):
        actions.update_person(by=ALICE, person=row.id, grid=ELSEWHERE)


def test_a_care_tag_begins_and_ends_and_its_past_is_kept(door):
    row = person(door)
    with acting(CAROL):
        actions.add_tag(by=CAROL, person=row.id, code="lives_alone")
        actions.add_tag(by=CAROL, person=row.id, code="lives_alone")
        actions.end_tag(by=CAROL, person=row.id, code="lives_alone")
        assert [t.until for t in CareTag.objects.filter(person=row)] == [clock.today()]


def test_who_left_is_kept_with_the_day_of_leaving(door):
    row = person(door)
    with acting(ALICE):
        actions.mark_left(by=ALICE, person=row.id)
        assert Person.objects.get(id=row.id).presence == "left"
        assert Residence.objects.get(person=row).until == clock.today()


@pytest.mark.parametrize(("name", "letters"), [
    ("单小红", "sxh"), ("尉迟恭", "ycg"), ("曾国", "zg"), ("Anna Lee", "annalee"), ("买买提·吐尔逊", "mmttex"),
])
def test_initials_read_surnames_as_surnames(name, letters):
    assert initials(name) == letters


