import pytest

from fengchao.areas.actions import add_grid, merge_divisions, rename_division
from fengchao.areas.finding import core, find, rank, resolve
from fengchao.areas.queries import division
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.testing import CAROL, HONGQIAO

pytestmark = pytest.mark.usefixtures("tree")

QIAODONG, YINGZE_STREET, YINGZE = Area.of(140106005), Area.of(140106004), Area.of(140106)


@pytest.mark.parametrize(("short", "inside", "code"), [
    ("并四", QIAODONG, 140106005010),
    ("双北", QIAODONG, 140106005016),
    ("解二", YINGZE_STREET, 140106004003),
    ("并州东街四社区", YINGZE, 140106005010),
    ("宏侨", Area.of(350181), HONGQIAO),
    ("桥东", YINGZE, 140106005),
])
def test_a_place_is_found_by_what_people_call_it(short, inside, code):
    assert resolve(short, inside=inside).code == code


@pytest.mark.parametrize("short", ["双一", "双三"])
def test_an_ambiguous_short_name_lists_the_places_with_their_parents(short):
    with pytest.raises(Refused) as refused:
        resolve(short, inside=YINGZE)
    assert refused.value.code == "place_ambiguous"
    assert "桥东街道 双塔寺街" in refused.value.message
    assert "迎泽街道 双塔西街" in refused.value.message


def test_inside_its_street_the_same_short_name_is_clear():
    assert resolve("双一", inside=QIAODONG).name == "双塔寺街一社区居委会"


def test_the_name_that_stands_27_times_in_the_country_is_never_resolved_without_its_parent():
    assert len([f for f in find("东山社区居委会", limit=50) if f.rank == 0]) == 27
    with pytest.raises(Refused, match="place_ambiguous"):
        resolve("东山社区")
    assert resolve("东山社区", inside=Area.of(440307011)).code == 440307011004


@pytest.mark.parametrize("code", ["35", "3501", "350181", "350181005", "350181005004"])
def test_a_code_of_every_level_is_found(code):
    assert resolve(code).code == int(code)


def test_a_code_outside_the_parent_is_not_found():
    with pytest.raises(Refused, match="place_unknown"):
        resolve("350181005004", inside=YINGZE)


def test_a_former_name_goes_on_finding_the_place():
    with acting(CAROL):
        rename_division(by=CAROL, division=division(HONGQIAO), name="蜂巢社区居委会")
    assert resolve("宏侨社区", inside=Area.of(350181)).name == "蜂巢社区居委会"
    assert resolve("蜂巢", inside=Area.of(350181)).code == HONGQIAO


def test_a_merged_community_is_found_as_the_one_it_went_into():
    system = system_actor()
    with acting(system):
        merge_divisions(by=system, gone=division(350181005002), into=division(350181005003))
    assert resolve("景江社区居委会", inside=Area.of(350181005)).code == 350181005003


def test_a_grid_is_found_by_its_name_inside_its_community():
    with acting(CAROL):
        add_grid(by=CAROL, community=division(HONGQIAO), name="东区第一网格")
    assert resolve("东区第一网格", inside=Area.of(HONGQIAO)).code == 350181005004001


@pytest.mark.parametrize(("name", "bare"), [
    ("并州东街四社区居委会", "并州东街四"), ("圳边村委会", "圳边"), ("桥东街道", "桥东"), ("镇社区", "镇社区"),
])
def test_the_kind_of_a_place_is_not_its_name(name, bare):
    assert core(name) == bare


def test_a_short_name_begins_as_the_place_does():
    assert rank("四并", "并州东街四社区居委会") is None
    assert rank("东四", "并州东街四社区居委会") is None
