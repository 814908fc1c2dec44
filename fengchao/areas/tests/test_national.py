"""A newer file of the national register: what nothing here depends on is taken over, what stands on an old code moves
with everything in it, and where it went is never guessed silently."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from fengchao.accounts.models import Duty
from fengchao.areas.actions import (
    add_grid,
    carry_out,
    decide_difference,
    drop,
    load_national,
    rename_division,
    schedule,
    take_over,
    undo,
)
from fengchao.areas.finding import find
from fengchao.areas.models import Difference, Division, FormerName, Grid, NationalFile, Regridding
from fengchao.areas.queries import children, division
from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.engines.geometry import polygon
from fengchao.maps.actions import write_boundaries
from fengchao.maps.models import Boundary
from fengchao.maps.tests.files import ring
from fengchao.people.models import Building, Person
from fengchao.testing import CAROL, DAVE, ELSEWHERE, FRANK, GRACE, GRID, HEIDI, HONGQIAO, NEXT_GRID, user_of
from fengchao.work import coverage
from fengchao.work.models import Campaign, Task

from .national import Rows, of_home, packed, renumbered
from .regridding import Ground, lay, misplaced, where

pytestmark = pytest.mark.django_db
STREET, COUNTY = "350181005", "350181"
FUJIAN, FUQING = Area.of(35), Area.of(350181)
DAY = date(2024, 6, 30)


@pytest.fixture(scope="session")
def register_rows(register_rows) -> list[tuple[int, str, int]]:
    """Without those that have no parent here."""
    return [row for row in register_rows if row[2] <= 2 or str(row[0]).startswith(("350181", "140106"))]


@pytest.fixture
def ground(tree) -> Ground:
    """Two communities with people in a county of which the register has 447 more."""
    with acting(system_actor()):
        user_of(HEIDI)
    return lay()


def load(folder: Path, rows: Rows, by: Actor = HEIDI, area: Area = FUJIAN) -> NationalFile:
    with acting(by):
        return load_national(by=by, area=area, path=packed(folder / "new.xz", rows), name="2024.xz",
                             source="国家统计局", as_of=DAY)


def take(file: NationalFile, by: Actor = HEIDI) -> list[Regridding]:
    with acting(by):
        take_over(by=by, file=file)
        return list(Regridding.objects.filter(id__in=Difference.objects.filter(file=file).values("regridding")))


def do(made: Regridding, by: Actor = HEIDI) -> None:
    with acting(by):
        carry_out(by=by, regridding=made)


def difference(file: NationalFile, code: int) -> Difference:
    return Difference.objects.exclude(kind="came").get(file=file, code=code * 10 ** (12 - len(str(code))))


def refused(deed, *, by: Actor = HEIDI) -> str:
    with acting(by), pytest.raises(Refused) as why:
        deed()
    return why.value.code


def test_what_nothing_depends_on_is_taken_over_and_found_by_both_names(ground, tmp_path):
    rows = of_home()
    rows["350181005099"] = "新设社区居委会"
    was, rows["350181005001"] = rows["350181005001"], "改名社区居委会"
    closed = rows.pop("350181007201")
    file = load(tmp_path, rows)
    assert file.counts | {"kept": 0} == {"came": 1, "renamed": 1, "renumbered": 0, "ended": 1, "touched": 1, "open": 0,
                                         "kept": 0}
    assert division(350181005001).name == was, "looked at, not taken"
    assert take(file) == []
    assert division(350181005099).since == clock.today()
    assert division(350181007201).until == clock.today() - timedelta(days=1) and closed
    assert division(350181005001).name == "改名社区居委会"
    inside = Area.of(350181)
    assert {f.code for name in (was, "改名社区居委会") for f in find(name, inside=inside)[:1]} == {350181005001}
    assert where(ground.away) == ELSEWHERE and misplaced() == 0


def test_a_file_that_says_nothing_new_changes_nothing_and_is_noted_once(ground, tmp_path):
    first, again = load(tmp_path, of_home()), load(tmp_path, of_home())
    assert first == again and first.state == "done" and not Difference.objects.exists()


def test_loading_the_same_file_again_changes_nothing_while_it_is_planned_nor_when_it_is_done(ground, tmp_path):
    rows = renumbered(of_home(), str(HONGQIAO), "350181005044")
    first = load(tmp_path, rows)
    made, = take(first)
    assert load(tmp_path, rows) == first, "there is a plan for it: nothing is said twice"
    do(made)
    before = list(Division.objects.order_by("id").values())
    assert load(tmp_path, rows) == first and NationalFile.objects.count() == 1
    assert list(Division.objects.order_by("id").values()) == before


def test_a_renumbered_community_takes_grids_people_tasks_duties_and_campaigns_along(ground, tmp_path):
    file = load(tmp_path, renumbered(of_home(), str(HONGQIAO), "350181005044"))
    found = difference(file, HONGQIAO)
    assert (found.becomes, found.reason, found.open) == (350181005044, "name", False)
    assert found.standing == {"grids": 2, "buildings": 3, "people": 9, "duties": 1, "campaigns": 1}
    made, = take(file)
    assert where(ground.one) == GRID, "planned, to be looked at"
    do(made)
    new = 350181005044
    assert (where(ground.one), where(ground.next)) == (new * 1000 + 1, new * 1000 + 2) and misplaced() == 0
    ended = division(HONGQIAO)
    assert ended.until == clock.today() - timedelta(days=1) and ended.merged_into == new
    assert Duty.objects.get(user=CAROL.id, ended=None).area == Area.of(new)
    with acting(system_actor()):
        assert Campaign.objects.get(id=ground.campaign.id).area == Area.of(new)
        assert coverage.counters_equal_recount(ground.campaign.id)
        assert Task.objects.filter(grid__gte=new * 1000, grid__lt=new * 1000 + 1000).count() == 9
    assert [f.code for f in find(str(HONGQIAO))] == [new], "who knows the old code finds the place"


def test_it_is_undone_within_a_day_with_duties_and_campaigns_as_they_were(ground, tmp_path):
    made, = take(load(tmp_path, renumbered(of_home(), str(HONGQIAO), "350181005044")))
    do(made)
    with acting(HEIDI):
        undo(by=HEIDI, regridding=made)
    assert where(ground.one) == GRID and misplaced() == 0 and division(HONGQIAO).until is None
    assert Duty.objects.get(user=CAROL.id, ended=None).area == Area.of(HONGQIAO)
    with acting(system_actor()):
        assert Campaign.objects.get(id=ground.campaign.id).area == Area.of(HONGQIAO)


def test_after_undoing_the_same_file_plans_it_anew_under_numbers_never_given(ground, tmp_path):
    rows = renumbered(of_home(), str(HONGQIAO), "350181005044")
    made, = take(load(tmp_path, rows))
    do(made)
    with acting(HEIDI):
        undo(by=HEIDI, regridding=made)
    again, = take(load(tmp_path, rows))
    do(again)
    assert where(ground.one) == 350181005044003 and misplaced() == 0
    assert division(HONGQIAO).merged_into == 350181005044


def test_a_plan_can_have_its_day(ground, tmp_path):
    made, = take(load(tmp_path, renumbered(of_home(), str(HONGQIAO), "350181005044")))
    with acting(HEIDI):
        schedule(by=HEIDI, regridding=made, day=clock.today() + timedelta(days=3))
        drop(by=HEIDI, regridding=made)
    assert division(HONGQIAO).until is None and where(ground.one) == GRID


def test_a_county_renumbered_with_everything_below_is_one_plan(ground, tmp_path):
    file = load(tmp_path, renumbered(of_home(), COUNTY, "350199"))
    assert file.counts["open"] == 0 and difference(file, HONGQIAO).reason == "parent"
    made, = take(file)
    assert division(350181).until is None, "there are still people in it"
    assert division(350181007).until is not None, "and none in this street of it"
    do(made)
    assert where(ground.one) == 350199005004001 and where(ground.away) == 350199005001001 and misplaced() == 0
    assert division(350181).until is not None and division(350181).merged_into == 350199000000
    assert Duty.objects.get(user=DAVE.id, ended=None).area == Area.of(350199005)
    assert children(Area.of(350181)).count() == 0 and children(Area.of(350199)).count() > 20


def test_a_street_that_came_under_another_county_keeps_its_people(ground, tmp_path):
    rows = of_home()
    rows["350199"] = "新设区"
    file = load(tmp_path, renumbered(rows, STREET, "350199003"))
    assert difference(file, int(STREET)).reason == "wider" and difference(file, HONGQIAO).reason == "parent"
    made, = take(file)
    do(made)
    assert where(ground.one) == 350199003004001 and misplaced() == 0


def test_several_that_become_one_are_decided_by_a_person_and_nobody_sees_more_than_before(ground, tmp_path):
    rows = of_home()
    del rows[str(HONGQIAO)]
    file = load(tmp_path, rows)
    found = difference(file, HONGQIAO)
    assert found.open and file.counts["open"] == 1
    assert refused(lambda: take_over(by=HEIDI, file=file)) == "national_undecided"
    with acting(HEIDI):
        decide_difference(by=HEIDI, difference=found, becomes=350181005001)
    made, = take(file)
    assert {one["name"] for one in made.plan["openings"]} == {"宏侨第1网格", "宏侨第2网格"}
    do(made)
    assert misplaced() == 0 and where(ground.one) // 1000 == 350181005001
    held = [d.area for d in Duty.objects.filter(user=CAROL.id, ended=None).order_by("lo")]
    assert [area.hi - area.lo for area in held] == [1, 1], "her grids, not the whole of the other community"


def test_of_two_with_one_name_nobody_guesses_which(ground, tmp_path):
    rows = of_home()
    name = rows.pop(str(HONGQIAO))
    rows |= {"350181005044": name, "350181005045": name}
    found = difference(load(tmp_path, rows), HONGQIAO)
    assert found.open and found.reason == "several" and found.candidates == [350181005044, 350181005045]


def test_a_number_given_to_another_place_is_not_taken_for_a_new_name(ground, tmp_path):
    rows = of_home()
    rows["350181005044"], rows[str(HONGQIAO)] = rows[str(HONGQIAO)], "别的社区居委会"
    file = load(tmp_path, rows)
    found = difference(file, HONGQIAO)
    assert found.open and found.reason == "reused" and found.candidates == [HONGQIAO, 350181005044]
    with acting(HEIDI):
        decide_difference(by=HEIDI, difference=found, becomes=350181005044)
    made, = take(file)
    do(made)
    assert where(ground.one) == 350181005044001 and misplaced() == 0
    assert division(HONGQIAO).name == "别的社区居委会" and division(HONGQIAO).until is None


def test_a_guess_is_corrected_before_anything_is_done(ground, tmp_path):
    rows = renumbered(of_home(), str(HONGQIAO), "350181005044")
    rows["350181005045"] = "另一个社区居委会"
    file = load(tmp_path, rows)
    with acting(HEIDI):
        decide_difference(by=HEIDI, difference=difference(file, HONGQIAO), becomes=350181005045)
        for wrong in (350181005777, 350181005000, HONGQIAO):
            with pytest.raises(Refused, match="national_target"):
                decide_difference(by=HEIDI, difference=difference(file, HONGQIAO), becomes=wrong)
        with pytest.raises(Refused, match="national_not_empty"):
            decide_difference(by=HEIDI, difference=difference(file, HONGQIAO), becomes=0)
    do(take(file)[0])
    assert where(ground.one) == 350181005045001
    with acting(system_actor()):
        assert AuditEntry.objects.filter(action="national_decided").exists()


def test_a_place_with_empty_grids_only_may_just_end(ground, tmp_path):
    with acting(HEIDI):
        add_grid(by=HEIDI, community=division(350181007201), name="空网格")
    rows = of_home()
    del rows["350181007201"]
    file = load(tmp_path, rows)
    assert difference(file, 350181007201).open
    with acting(HEIDI):
        decide_difference(by=HEIDI, difference=difference(file, 350181007201), becomes=0)
    assert take(file) == []
    assert division(350181007201).until is not None
    assert not Grid.objects.filter(code=350181007201001, until=None).exists()


def test_what_was_made_here_is_never_overwritten(ground, tmp_path):
    with acting(HEIDI):
        rename_division(by=HEIDI, division=division(350181007201), name="我们自己起的名字")
        Division.objects.create(code=350181007901, name="筹备组", level=5, lo=350181007901000, hi=350181007902000,
                                local=True, forming=True)
    rows = of_home() | {"350181007901": "全国册里的名字", "350181007201": "全国册里的另一个名字"}
    file = load(tmp_path, rows)
    assert file.state == "done" and file.counts["kept"] == 2
    assert (division(350181007201).name, division(350181007901).name) == ("我们自己起的名字", "筹备组")


def test_what_was_added_here_goes_along_when_its_street_is_renumbered(ground, tmp_path):
    with acting(HEIDI):
        added = Division.objects.create(code=350181005901, name="新村筹备组", level=5, lo=350181005901000,
                                        hi=350181005902000, local=True, forming=True)
        grid = add_grid(by=HEIDI, community=added, name="第一网格")
        Building.objects.create(grid=grid.code, name="一号楼", number="1", floors=1, seq=1)
    made, = take(load(tmp_path, renumbered(of_home(), STREET, "350181088")))
    do(made)
    new = division(350181088901)
    assert new.local and new.forming and new.name == "新村筹备组" and misplaced() == 0


def test_what_came_to_the_old_code_since_stops_the_plan(ground, tmp_path):
    made, = take(load(tmp_path, renumbered(of_home(), str(HONGQIAO), "350181005044")))
    with acting(HEIDI):
        late = add_grid(by=HEIDI, community=division(HONGQIAO), name="后来的网格")
    assert late.code == NEXT_GRID + 1
    assert refused(lambda: carry_out(by=HEIDI, regridding=made)) == "national_left"
    assert where(ground.one) == GRID


def test_another_areas_steward_sees_and_does_nothing(ground, tmp_path):
    rows = renumbered(of_home(), str(HONGQIAO), "350181005044")
    assert refused(lambda: load(tmp_path, rows, by=DAVE), by=DAVE) == "not_allowed"
    assert refused(lambda: load(tmp_path, rows, by=GRACE, area=Area.of(HONGQIAO)), by=GRACE) == "not_allowed"
    file = load(tmp_path, rows)
    for other in (DAVE, FRANK, CAROL):
        assert refused(lambda who=other: take_over(by=who, file=file), by=other) == "not_found"
        assert refused(lambda who=other: decide_difference(
            by=who, difference=difference(file, HONGQIAO), becomes=350181005001), by=other) == "not_found"


def test_a_street_officer_takes_what_lies_in_the_street_and_no_more(ground, tmp_path):
    rows = renumbered(of_home(), str(HONGQIAO), "350181005044") | {"350181007201": "不在街道里的改名"}
    file = load(tmp_path, rows, by=DAVE, area=Area.of(350181005))
    do(take(file, by=DAVE)[0], by=DAVE)
    assert where(ground.one) == 350181005044001 and division(350181007201).name != "不在街道里的改名"


def test_a_file_that_lost_its_end_is_not_taken_for_a_country_that_shrank(ground, tmp_path):
    rows = of_home()
    kept = dict(sorted(rows.items())[: len(rows) // 2])
    assert refused(lambda: load(tmp_path, kept)) == "national_incomplete"
    orphan = rows | {"350777001": "没有上级的街道"}
    assert refused(lambda: load(tmp_path, orphan)) == "national_orphan"
    assert NationalFile.objects.count() == 0


def test_an_empty_home_says_what_to_do_first(db, tmp_path):
    assert refused(lambda: load(tmp_path, {"35": "福建省"})) == "national_nothing"


def test_the_source_and_the_checksum_of_the_file_are_kept(ground, tmp_path):
    file = load(tmp_path, of_home())
    assert (file.source, file.as_of, len(file.sha256), file.codes) == ("国家统计局", DAY, 64, len(of_home()))
    with acting(system_actor()):
        assert AuditEntry.objects.filter(action="national_loaded").count() == 1


def test_a_former_name_goes_with_the_place(ground, tmp_path):
    with acting(system_actor()):
        FormerName.objects.create(division=division(HONGQIAO), name="老名字", until=clock.today())
    do(take(load(tmp_path, renumbered(of_home(), str(HONGQIAO), "350181005044")))[0])
    assert [f.code for f in find("老名字", inside=FUQING)] == [350181005044]
    with acting(system_actor()):
        assert Person.objects.filter(grid__gte=HONGQIAO * 1000, grid__lt=HONGQIAO * 1000 + 1000).count() == 0


def test_a_name_given_here_and_a_short_name_go_along_to_the_new_number(ground, tmp_path):
    with acting(HEIDI):
        rename_division(by=HEIDI, division=division(HONGQIAO), name="宏侨大社区", short="宏侨")
    rows = renumbered(of_home() | {str(HONGQIAO): "宏侨社区居委会"}, STREET, "350181088")
    do(take(load(tmp_path, rows))[0])
    new = division(350181088004)
    assert (new.name, new.short, new.by_hand) == ("宏侨大社区", "宏侨", True)
    assert load(tmp_path, rows | {"350181088004": "再改一次"}).counts["kept"] == 1


def test_borders_go_along_and_come_back(ground, tmp_path):
    with acting(HEIDI):
        write_boundaries(by=HEIDI, area=FUJIAN, shapes={code: polygon([[ring()]]) for code in (
            str(HONGQIAO), str(GRID), str(NEXT_GRID))})
    made, = take(load(tmp_path, renumbered(of_home(), str(HONGQIAO), "350181005044")))

    def drawn() -> set[int]:
        with acting(system_actor()):
            return {Area(b.lo, b.hi).code or 0 for b in Boundary.objects.filter(until=None)}

    do(made)
    assert drawn() == {350181005044, 350181005044001, 350181005044002}
    with acting(HEIDI):
        undo(by=HEIDI, regridding=made)
    assert drawn() == {HONGQIAO, GRID, NEXT_GRID}


def test_two_that_change_their_numbers_with_each_other_keep_their_own_people(ground, tmp_path):
    one, two = str(HONGQIAO), str(ELSEWHERE // 1000)
    rows = of_home()
    rows[one], rows[two] = rows[two], rows[one]
    file = load(tmp_path, rows)
    assert file.counts["open"] == 2, "or both were renamed: somebody has to say"
    with acting(HEIDI):
        decide_difference(by=HEIDI, difference=difference(file, int(one)), becomes=int(two))
        decide_difference(by=HEIDI, difference=difference(file, int(two)), becomes=int(one))
    made, = take(file)
    do(made)
    assert where(ground.one) // 1000 == int(two) and where(ground.away) // 1000 == int(one) and misplaced() == 0


def test_a_duty_for_a_street_without_grids_follows_at_once(ground, tmp_path):
    with acting(system_actor()):
        held = Duty.objects.create(user_id=DAVE.id, role="street_officer", lo=350181007000000, hi=350181008000000)
    file = load(tmp_path, renumbered(of_home(), "350181007", "350181077"))
    assert difference(file, 350181007).standing == {"duties": 1}
    assert take(file) == []
    held.refresh_from_db()
    assert held.ended and Duty.objects.get(user=DAVE.id, ended=None, lo=350181077000000).role == "street_officer"
    assert division(350181007).merged_into == 350181077000
