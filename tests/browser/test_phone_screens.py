"""The screens: both languages, 360 wide, without colour, by keyboard, and nothing fetched from anywhere else."""

import re
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from .phone import Phone

pytestmark = pytest.mark.browser
SCREENS = ("today", "search", "me")
TARGET = 48  # pixels: a finger in a glove
OUR_WORDS = """[...document.querySelectorAll('nav, h2, button, .badge, label, summary .soft')]
  .map((one) => one.innerText).join(' ')"""


@pytest.fixture
def bob(chrome, town):
    phone = Phone(chrome, town.url, town.worker).sign_in()
    yield phone
    assert not phone.troubles
    phone.close()


def overflow(phone: Phone) -> int:
    return phone.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def small_targets(phone: Phone) -> list[str]:
    return phone.page.evaluate("""(least) => [...document.querySelectorAll('button, a, summary, label.pick')]
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < least - 0.5)
      .map((one) => one.outerHTML.slice(0, 90))""", TARGET)


def each_screen(phone: Phone):
    for screen in SCREENS:
        phone.go(screen)
        phone.page.wait_for_selector("main.page")
        yield screen
    phone.go("today")
    phone.page.locator("a.stack").first.click()
    phone.page.wait_for_selector(".cell")
    yield "building"
    phone.page.locator("a.cell.remains").first.click()
    phone.page.wait_for_selector(".outcome")
    yield "door"


def test_every_screen_fits_the_phone_and_has_targets_for_a_glove(bob):
    for screen in each_screen(bob):
        assert overflow(bob) == 0, screen
        assert small_targets(bob) == [], screen
    heights = bob.page.locator(".outcome").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert heights and min(heights) >= 64


def test_every_screen_speaks_english_when_asked(bob):
    bob.go("me")
    bob.page.get_by_role("button", name="English").click()
    for screen in each_screen(bob):
        left = set(re.findall(r"[\u4e00-\u9fff]+", bob.page.evaluate(OUR_WORDS))) - {"中文", "语言"}
        ours = {word for word in left if not belongs_to_data(bob, word)}
        assert not ours, (screen, ours)
        assert overflow(bob) == 0, screen
    bob.kill()
    expect(bob.page.locator(".badge b")).to_have_text("Unsent: 0")


def belongs_to_data(phone: Phone, word: str) -> bool:
    """Names of places, people and campaigns are what they are in every language."""
    tables = [str(phone.table(name)) for name in ("buildings", "campaigns", "people", "grids", "dwellings")]
    return any(word in table for table in tables)


def test_outcomes_are_told_by_shape_as_well_as_colour(bob):
    door = bob.open_door(1)
    bob.tap("vacant")
    bob.page.wait_for_selector(".done")
    bob.go("today")
    bob.page.locator("a.stack").first.click()
    bob.page.wait_for_selector(".cell")
    cell = bob.page.locator(f"a.cell[href='#/door/{door}']")
    expect(cell).to_have_attribute("aria-label", re.compile("空置"))
    expect(cell.locator("svg")).to_have_count(1)


def test_a_mistake_is_corrected_and_a_wrong_door_taken_back(bob):
    door = bob.open_door(2)
    before = bob.task(door)
    bob.tap("refused")
    bob.page.get_by_role("button", name="改正").click()
    bob.tap("nobody_home")
    expect(bob.page.locator(".done")).to_contain_text("无人在家")
    bob.page.get_by_role("button", name="改正").click()
    bob.tap("withdrawn")
    bob.page.wait_for_selector(".outcome")
    bob.sync()
    bob.expect_unsent(0)
    told = bob.task(door)
    assert (told["state"], told["outcome"], told["attempts"]) == ("open", None, before["attempts"])


def test_a_member_found_at_the_door_is_added_on_the_spot(bob):
    bob.open_door(3)
    bob.page.get_by_role("button", name="加一人").click()
    bob.page.get_by_role("button", name="保存").click()
    expect(bob.page.locator(".van-popup--bottom")).to_contain_text("请填姓名")
    bob.page.fill("#person-name", "林小满")
    bob.page.get_by_role("button", name="女", exact=True).click()
    bob.page.get_by_role("button", name="保存").click()
    expect(bob.page.locator("main")).to_contain_text("林小满")
    bob.page.wait_for_selector(".van-popup--bottom", state="detached")
    bob.sync()
    bob.expect_unsent(0)
    assert any(person["name"] == "林小满" for person in bob.table("people"))


def test_doors_are_found_by_name(bob):
    person = bob.table("people")[0]
    bob.go("search")
    bob.page.fill("#search", person["name"])
    expect(bob.page.locator(f"a.door[href='#/door/{person['dwelling']}']")).to_be_visible()


def test_a_complaint_goes_to_the_office(bob):
    bob.go("me")
    bob.page.fill("#complaint", "同一张表填了三遍")
    bob.page.get_by_role("button", name="提交").click()
    bob.sync()
    bob.expect_unsent(0)


def test_a_door_is_recorded_by_keyboard_alone(bob):
    bob.open_door(4)
    bob.page.keyboard.press("Tab")
    for _ in range(40):
        if bob.page.evaluate("document.activeElement?.dataset?.outcome") == "vacant":
            break
        bob.page.keyboard.press("Tab")
    bob.page.keyboard.press("Enter")
    expect(bob.page.locator(".done")).to_contain_text("空置")


def test_nothing_is_asked_of_any_other_server(bob, town):
    for _ in each_screen(bob):
        pass
    hosts = {urlparse(url).netloc for url in bob.asked if url.startswith("http")}
    assert hosts == {urlparse(town.url).netloc}


def test_a_wrong_password_is_told_in_the_servers_words_and_keeps_nothing(chrome, town):
    phone = Phone(chrome, town.url, town.worker)
    phone.page.fill("#username", town.worker.username)
    phone.page.fill("#password", "not-the-password")
    phone.page.click("button[type=submit]")
    phone.page.wait_for_selector(".trouble")
    assert phone.table("session") == []
    phone.close()


def test_the_phone_can_be_installed(bob, town):
    manifest = bob.page.request.get(f"{town.url}/field/manifest.webmanifest").json()
    assert manifest["scope"] == manifest["start_url"] == "/field/"
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        assert bob.page.request.get(f"{town.url}/field/{icon['src']}").ok
