"""A secretary asks how a community could be divided, compares, and takes a plan along."""

from io import BytesIO

import openpyxl
import pytest

from fengchao.areas.models import Division, Grid, Regridding
from fengchao.areas.plans import Plan
from fengchao.base import jobs
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.designs import actions, houses
from fengchao.designs.asking import Asked
from fengchao.designs.jobs import draw_design
from fengchao.designs.models import Design
from fengchao.designs.plan import plan_of
from fengchao.engines.geometry import polygon
from fengchao.maps.actions import write_outlines
from fengchao.people.actions import add_building, add_dwelling, add_person, add_tag
from fengchao.people.models import Building
from fengchao.testing import ALICE, CAROL, DAVE, ELSEWHERE, GRID, HEIDI, HONGQIAO, NEXT_GRID, browser

pytestmark = pytest.mark.django_db
PAGE = f"/designs?area={HONGQIAO}"
WISH = {"grids": "3", "tolerance": "10", "divide": "large", "weight-dwellings": "1"}


@pytest.fixture
def street(db) -> list[Building]:
    """Nine buildings of four doors: six in grid 1, three in grid 2, one compound of two among them. And Frank's."""
    with acting(system_actor()) as system:
        area = Area.of(HONGQIAO)
        Division.objects.create(code=HONGQIAO, name="宏侨社区", level=5, lo=area.lo, hi=area.hi)
        Grid.objects.bulk_create([Grid(code=GRID, name="第1网格"), Grid(code=NEXT_GRID, name="第2网格")])
        built = [
            add_building(by=system, grid=GRID if n <= 6 else NEXT_GRID, name=f"{n}号楼", seq=n,
                         compound="江滨花园" if n in (2, 3) else "")
            for n in range(1, 10)
        ]  # fmt: skip
        built.append(add_building(by=system, grid=ELSEWHERE, name="别处的楼"))
        for building in built:
            for room in ("101", "102", "201", "202"):
                add_dwelling(by=system, building=building, room=room)
    return built


def zh(actor):
    return browser(actor, **{"accept-language": "zh"})


