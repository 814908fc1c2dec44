"""The map as people see it: never empty, in four layers, a day again, and nothing from elsewhere."""

import json
import re
from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile

from fengchao.areas.models import Division
from fengchao.base import clock
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.maps import tiles
from fengchao.maps.film import film
from fengchao.maps.tests.conftest import uploaded
from fengchao.maps.tests.files import feature, geojson, ring
from fengchao.testing import ALICE, CAROL, DAVE, FRANK, GRID, HONGQIAO, NEXT_GRID, browser
from fengchao.work.actions import accept
from fengchao.work.tests.conftest import saw

MAP = f"/map?area={HONGQIAO}"
TILES = ("https://tiles.example.gov.cn/{z}/{x}/{y}.png", "审图号：GS(2026)1号", "gcj02")


def steps(page: str) -> dict[str, str]:
    """The step of each thing on a map."""
    return {key: step for step, key in re.findall(r'class="\w+ s-(\w+)" data-key="([\w-]+)"', page)}


def test_without_any_border_a_schematic_shows_every_grid_and_building_with_its_floors(places, town):
    page = browser(CAROL).get(MAP).content.decode()
    assert set(steps(page)) == {str(GRID), str(NEXT_GRID), str(town.here.id), str(town.next.id)}
    assert page.count('class="storeys"') == 2 and "画的是示意图" in page
    assert f'href="/buildings/{town.here.id}"' in page


def test_what_has_a_border_lies_where_it_is_and_the_rest_stands_below(drawn, campaign):
    page = browser(CAROL).get(MAP).content.decode()
    assert str(drawn.next.id) in steps(page) and "下半部分" in page
    assert page.count('class="storeys"') == 1  # only of the building nobody has drawn


def test_layers_colour_what_is_done_what_is_left_and_whose_it_is(drawn, campaign, doors):
    with acting(ALICE):
        accept([saw(task, "met") for task in doors[:3]], by=ALICE)
    client = browser(CAROL)
    browser(ALICE)  # an account with its duty
    layers = {name: steps(client.get(f"{MAP}&layer={name}").content.decode())
              for name in ("coverage", "remaining", "load", "open", "nonsense")}
    assert layers["coverage"][str(GRID)] == "2" and layers["coverage"][str(NEXT_GRID)] == "0"
    assert layers["remaining"][str(drawn.here.id)] == "2" and layers["remaining"][str(drawn.next.id)] == "3"
    assert layers["load"][str(NEXT_GRID)] == "nobody" and layers["load"][str(GRID)].isdigit()
    assert layers["open"] == layers["remaining"] and layers["nonsense"] == layers["coverage"]


def test_a_place_without_targets_is_not_called_done(drawn):
    assert set(steps(browser(CAROL).get(MAP).content.decode()).values()) == {"empty"}


def test_from_afar_grids_lead_to_their_community(drawn, campaign):
    page = browser(DAVE).get("/map?area=350181005").content.decode()
    assert f'href="/map?area={HONGQIAO}&amp;campaign={campaign.id}&amp;layer=coverage"' in page
    assert str(drawn.here.id) not in page


def test_a_community_without_grids_is_not_left_out(drawn, campaign):
    bare = Area.of(350181005009)
    Division.objects.create(code=350181005009, name="新社区筹备组", level=5, lo=bare.lo, hi=bare.hi)
    for layer, step in (("coverage", "empty"), ("load", "nobody")):
        page = browser(DAVE).get(f"/map?area=350181005&layer={layer}").content.decode()
        assert steps(page)["350181005009"] == step and "新社区筹备组" in page


def test_somebody_from_elsewhere_sees_nothing_of_it(drawn, campaign):
    assert browser(FRANK).get(MAP).status_code == 404
    own = browser(FRANK).get("/map").content.decode()
    assert str(GRID) not in own and str(drawn.here.id) not in own


def test_a_day_again_is_what_was_recorded_by_the_hour_of_the_door(campaign, doors):
    now = clock.now()
    day = clock.today() - timedelta(days=1)
    begin = datetime.combine(day, time(10), clock.CHINA)
    seen = [saw(doors[0], "met", device_at=begin), saw(doors[1], "nobody_home", device_at=begin + timedelta(hours=1)),
            saw(doors[2], "met", device_at=now + timedelta(days=2))]  # a clock that runs ahead is not believed
    with acting(ALICE):
        accept(seen, by=ALICE)
    with acting(CAROL):
        yesterday = film(campaign, Area.of(HONGQIAO), day, 15)
        today = film(campaign, Area.of(HONGQIAO), clock.today(), 15)
        from_afar = film(campaign, Area.of(HONGQIAO), day, 12)
    assert sum(yesterday.visits) == 2 and yesterday.done[str(GRID)][-1][1] == 1
    assert from_afar.done[str(HONGQIAO)][-1][1] == 1
    assert sum(today.visits) == 1 and today.done[str(GRID)][0] == [-1, 1] and today.done[str(GRID)][-1][1] == 2


