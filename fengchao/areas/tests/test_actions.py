import pytest

from fengchao.areas.actions import (
    add_division,
    add_grid,
    close_grid,
    confirm_community,
    merge_divisions,
    rename_grid,
)
from fengchao.areas.models import Division, Grid
from fengchao.areas.queries import children, division, exists, grids, label, paths
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, DAVE, FRANK, GRID, HEIDI, HONGQIAO

pytestmark = pytest.mark.usefixtures("tree")


def hongqiao() -> Division:
    return division(HONGQIAO)


def test_grids_are_numbered_inside_their_community_and_a_number_is_never_given_twice():
    with acting(CAROL):
        first = add_grid(by=CAROL, community=hongqiao(), name="第一网格")
        second = add_grid(by=CAROL, community=hongqiao(), name="学校", kind="dedicated_grid")
        close_grid(by=CAROL, grid=second)
        third = add_grid(by=CAROL, community=hongqiao(), name="第三网格")
    assert [first.code, second.code, third.code] == [GRID, GRID + 1, GRID + 2]


def test_a_name_that_another_grid_of_the_community_bears_is_refused_until_that_one_is_closed():
    with acting(CAROL):
        first = add_grid(by=CAROL, community=hongqiao(), name="第一网格")
        with pytest.raises(Refused, match="grid_name_taken"):
            add_grid(by=CAROL, community=hongqiao(), name=" 第一网格")
        second = add_grid(by=CAROL, community=hongqiao(), name="第二网格")
        with pytest.raises(Refused, match="grid_name_taken"):
            rename_grid(by=CAROL, grid=second, name="第一网格")
        rename_grid(by=CAROL, grid=second, name="第二网格")
        close_grid(by=CAROL, grid=first)
        rename_grid(by=CAROL, grid=second, name="第一网格")


def test_a_closed_grid_is_no_longer_in_force_but_its_name_stays():
    with acting(CAROL):
        grid = add_grid(by=CAROL, community=hongqiao(), name="第一网格")
        close_grid(by=CAROL, grid=grid)
        grid.refresh_from_db()
        tomorrow = grid.until.fromordinal(grid.until.toordinal() + 1)
    assert exists(Area.of(GRID)) and not exists(Area.of(GRID), tomorrow)
    assert list(grids(Area.of(HONGQIAO), tomorrow)) == []
    assert label(GRID) == "第一网格"


def test_a_grid_that_still_holds_something_is_not_closed(monkeypatch):
    monkeypatch.setattr("fengchao.areas.actions.grids.in_use", [lambda code: code == GRID])
    with acting(CAROL):
        grid = add_grid(by=CAROL, community=hongqiao(), name="第一网格")
        with pytest.raises(Refused, match="grid_in_use"):
            close_grid(by=CAROL, grid=grid)


@pytest.mark.parametrize("other", [ALICE, FRANK, HEIDI.__class__(HEIDI.id, "nobody")])
def test_who_does_not_manage_the_place_changes_nothing(other):
    with acting(other), pytest.raises(Refused, match="not_allowed"):
        add_grid(by=other, community=hongqiao(), name="别人的网格")
    assert not Grid.objects.exists()


def test_a_community_in_formation_is_added_below_its_street_and_later_confirmed():
    with acting(DAVE):
        made = add_division(by=DAVE, parent=division(350181005), name="新城社区筹备组", forming=True)
        assert (made.code, made.local, made.forming) == (350181005900, True, True)
        confirm_community(by=DAVE, division=made, name="新城社区居委会")
    made.refresh_from_db()
    assert (made.name, made.forming) == ("新城社区居委会", False)
    assert made in children(Area.of(350181005))


def test_the_same_name_is_not_added_twice_below_one_street():
    with acting(DAVE), pytest.raises(Refused, match="place_exists"):
        add_division(by=DAVE, parent=division(350181005), name="宏侨社区居委会")


def test_a_merged_community_leaves_the_tree_and_keeps_its_code():
    with acting(DAVE):
        merge_divisions(by=DAVE, gone=division(350181005002), into=division(350181005003))
    assert 350181005002 not in children(Area.of(350181005)).values_list("code", flat=True)
    assert division(350181005002).merged_into == 350181005003


def test_a_renamed_grid_is_called_by_its_new_name_at_once():
    with acting(CAROL):
        grid = add_grid(by=CAROL, community=hongqiao(), name="第一网格")
        assert label(GRID) == "第一网格"
        rename_grid(by=CAROL, grid=grid, name="东区")
    assert label(GRID) == "东区"


def test_every_change_of_a_place_is_in_the_trail():
    with acting(CAROL):
        rename_grid(by=CAROL, grid=add_grid(by=CAROL, community=hongqiao(), name="第一网格"), name="东区")
        assert list(AuditEntry.objects.values_list("action", flat=True)) == ["grid_added", "grid_renamed"]


def test_the_way_up_is_known_for_grids_and_divisions_alike():
    around = paths([Area.of(GRID), Area.of(350181)])
    assert [d.name for d in around[Area.of(GRID)]] == ["福建省", "福州市", "福清市", "宏路街道", "宏侨社区居委会"]
    assert [d.name for d in around[Area.of(350181)]] == ["福建省", "福州市", "福清市"]
