"""No two names that are shown lie over each other, at any scale, and the first of those that would meet is kept."""

import re
import time
from itertools import combinations
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon
from shapely.geometry import box as square

from fengchao.areas.models import Grid
from fengchao.base.places import Area
from fengchao.maps.labels import FAR, HALO, HEIGHT, LETTER, STILL, Label, fitting
from fengchao.maps.layers import LAYERS, Scale, Shade
from fengchao.maps.picture import picture
from fengchao.maps.things import Thing
from fengchao.testing import CAROL, HONGQIAO, browser

places = st.builds(Label, st.sampled_from(["第一网格", "12号楼", "宏侨社区居委会", "A", ""]), st.floats(0, 1000),
                   st.floats(0, 1000))
scales = st.floats(0.01, FAR)
unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def box(label: Label, k: float) -> tuple[float, float, float, float]:
    """Chinese letters are as wide as high, others not quite two thirds of it."""
    half = k * (HALO + LETTER * sum(1.0 if letter > "\u2e80" else 0.62 for letter in label.text)) / 2
    return label.x - half, label.y - k * HEIGHT / 2, label.x + half, label.y + k * HEIGHT / 2


def over(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    by = 1e-6
    return min(a[2], b[2]) - max(a[0], b[0]) > by and min(a[3], b[3]) - max(a[1], b[1]) > by


@unhurried
@given(st.lists(places, max_size=40), scales)
def test_no_two_names_that_are_shown_lie_over_each_other(labels, k):
    shown = [label for label in fitting(labels) if label.fits >= k]
    assert not [(a, b) for a, b in combinations(shown, 2) if over(box(a, k), box(b, k))]


@unhurried
@given(st.lists(places, min_size=1, max_size=40))
def test_the_first_is_always_shown_and_a_name_in_nobody_s_way_too(labels):
    first, *rest = fitting([*labels, Label("远", 9000, 9000)])
    assert first.fits == rest[-1].fits == FAR
    assert [label.text for label in (first, *rest)] == [label.text for label in labels] + ["远"]


def test_names_come_back_as_one_looks_closer():
    near, beside = fitting([Label("第一网格", 100, 100), Label("第二网格", 125, 100)])
    assert near.fits == FAR
    assert 0.3 < beside.fits < 0.6 and not beside.shown


def test_who_is_gone_already_is_in_nobodys_way():
    """The second gives way to the first, and the third, which meets the second alone, need not."""
    first, second, third = fitting([Label("甲", 0, 0), Label("乙", 10, 0), Label("丙", 24, 0)])
    assert second.fits < 1 < third.fits < FAR


def group(nth: int, **more: object) -> Thing:
    code = 350181005004000 + nth
    return Thing(str(code), f"第{nth}网格", str(nth), "", Area(code, code + 1), (str(code), f"第{nth}网格"), **more)


def test_the_place_asked_for_and_then_the_heaviest_keep_their_names():
    things = [group(n, shape=MultiPolygon([square(119.4 + n * 1e-4, 26.1, 119.4001 + n * 1e-4, 26.1001)]))
              for n in range(1, 40)]
    shades = {thing.key: Shade("1", "", weight) for weight, thing in enumerate(things)}
    names = [label.text for label in picture(things, shades).names]
    assert names == [f"第{n}网格" for n in range(39, 0, -1)]
    drawn = picture(things, shades, chosen=things[4].key)
    assert drawn.names[0].text == "第5网格" and drawn.names[1].text == "第39网格"
    assert 0 < sum(label.shown for label in drawn.names) < len(things)


def test_what_is_at_stake_is_what_is_left_and_nobody_above_all():
    coverage, left = Scale(LAYERS["coverage"], [10, 90]), Scale(LAYERS["remaining"], [3, 70])
    assert coverage.shade(10).weight > coverage.shade(90).weight > coverage.shade(None).weight - 1
    assert left.shade(70).weight > left.shade(3).weight
    assert left.shade(3, nobody=True).weight > left.shade(10**9).weight


def test_the_names_of_five_hundred_communities_nobody_has_drawn_can_all_be_read_on_a_screen():
    """As many as a county has at the most, on a screen 1,100 pixels wide: in letters of their full size."""
    communities = [(f"35018100{n:04}", f"{'东西南北'[n % 4]}山村委会") for n in range(515)]
    found = [Thing(key, name, name, "", Area.of(int(key)), (key, name)) for key, name in communities]
    drawn = picture(found, {key: Shade(0, "", 0) for key, _ in communities})
    k = drawn.width / 1100
    assert k > 2 and [name for name in drawn.names if name.fits < k] == []


def test_fifteen_hundred_names_are_placed_in_a_tenth_of_a_second():
    labels = [Label("第一网格", n % 39 * 25.0, n // 39 * 25.0) for n in range(1500)]
    begun = time.process_time()
    shown = [label for label in fitting(labels) if label.shown]
    assert time.process_time() - begun < 0.3  # three times what it takes alone
    assert 300 < len(shown) < 1500


def test_the_page_sends_each_name_with_its_scale(drawn):
    Grid.objects.filter(code__gt=0).update(name="一个名字特别特别特别特别特别特别特别特别特别长的网格")
    text = browser(CAROL).get(f"/map?area={HONGQIAO}").content.decode()
    names = text.split('<g class="names"')[1].split("</g>")[0]
    least, *others = sorted(float(fits) for fits in re.findall(r'data-fits="([\d.]+)"', names))
    assert least < 2 < min(others)  # two grids side by side, and the panel of a third below


def test_letters_are_as_large_as_the_style_draws_them():
    style = Path("fengchao/web/console/src/map.css").read_text()
    assert f"font-size: calc({LETTER:.0f}px * var(--k))" in style
    assert f"stroke-width: calc({HALO:.0f}px * var(--k))" in style
    assert f"--k: {STILL};" in style
