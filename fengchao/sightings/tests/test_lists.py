"""A list is held against the register: tried first, kept for a purpose and until a day, nothing of it registered."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.actions import add_person, mark_left, merge_people, update_person
from fengchao.people.importing.models import ImportRun
from fengchao.people.models import Building, Person
from fengchao.sightings.actions import (
    Seen,
    dismiss,
    forget_expired,
    hold_list,
    open_source,
    refresh_changed,
    reopen,
    see,
)
from fengchao.sightings.models import Estimate, Sighting, Source
from fengchao.sightings.queries import hints, strangers_in
from fengchao.testing import ALICE, CAROL, ERIN, FRANK, GRID, HONGQIAO

from .conftest import LIST, RICS, Homes, held, uploaded

pytestmark = pytest.mark.django_db
AREA = Area.of(HONGQIAO)


def strangers() -> list[str]:
    with acting(CAROL):
        return sorted(strangers_in(AREA).values_list("name", flat=True))


def test_a_trial_says_what_would_be_kept_and_keeps_nothing(homes: Homes, tmp_path: Path) -> None:
    run = uploaded(tmp_path)
    with acting(CAROL):
        counts = hold_list(by=CAROL, run=run.id, write=False)
        assert counts == {"rows": 7, "accepted": 6, "refused": 1, "people": 6, "known": 3, "strangers": 3, "no_door": 2}
        assert not Sighting.objects.exists() and not Source.objects.exists() and not Estimate.objects.exists()
        run.refresh_from_db()
        assert run.state == ImportRun.State.TRIED
        assert [mark[2] for mark in run.findings["marks"]] == ["nothing_to_compare"]


def test_who_is_known_is_known_by_id_by_phone_and_name_and_by_door_and_name(homes: Homes, tmp_path: Path) -> None:
    counts = held(tmp_path)
    assert (counts["known"], counts["strangers"]) == (3, 3)
    with acting(CAROL):
        matched = dict(Sighting.objects.exclude(person=None).values_list("name", "person"))
    assert matched == {"张三": homes.zhang.id, "李四": homes.li.id, "王五": homes.wang.id}
    assert strangers() == ["吴十", "周九", "郑十一"]


def test_somebody_stands_where_they_should_be_or_on_the_communitys_own_list(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    with acting(CAROL):
        rows = {s.name: s for s in strangers_in(AREA)}
    assert (rows["周九"].grid, rows["周九"].dwelling.room) == (GRID, "202")
    assert (rows["吴十"].grid, rows["吴十"].dwelling, rows["吴十"].place) == (HONGQIAO * 1000, None, "9号楼1单元901")
    assert (rows["郑十一"].grid, rows["郑十一"].place) == (HONGQIAO * 1000, "")


def test_nothing_is_written_into_the_register(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    with acting(CAROL):
        assert Person.objects.count() == 4
        assert not Building.objects.filter(number="9").exists()
        assert set(Person.objects.values_list("source", flat=True)) == {""}


def test_the_same_list_again_changes_nothing_and_a_later_one_the_day(homes: Homes, tmp_path: Path) -> None:
    yesterday = clock.today() - timedelta(days=1)
    held(tmp_path, seen_on=yesterday)
    with acting(CAROL):
        first = set(Sighting.objects.values_list("id", flat=True))
    held(tmp_path)
    with acting(CAROL):
        assert set(Sighting.objects.values_list("id", flat=True)) == first
        assert set(Sighting.objects.values_list("seen_on", flat=True)) == {clock.today()}
        assert Source.objects.count() == 1


def test_ids_and_phones_are_sealed_and_no_name_is_in_the_trail(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    with acting(system_actor()), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(s::text, '') FROM sightings_sighting s")
        written = cursor.fetchone()[0]
        trail = "".join(str(entry.detail) for entry in AuditEntry.objects.all())
    for secret in (RICS["周九"], "19900000009", "19900000011"):
        assert secret not in written
    assert "周九" in written and "周九" not in trail
    with acting(CAROL):
        assert AuditEntry.objects.get(action="hold_list").detail["strangers"] == 3


def test_a_phone_under_another_name_and_a_namesake_elsewhere_match_nobody_but_are_hinted_at(homes: Homes,
                                                                                            tmp_path: Path) -> None:
    held(tmp_path, [["", "", "", "李师傅", "", "19900000002"], ["1号楼", "1", "302", "赵六", "", ""],
                    ["1号楼", "1", "201", "汪武", "", ""]])
    assert strangers() == ["李师傅", "汪武", "赵六"]
    with acting(CAROL):
        rows = list(strangers_in(AREA))
        told = {row.name: [(h.person.name, h.why) for h in hints(rows)[row.id]] for row in rows}
    assert told == {"李师傅": [("李四", "phone")], "汪武": [("王五", "pinyin")], "赵六": []}


def test_two_who_fit_equally_well_match_neither(homes: Homes, tmp_path: Path) -> None:
    with acting(CAROL):
        add_person(by=CAROL, dwelling=homes.wang.dwelling, name="王五")
    held(tmp_path, [["1号楼", "1", "201", "王五", "", ""]])
    assert strangers() == ["王五"]


def test_another_id_is_another_person_even_behind_the_same_door(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path, [["1号楼", "1", "101", "张三", RICS["周九"], ""]])
    assert strangers() == ["张三"]


def test_the_line_goes_when_the_register_catches_up_and_returns_when_the_person_has_left(homes: Homes,
                                                                                         tmp_path: Path) -> None:
    held(tmp_path)
    with acting(CAROL):
        new = add_person(by=CAROL, dwelling=homes.zhao.dwelling, name="周九", ric=RICS["周九"], id_kind="ric")
    with acting(system_actor()) as system:
        assert refresh_changed(by=system) == 1
    assert strangers() == ["吴十", "郑十一"]
    with acting(CAROL):
        mark_left(by=CAROL, person=new.id)
    with acting(system_actor()) as system:
        refresh_changed(by=system)
    assert strangers() == ["吴十", "周九", "郑十一"]
    with acting(CAROL):
        row = strangers_in(AREA).get(name="周九")
        assert [h.why for h in hints([row])[row.id]] == ["left"]


def test_a_merged_row_gives_its_sighting_to_the_one_that_was_kept(homes: Homes, tmp_path: Path) -> None:
    with acting(CAROL):
        twin = add_person(by=CAROL, dwelling=homes.zhao.dwelling, name="张三")
    held(tmp_path)
    with acting(CAROL):
        merge_people(by=CAROL, keep=twin.id, gone=homes.zhang.id)
        update_person(by=CAROL, person=twin.id, ric=RICS["张三"])
    with acting(system_actor()) as system:
        refresh_changed(by=system)
    with acting(CAROL):
        assert Sighting.objects.get(name="张三").person_id == twin.id


def test_who_does_not_live_here_is_said_so_and_it_can_be_taken_back(homes: Homes, tmp_path: Path) -> None:
    held(tmp_path)
    with acting(CAROL):
        row = strangers_in(AREA).get(name="周九")
        assert dismiss(by=CAROL, sightings=[row.id]) == 1
    held(tmp_path)
    assert strangers() == ["吴十", "郑十一"]
    with acting(CAROL):
        reopen(by=CAROL, sightings=[row.id])
    assert "周九" in strangers()


def test_a_gate_reports_through_one_function(homes: Homes) -> None:
    """What a checkpoint or a test will call: cleaned people, the same rows, seen later or for the first time."""
    today = clock.today()
    with acting(CAROL):
        source = open_source(by=CAROL, community=HONGQIAO, name="东门", purpose="出入核对",
                             expires=today + timedelta(days=7))
        told = [Seen("张三", today - timedelta(days=2), ric=RICS["张三"]), Seen("李四", today, phone="19900000002"),
                Seen("过路人", today, phone="19900000077"), Seen("无从核对", today),
                Seen("周九", today, ric=RICS["周九"], dwelling=homes.zhao.dwelling_id)]
        assert see(by=CAROL, source=source, seen=told) == 4
        assert see(by=CAROL, source=source, seen=[Seen("张三", today, ric=RICS["张三"])]) == 1
        assert Sighting.objects.get(name="张三").seen_on == today
    assert strangers() == ["周九", "过路人"]


def test_nothing_is_kept_without_a_purpose_and_an_end(homes: Homes, tmp_path: Path) -> None:
    run, today = uploaded(tmp_path), clock.today()
    with acting(CAROL):
        hold_list(by=CAROL, run=run.id, write=False)
    good = {"purpose": "核对底数", "seen_on": today, "expires": today + timedelta(days=30)}
    for wrong, code in (({"purpose": " "}, "required"), ({"expires": today}, "source_dates"),
                        ({"expires": today + timedelta(days=999)}, "source_dates"),
                        ({"seen_on": today + timedelta(days=1)}, "source_dates"), ({"expires": None}, "source_dates")):
        with pytest.raises(Refused) as refused, acting(CAROL):
            hold_list(by=CAROL, run=run.id, write=True, **(good | wrong))
        assert refused.value.code == code


def test_what_has_expired_is_erased_at_night(homes: Homes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held(tmp_path)
    held(tmp_path, LIST[:1], name="接种名单", expires=clock.today() + timedelta(days=60))
    later = clock.today() + timedelta(days=31)
    monkeypatch.setattr(clock, "today", lambda: later)
    with acting(system_actor()) as system:
        assert forget_expired(by=system) == 6
        assert Sighting.objects.count() == 1
        assert [s.name for s in Source.objects.all()] == ["接种名单"]
        assert Estimate.objects.get().sources == [["接种名单", 1, 0]]
        assert AuditEntry.objects.get(action="forget_sightings").detail == {"people": 6}


def test_another_communitys_list_does_not_exist_and_who_may_not_import_cannot_hold(homes: Homes,
                                                                                   tmp_path: Path) -> None:
    run = uploaded(tmp_path)
    for who in (FRANK, ALICE, ERIN):
        with pytest.raises(Refused, match="not_found"), acting(who):
            hold_list(by=who, run=run.id, write=False)
    held(tmp_path)
    with acting(CAROL):
        row = strangers_in(AREA).first()
    with acting(FRANK):
        assert not Sighting.objects.exists() and not Source.objects.exists()
        with pytest.raises(Refused, match="not_found"):
            dismiss(by=FRANK, sightings=[row.id])
    with acting(ERIN):
        assert not Sighting.objects.exists()  # an inspector sees no people


def test_a_run_of_the_register_cannot_be_held_nor_one_twice(homes: Homes, tmp_path: Path) -> None:
    run = uploaded(tmp_path)
    with acting(CAROL):
        with pytest.raises(Refused, match="import_gone"):
            hold_list(by=CAROL, run=run.id, write=True, purpose="核对")
        ImportRun.objects.filter(id=run.id).update(target="register", state="tried")
        with pytest.raises(Refused, match="not_found"):
            hold_list(by=CAROL, run=run.id, write=True, purpose="核对")