def text(response, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def drawn(asked: Asked) -> Design:
    with acting(CAROL):
        design = actions.ask(by=CAROL, area=Area.of(HONGQIAO), asked=asked)
    jobs.run_here(draw_design, by=CAROL, design=str(design.id))
    with acting(CAROL):
        design.refresh_from_db()
    return design


def stand(street: list[Building], spots: list[tuple[float, float]]) -> None:
    """The nine buildings of the community on the map, each a small square."""
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    shapes = {str(building.id): polygon([[[(x + 5e-5 * right, y + 5e-5 * up) for right, up in corners]]])
              for building, (x, y) in zip(street, spots, strict=False)}
    with acting(system_actor()) as system:
        write_outlines(by=system, area=Area.of(HONGQIAO), shapes=shapes)


DOORS = Asked(3, weights=(("dwellings", 1),))


def test_a_design_is_asked_for_and_then_compared(street):
    carol = zh(CAROL)
    assert "现在有 2 个网格" in text(carol.get(PAGE))
    page = text(carol.post(PAGE, WISH, follow=True))
    assert "/progress/" in page and "分成 3 个网格" in page
    with acting(CAROL):
        design = Design.objects.get()
    jobs.run_here(draw_design, by=CAROL, design=str(design.id))
    page = text(carol.get(f"/designs/{design.id}"))
    assert "改动最少" in page and "现在：2 个网格，负担最多相差 33%" in page and "别处的楼" not in page
    assert "第3网格" in page and "按走访顺序排成行" in page
    assert str(design.id) in text(carol.get(PAGE))


def test_three_equal_grids_move_no_more_than_must(street):
    design = drawn(DOORS)
    near = design.result["proposals"][0]
    assert (near["aims"][0], near["off"], near["within"], near["contiguous"]) == ("near", 0.0, True, True)
    with acting(CAROL):
        plan = plan_of(design, near)
    assert [grid % 1000 for grid in plan.opened] == [3] and plan.emptied == ()
    assert len(plan.moved) == 3 and {change.becomes for change in plan.moved} == set(plan.opened)


def test_a_plan_lies_in_the_workbook_building_by_building(street):
    design = drawn(DOORS)
    response = zh(CAROL).get(f"/designs/{design.id}/1/plan.xlsx")
    heads, *lines = list(openpyxl.load_workbook(BytesIO(response.getvalue())).active.values)
    line = [dict(zip(heads, values, strict=True)) for values in lines]
    assert [one["楼栋"] for one in line] == [f"{n}号楼" for n in range(1, 10)]
    assert line[0]["楼栋编码"] == str(street[0].id) and line[0]["现网格"] == f"{GRID} 第1网格"
    assert {one["新网格"] for one in line} == {str(GRID), str(NEXT_GRID), str(GRID + 2)}
    assert {one["变动"] for one in line} == {None, "归入新设的第3网格"}


def test_a_proposal_becomes_a_plan_of_areas_to_be_dated_and_carried_out(street):
    design = drawn(DOORS)
    carol = zh(CAROL)
    page = text(carol.post(f"/designs/{design.id}/1/accept", follow=True))
    assert "网格设计 方案1" in page
    made = Regridding.objects.get()
    with acting(CAROL):
        moved = {(c.building, c.was, c.becomes) for c in plan_of(design, design.result["proposals"][0]).moved}
    assert moved == {(s.building, s.was, s.becomes) for s in Plan.of(made.plan).steps if s.building} != set()
    assert made.state == Regridding.State.PLANNED and Building.objects.filter(grid=GRID).count() == 6


def test_others_can_be_asked_for(street):
    design = drawn(DOORS)
    page = text(zh(CAROL).post(f"/designs/{design.id}/again", follow=True))
    assert "/progress/" in page
    with acting(CAROL):
        assert sorted(row.brief["seed"] for row in Design.objects.all()) == [0, 1]


def test_old_people_weigh_as_much_as_was_said(street):
    with acting(CAROL):
        door = street[8].dwellings.first()
        people = [add_person(by=CAROL, dwelling=door, name="示例", born="1930-01-01") for _ in range(4)]
        add_tag(by=CAROL, person=people[0].id, code="alone")
        last = houses.houses(Area.of(HONGQIAO))[8]
    assert last.load(Asked(1, weights=(("old", 3), ("dwellings", 1), ("alone", 2)))) == 3 * 4 + 4 + 2


def test_a_compound_is_divided_only_if_it_is_larger_than_a_grid_and_that_was_allowed(street):
    with acting(CAROL):
        found = houses.houses(Area.of(HONGQIAO))
    for grids, divide, whole in (3, "large", 2), (9, "large", 0), (9, "whole", 2), (3, "any", 0):
        asked = Asked(grids, weights=(("dwellings", 1),), divide=divide)
        assert sum(bool(site.compound) for site in houses.sites(found, asked)) == whole


def test_buildings_whose_place_is_known_are_divided_by_distance(street):
    stand(street, [(119.38 + 0.0002 * (n % 3), 25.72 + 0.0002 * (n // 3)) for n in range(9)])
    design = drawn(DOORS)
    assert design.result["proposals"][0]["walk"] > 100
    assert "在它的实际位置" in text(zh(CAROL).get(f"/designs/{design.id}"))


def test_what_cannot_hold_is_said_in_words(street):
    page = text(zh(CAROL).get(f"/designs/{drawn(Asked(40, weights=(('dwellings', 1),), divide='whole')).id}"))
    assert "要分 40 个网格，但不能拆开的只有 8 份" in page
    page = text(zh(CAROL).get(f"/designs/{drawn(Asked(2)).id}"))
    assert "所选的各项在名册里都是 0" in page


def test_a_compound_that_fits_nowhere_is_named_beside_the_figure(street):
    """Two of nine buildings hold together; of five grids each has 7.2 of 36 doors, none fits 4, 8 or 12 within 10 %."""
    page = text(zh(CAROL).get(f"/designs/{drawn(Asked(6, weights=(('dwellings', 1),), divide='whole')).id}"))
    assert "“江滨花园”" in page and "超出允许范围的网格" in page


def test_one_proposal_that_is_best_for_several_aims_carries_all_their_names(street):
    design = drawn(DOORS)
    assert sorted(aim for one in design.result["proposals"] for aim in one["aims"]) == ["compact", "even", "near"]
    page = text(zh(CAROL).get(f"/designs/{design.id}"))
    assert all(name in page for name in ("改动最少", "最紧凑", "最均匀"))


def test_of_many_places_that_cannot_hold_the_first_are_named_and_the_rest_counted(street):
    stand(street, [(119.38 + 0.1 * n, 25.72) for n in range(9)])
    page = text(zh(CAROL).get(f"/designs/{drawn(Asked(1, weights=(('dwellings', 1),))).id}"))
    assert "中间走不过去" in page and "还有 3 处也是这样" in page


def test_a_plan_made_before_a_building_moved_is_refused(street):
    design = drawn(DOORS)
    with acting(system_actor()):
        Building.objects.filter(id=street[0].id).update(grid=NEXT_GRID)
    assert zh(CAROL).get(f"/designs/{design.id}/1/plan.xlsx").status_code == 409


def test_nothing_to_divide_leads_to_the_import(db):
    assert "/imports" in text(zh(CAROL).get(PAGE))
    with acting(CAROL), pytest.raises(Refused, match="design_no_buildings"):
        actions.ask(by=CAROL, area=Area.of(HONGQIAO), asked=Asked(2))


@pytest.mark.parametrize("wrong", [{"grids": "0"}, {"grids": "9999"}, {"weight-dwellings": "0"}, {"tolerance": "1"},
                                   {"weight-people": "-1"}, {"divide": "x"}])
def test_a_wish_that_means_nothing_is_sent_back(street, wrong):
    assert zh(CAROL).post(PAGE, WISH | wrong).status_code == 422
    with acting(CAROL):
        assert not Design.objects.exists()


def test_only_who_may_change_grids_and_sees_people_designs_them(street):
    design = drawn(DOORS)
    for who in (ALICE, HEIDI):
        with acting(who), pytest.raises(Refused, match="not_allowed"):
            actions.ask(by=who, area=Area.of(HONGQIAO), asked=DOORS)
    assert "您看不到这里的住户" in text(zh(HEIDI).get(PAGE))
    assert zh(ALICE).get(f"/designs/{design.id}").status_code == 403


def test_a_street_officer_chooses_a_community_first(street):
    assert "先选一个社区" in text(zh(DAVE).get("/designs?area=350181005"))


def test_a_design_of_another_street_does_not_exist(street):
    with acting(system_actor()):
        far = Design.objects.create(grid=350206001001000, brief=DOORS.kept(), by_name="x")
    carol = zh(CAROL)
    assert carol.get(f"/designs/{far.id}").status_code == 404
    assert carol.post(f"/designs/{far.id}/again").status_code == 404
    assert carol.get(f"/designs/{far.id}/1/plan.xlsx").status_code == 404


def test_the_trail_says_who_asked_and_holds_no_name(street):
    drawn(DOORS)
    with acting(system_actor()):
        deeds = AuditEntry.objects.filter(action__startswith="design_").order_by("id")
        assert [(deed.action, deed.actor) for deed in deeds] == [("design_asked", CAROL.id), ("design_drawn", CAROL.id)]
        assert all(set(deed.detail) <= {"grids", "proposals"} for deed in deeds)
