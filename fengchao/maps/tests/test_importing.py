"""Outlines come in by what they call themselves, in the datum somebody names, and only where they may stand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from fengchao.accounts.roles import ROLES
from fengchao.areas.models import Grid
from fengchao.base import clock
from fengchao.base.actor import Grant, system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.engines.geometry import Datum
from fengchao.maps import actions
from fengchao.maps.models import Boundary, MapImport, Outline
from fengchao.maps.queries import boundaries, locator, outlines
from fengchao.maps.tests.conftest import uploaded
from fengchao.maps.tests.files import SOUTH, STEP, WEST, feature, geojson, kml, ring
from fengchao.maps.trial import Trial
from fengchao.maps.wording import sentence
from fengchao.people.actions import add_building
from fengchao.testing import ALICE, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HONGQIAO, NEXT_GRID, browser

TWO = [feature(ring(0), name="第一网格"), feature(ring(1), name="第二网格")]
HERE = Area.of(HONGQIAO)


def confirmed(row: MapImport, by=CAROL) -> dict[str, int]:
    with acting(by):
        return actions.confirm(by=by, row=row)


def trial(row: MapImport, by=CAROL) -> Trial:
    with acting(by):
        return Trial(MapImport.objects.get(id=row.id))


def faults(row: MapImport) -> list[tuple[int, str]]:
    return [(line.number, fault.code) for line in trial(row).lines for fault in line.faults]


def test_grids_are_found_by_name_code_or_number_whatever_the_column_is_called(places):
    for named in (("第一网格", "第二网格"), (str(GRID), str(NEXT_GRID)), ("001", "002"),
                  (" 第 一网格", "宏侨社区居委会第二网格")):
        row = uploaded([feature(ring(n), area=9, 网格=name) for n, name in enumerate(named)])
        assert [line.target.key for line in trial(row).good] == [str(GRID), str(NEXT_GRID)]


@pytest.mark.parametrize("far", [1e308, -1e308, 1e30, 999.0, 180.0])
@pytest.mark.parametrize("datum", list(Datum))
def test_corners_beyond_the_world_are_outside_the_country_in_every_datum(places, far, datum):
    """And the sound outline beside them may stand."""
    wild = [*ring(0)[:2], [far, far], *ring(0)[2:]]
    row = uploaded([feature(wild, name="第一网格"), feature(ring(1, datum=datum), name="第二网格")], datum=datum)
    assert faults(row) == [(1, "outside_china")]
    assert [line.target.key for line in trial(row).good] == [str(NEXT_GRID)]


def test_buildings_are_found_by_two_columns_together_when_one_is_not_enough(places, town):
    with acting(system_actor()) as system:
        for nth, compound in enumerate(("东苑", "西苑")):
            add_building(by=system, grid=GRID, compound=compound, name="8号楼", number="8", seq=10 + nth)
    row = uploaded([feature(ring(n * 0.2, 0, 0.0004), 小区=compound, 楼号="8号楼") for n, compound in
                    enumerate(("东苑", "西苑"))], what="buildings")
    found = trial(row)
    assert found.column == "小区 + 楼号" and [line.target.name for line in found.good] == ["东苑8号楼", "西苑8号楼"]


def test_what_is_confirmed_stands_and_finds_points(places):
    assert confirmed(uploaded(TWO)) == {"taken": 2, "refused": 0}
    with acting(ALICE):
        assert set(boundaries(Area(GRID, GRID + 1))) == {Area(GRID, GRID + 1)}
    with acting(CAROL):
        points = [WEST + STEP / 2, WEST + STEP * 1.5, WEST - 1], [SOUTH + STEP / 2] * 3
        assert locator(HERE).locate(*points).tolist() == [GRID, NEXT_GRID, 0]
        assert MapImport.objects.get().features == []


@pytest.mark.parametrize("datum", list(Datum))
def test_a_file_in_another_datum_lies_where_it_should(places, datum):
    confirmed(uploaded([feature(ring(0, datum=datum), name="第一网格")], datum=datum))
    with acting(CAROL):
        row = Boundary.objects.get()
    assert (row.west, row.south) == pytest.approx((WEST, SOUTH), abs=1e-7)


def test_a_file_that_fits_the_known_map_better_in_another_datum_is_doubted(drawn):
    shifted = [feature(ring(n, datum=Datum.GCJ02), name=name) for n, name in enumerate(("第一网格", "第二网格"))]
    assert trial(uploaded(shifted, datum="wgs84")).better_datum is Datum.GCJ02
    assert trial(uploaded(shifted, datum="gcj02")).better_datum is None
    house = feature(ring(0.05, 0.05, 0.0004, datum=Datum.BD09), name="1号楼")
    assert trial(uploaded([house], what="buildings")).better_datum is Datum.BD09


def test_each_refused_outline_says_what_to_do(drawn):
    bow = [[WEST, SOUTH], [WEST + STEP, SOUTH + STEP], [WEST + STEP, SOUTH], [WEST, SOUTH + STEP], [WEST, SOUTH]]
    row = uploaded([
        feature(bow, name="第一网格"), feature(ring(3), name="北网格"), feature(ring(900), name="第二网格"),
        feature(ring(5), name="350181005004"), feature([[y, x] for x, y in ring(7)], name="宏侨社区居委会"),
    ])
    assert set(faults(row)) == {(1, "self_crossing"), (2, "no_match"), (3, "far_away"), (4, "named_twice"),
                                (5, "named_twice"), (5, "swapped")}
    with acting(CAROL), pytest.raises(Refused, match="map_nothing"):
        actions.confirm(by=CAROL, row=row)
    said = [sentence(fault) for line in trial(row).lines for fault in line.faults]
    assert all("请" in words and "%" not in words for words in said)


def test_what_has_no_name_here_lies_in_nobodys_way(places):
    row = uploaded([feature(ring(0), name=str(9_000 + n)) for n in range(50)] + TWO)
    assert {code for _, code in faults(row)} == {"no_match"} and len(trial(row).good) == 2


def test_a_file_in_which_all_lies_on_each_other_is_not_kept(places):
    pile = [feature(ring(0), name="第一网格", other="没有") for _ in range(40)]
    with pytest.raises(Refused, match="map_piled"), acting(CAROL):
        actions.receive(by=CAROL, area=HERE, what="boundaries", datum="wgs84", name="a.json", chunks=[geojson(pile)])
    row = uploaded(pile)
    with acting(CAROL):
        assert MapImport.objects.count() == 1
        MapImport.objects.update(column="other")
    with pytest.raises(Refused, match="map_piled"), acting(CAROL):
        actions.restate(by=CAROL, row=row, datum="wgs84", column="name")
    with acting(CAROL):
        assert MapImport.objects.get().column == "other"


def test_two_grids_on_the_same_ground_are_both_kept_out_but_a_community_lies_over_its_grids(places):
    row = uploaded([feature(ring(0), name="第一网格"), feature(ring(0.5), name="第二网格"),
                    feature(ring(0, 0, STEP * 2), name=str(HONGQIAO))])
    assert faults(row) == [(1, "overlap"), (2, "overlap")]


def test_ground_of_a_grid_that_is_not_in_the_file_is_respected_unless_it_comes_along(drawn):
    assert faults(uploaded([feature(ring(0.5), name="第一网格")])) == [(1, "overlap_known")]
    both = [feature(ring(0.5), name="第一网格"), feature(ring(1.5), name="第二网格")]
    assert faults(uploaded(both)) == []


def test_what_a_refused_outline_was_to_replace_goes_on_standing_in_the_way_of_others(drawn):
    row = uploaded([feature(ring(900), name="第一网格"), feature(ring(0.5), name="第二网格")])
    assert faults(row) == [(1, "far_away"), (2, "overlap_known")]


def test_the_border_of_a_closed_grid_is_in_nobodys_way(drawn):
    with acting(CAROL):
        Grid.objects.filter(code=NEXT_GRID).update(since=clock.today() - timedelta(days=9),
                                                   until=clock.today() - timedelta(days=1))
    assert faults(uploaded([feature(ring(0.5), name="第一网格")])) == []


def test_a_building_far_from_its_grid_is_refused(drawn):
    row = uploaded([feature(ring(3, 0, 0.0004), name="1号楼")], what="buildings")
    assert faults(row) == [(1, "outside_grid")]


def test_a_building_drawn_in_another_grid_than_the_register_says_is_pointed_out(drawn):
    row = uploaded([feature(ring(1.05, 0.5, 0.0004), name="1号楼")], what="buildings")
    assert faults(row) == []
    with acting(CAROL):
        assert [(line.number, lies, says) for line, lies, says in Trial(row).strays] == [(1, NEXT_GRID, GRID)]
    page = browser(CAROL).get(f"/map/imports/{row.id}").content.decode()
    assert "轮廓在第二网格，名册里是第一网格" in page


def test_a_new_outline_ends_the_old_one_yesterday_and_the_map_of_a_day_stays(drawn):
    before = clock.today() - timedelta(days=10)
    with acting(CAROL), connection.cursor() as cursor:
        cursor.execute("UPDATE maps_boundary SET since = %s", [before])
    confirmed(uploaded([feature(ring(0, 0, STEP * 0.9), name="第一网格")]))
    with acting(CAROL):
        assert Boundary.objects.filter(lo=GRID).count() == 2
        old, new = (boundaries(HERE, day=day)[Area(GRID, GRID + 1)] for day in (before, clock.today()))
        assert new.area < old.area
    confirmed(uploaded([feature(ring(0, 0, STEP * 0.8), name="第一网格")]))  # again on the same day: replaced
    with acting(CAROL):
        assert Boundary.objects.filter(lo=GRID).count() == 2


def test_kml_and_its_code_column_work_the_same_way(places):
    assert confirmed(uploaded(kml([(str(GRID), ring(0))]))) == {"taken": 1, "refused": 0}


def test_the_datum_and_the_column_can_be_corrected_before_confirming(places):
    row = uploaded([feature(ring(0), a="第一网格", b="第二网格")])
    assert trial(row).good[0].target.key == str(GRID)
    with acting(CAROL):
        actions.restate(by=CAROL, row=row, datum="gcj02", column="b")
    assert trial(row).good[0].target.key == str(NEXT_GRID)
    assert trial(row).row.datum == "gcj02"


def test_nobody_draws_outside_their_area_and_names_there_do_not_answer(places, town):
    with acting(ALICE), pytest.raises(Refused, match="not_allowed"):
        actions.receive(by=ALICE, area=Area.of(GRID), what="boundaries", datum="wgs84", name="", chunks=[b"{}"])
    row = uploaded([feature(ring(0), name=str(ELSEWHERE))])
    assert faults(row) == [(1, "no_match")]
    street = uploaded([feature(ring(0), name=str(ELSEWHERE))], by=DAVE, area=350181005)
    with acting(CAROL), pytest.raises(Refused, match="not_allowed"):
        actions.drop(by=CAROL, row=street)
    with acting(FRANK):
        assert not Boundary.objects.exists() and not MapImport.objects.exists()


def test_an_outline_is_seen_with_its_building_and_a_border_wherever_it_touches(drawn):
    captain = replace(ALICE, grants=(Grant("building_captain", ROLES["building_captain"].permissions, Area.of(GRID),
                                           building=drawn.next.id),))
    for who, seen in ((ALICE, [drawn.here.id]), (FRANK, []), (captain, [])):
        with acting(who):
            assert list(outlines(HERE)) == seen
            assert set(boundaries(HERE)) == (set() if who is FRANK else {Area(GRID, GRID + 1)})


def test_an_import_ends_once(places):
    row = uploaded(TWO)
    confirmed(row)
    for again in (actions.confirm, actions.drop):
        with acting(CAROL), pytest.raises(Refused, match="map_gone"):
            again(by=CAROL, row=row)
    with acting(CAROL), pytest.raises(Refused, match="map_gone"):
        actions.restate(by=CAROL, row=row, datum="wgs84", column="")


def test_a_file_nobody_came_back_to_is_forgotten(places):
    row = uploaded(TWO)
    with acting(system_actor()) as system:
        MapImport.objects.filter(id=row.id).update(at=clock.now() - timedelta(days=4))
        assert actions.forget_old(by=system) == 1
        assert MapImport.objects.get(id=row.id).features == []


def test_the_trail_says_who_drew_and_names_nobody(places):
    with acting(CAROL):
        row = actions.receive(by=CAROL, area=HERE, what="boundaries", datum="wgs84", name="../边界.kml",
                              chunks=[geojson(TWO)])
    assert row.file_name == "边界.kml"
    confirmed(row)
    with acting(CAROL):
        trail = AuditEntry.objects.filter(action__startswith="map_").order_by("id")
        assert [entry.action for entry in trail] == ["map_upload", "map_import"]
        assert trail[1].detail == {"what": "boundaries", "datum": "wgs84", "taken": 2, "refused": 0}


def test_outlines_of_buildings_stand_in_the_grid_of_their_building(drawn):
    with acting(CAROL):
        assert Outline.objects.get().grid == GRID