def test_a_record_taken_back_leaves_the_film_as_it_left_the_figures(campaign, doors):
    first = saw(doors[0], "met")
    with acting(ALICE):
        accept([first], by=ALICE)
        accept([saw(doors[0], "withdrawn", supersedes=first.id, base_version=2)], by=ALICE)
    with acting(CAROL):
        assert film(campaign, Area.of(HONGQIAO), clock.today(), 0).done[
            str(doors[0].building_id)][-1][1] == 0


def test_the_player_gets_grids_as_the_sum_of_their_buildings(drawn, campaign, doors):
    with acting(ALICE):
        accept([saw(task, "met") for task in doors[:2]], by=ALICE)
    page = browser(CAROL).get(f"{MAP}&day={clock.today():%Y-%m-%d}").content.decode()
    data = json.loads(re.search(r'<script id="film-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    assert data["done"][str(GRID)][-1][1] == data["done"][str(drawn.here.id)][-1][1] == 2
    assert data["totals"][str(GRID)] == 6
    assert browser(CAROL).get(f"{MAP}&day=tomorrow").status_code == 422


def test_a_map_costs_a_fixed_number_of_queries(drawn, campaign, django_assert_max_num_queries):
    client = browser(CAROL)
    client.get(MAP)
    with django_assert_max_num_queries(24):
        client.get(MAP)


def test_a_base_map_is_let_in_only_where_it_is_configured_and_only_on_the_map(settings, drawn, campaign):
    client = browser(CAROL)
    policy = client.get(MAP)["Content-Security-Policy"]
    assert "tiles.example" not in policy and "data-tiles" not in client.get(MAP).content.decode()
    settings.MAP_TILES = TILES
    response = client.get(MAP)
    images = next(part for part in response["Content-Security-Policy"].split(";") if "img-src" in part)
    assert images.split() == ["img-src", "'self'", "data:", "blob:", "https://tiles.example.gov.cn"]
    assert "审图号：GS(2026)1号" in response.content.decode() and "data-tiles" in response.content.decode()
    assert "tiles.example" not in client.get("/board")["Content-Security-Policy"]


@pytest.mark.parametrize("wrong", [
    ("ftp://a/{z}/{x}/{y}", "审图号", "wgs84"), ("https://a/{z}/{x}", "审图号", "wgs84"),
    ("https://a; script-src *//{z}/{x}/{y}", "审图号", "wgs84"), ("https://*/{z}/{x}/{y}", "审图号", "wgs84"),
    ("https://{z}/{x}/{y}", "审图号", "wgs84"), ("https://a/{z}/{x}/{y}", " ", "wgs84"),
    ("https://a/{z}/{x}/{y}", "审图号", "mars"),
])
def test_a_base_map_without_its_approval_or_with_a_trick_in_its_address_stops_the_start(settings, wrong):
    settings.MAP_TILES = wrong
    with pytest.raises(ImproperlyConfigured):
        tiles.configured()


def test_a_file_goes_the_whole_way_in_the_browser(places, town):
    client = browser(CAROL)
    drawing = geojson([feature(ring(0), name="第一网格"), feature(ring(1), name="不知道")])
    sent = {"file": SimpleUploadedFile("边界.geojson", drawing), "what": "boundaries", "datum": "wgs84"}
    address = client.post(f"/map/imports?area={HONGQIAO}", sent)["Location"]
    page = client.get(address).content.decode()
    assert 'class="fits"' in page and 'class="wrong"' in page and 'id="f2"' in page and "不属于这里" in page
    assert client.post(f"{address}/restate", {"datum": "gcj02", "column": "name"}).status_code == 302
    assert client.post(f"{address}/confirm", follow=True).status_code == 200
    assert "边界.geojson" in client.get(f"/map/imports?area={HONGQIAO}").content.decode()
    assert "下半部分" in client.get(MAP).content.decode()


def test_far_and_impossible_outlines_do_not_hide_the_others(drawn):
    row = uploaded([feature(ring(0.2, 0.2, 0.002), name="第一网格"), feature(ring(2000), name="第二网格"),
                    feature([[1, 2], [3, 4], [5, 1]], name=str(HONGQIAO))])
    page = browser(CAROL).get(f"/map/imports/{row.id}").content.decode()
    assert page.count('class="off"') == 2 and "在图外的那个方向" in page
    assert page.count('class="fits"') == 1 and 'class="wrong"' not in page


def test_an_outline_with_its_axes_swapped_is_drawn_where_it_would_lie(drawn):
    row = uploaded([feature(ring(0.2, 0.2, 0.002), name="第一网格"),
                    feature([[y, x] for x, y in ring(1.2, 0.2, 0.002)], name="第二网格")])
    page = browser(CAROL).get(f"/map/imports/{row.id}").content.decode()
    assert page.count('class="wrong"') == 1 and "经纬度对调后" in page and "在图外的那个方向" not in page
    assert 'href="#f2"' in page and 'class="off"' not in page


def test_an_upload_without_a_file_or_its_datum_says_what_is_missing(places):
    client = browser(CAROL)
    for sent in ({}, {"file": SimpleUploadedFile("a", b"{}"), "what": "boundaries", "datum": "mars"}):
        assert client.post(f"/map/imports?area={HONGQIAO}", sent).status_code == 422
