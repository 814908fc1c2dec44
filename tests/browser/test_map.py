"""The map in a browser without a GPU: moved, opened, played, printed, and nothing that the page's policy forbids."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FRAME = 16.7  # milliseconds until the next one is due
ZOOM = """async () => {
  const svg = document.querySelector("svg.map"), box = svg.getBoundingClientRect();
  for (let n = 0; n < 60; n++) {
    await new Promise(requestAnimationFrame);
    svg.dispatchEvent(new WheelEvent("wheel", { deltaY: n < 30 ? -40 : 40, clientX: box.left + box.width / 3,
      clientY: box.top + box.height / 3, cancelable: true }));
  }
}"""

MEETING = """() => {
  const boxes = [...document.querySelectorAll("svg.map .names text, svg.map .numbers text")]
    .filter((name) => name.getClientRects().length).map((name) => [name.textContent, name.getBoundingClientRect()]);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;  // a line is higher than its letters
  return [boxes.length, boxes.flatMap(([a, one], n) => boxes.slice(n + 1).filter(([, other]) => over(one, other))
    .map(([b]) => [a, b]))];
}"""
RESTED = """() => new Promise((done) => {
  const name = document.querySelector("svg.map .names");
  const seen = new MutationObserver(() => { seen.disconnect(); requestAnimationFrame(done); });
  seen.observe(name, { attributes: true, attributeFilter: ["style"] });
  document.querySelector('[data-zoom="1.5"]').click();
})"""


@pytest.fixture
def carol(chrome, town) -> Iterator[Page]:
    context = chrome.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    secretary = next(one for one in town.accounts if one.role == "community_secretary")
    page.goto(f"{town.url}/accounts/login/")
    page.fill("input[name=login]", secretary.username)
    page.fill("input[name=password]", secretary.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    page.goto(f"{town.url}/map")
    yield page
    assert not troubles
    context.close()


def looking_at(page: Page) -> list[float]:
    return [float(part) for part in page.get_attribute("svg.map", "viewBox").split()]


def test_wheel_keys_and_buttons_move_the_map_and_a_building_opens_its_stack(carol):
    whole = looking_at(carol)
    carol.get_by_role("button", name="放大").click()
    carol.wait_for_function("width => document.querySelector('svg.map').viewBox.baseVal.width < width", arg=whole[2])
    carol.locator("[data-map]").focus()
    carol.keyboard.press("0")
    carol.wait_for_function("width => document.querySelector('svg.map').viewBox.baseVal.width == width", arg=whole[2])
    carol.locator("svg.map .building").first.click(force=True)
    carol.wait_for_url("**/buildings/*")


def test_dragging_the_map_moves_it_and_opens_nothing(carol):
    carol.get_by_role("button", name="放大").click()
    box = carol.locator("svg.map").bounding_box()
    carol.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    before = looking_at(carol)
    carol.mouse.down()
    carol.mouse.move(box["x"] + box["width"] / 2 - 120, box["y"] + box["height"] / 2 - 60, steps=5)
    carol.mouse.up()
    carol.wait_for_function("x => document.querySelector('svg.map').viewBox.baseVal.x > x", arg=before[0])
    assert "/map" in carol.url


def test_a_frame_of_zooming_costs_less_of_the_processor_than_a_frame_lasts(carol):
    """Processor time of the page's own thread, so that a busy machine does not decide."""
    session = carol.context.new_cdp_session(carol)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    before = spent()
    carol.evaluate(ZOOM)
    assert (spent() - before) * 1000 / 60 < FRAME


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)])
def test_no_name_lies_over_another_and_more_are_shown_the_closer_one_looks(carol, width, height):
    carol.set_viewport_size({"width": width, "height": height})
    shown = []
    for _ in range(4):
        carol.evaluate(RESTED)
        count, meeting = carol.evaluate(MEETING)
        assert not meeting
        shown.append(count)
    assert shown[-1] >= 1


def test_a_day_is_played_and_stopped(carol):
    carol.get_by_role("button", name="回放").click()
    slider = carol.locator("[data-film] input")
    first, last = (int(slider.get_attribute(end)) for end in ("min", "max"))
    assert slider.input_value() == str(last)
    carol.get_by_role("button", name="播放").click()
    carol.wait_for_function("at => Number(document.querySelector('[data-film] input').value) >= at", arg=first + 2)
    carol.get_by_role("button", name="暂停").click()
    stopped = slider.input_value()
    carol.wait_for_timeout(300)
    assert slider.input_value() == stopped and int(stopped) < last
    assert carol.get_by_text("这一天没有记录").count() == 1  # nobody walked the only grid of this small town


def test_a_printed_moment_of_a_day_says_which_it_is(carol):
    carol.get_by_role("button", name="回放").click()
    carol.emulate_media(media="print")
    assert carol.locator("[data-film] [data-time]").is_visible() and carol.get_by_text("· 回放 20").is_visible()
    assert not carol.locator("[data-film] [data-play]").is_visible()


def test_letters_are_larger_on_the_sheet_that_hangs_on_a_wall(carol):
    scale = "() => Number(document.querySelector('svg.map .names').style.getPropertyValue('--k'))"
    carol.wait_for_function(f"() => ({scale})() > 0")
    before = carol.evaluate(scale)
    carol.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert carol.evaluate(scale) > 1.5 * before
    carol.evaluate("dispatchEvent(new Event('afterprint'))")
    carol.wait_for_function(f"before => ({scale})() === before", arg=before)


def test_the_map_is_one_sheet_of_a3(carol):
    carol.emulate_media(media="print")
    assert carol.evaluate("getComputedStyle(document.body).page") == "map"
    assert b"/Count 1" in carol.pdf(prefer_css_page_size=True)
