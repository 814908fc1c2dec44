"""The phone works without the server: a day on the stairs, a killed app, a lost answer, a long outage."""

import json
import urllib.request

import pytest
from playwright.sync_api import Route, expect

from .phone import PATIENCE, Phone

pytestmark = pytest.mark.browser


@pytest.fixture
def alice(chrome, town):
    phone = Phone(chrome, town.url, town.worker).sign_in().ready_for_offline()
    yield phone
    assert not phone.troubles
    phone.close()


@pytest.fixture
def second(chrome, town):
    """Another phone of the same worker: it shows what the server knows."""
    phone = Phone(chrome, town.url, town.worker)
    yield phone
    phone.close()


def test_a_day_without_a_network_is_recorded_survives_death_and_arrives(alice, second):
    alice.network(False)
    first, other = alice.open_door(0), None
    alice.tap("nobody_home")
    expect(alice.page.locator(".done")).to_contain_text("无人在家")
    alice.page.click(".ways .next")
    alice.page.wait_for_selector(".outcome")
    other = alice.page.evaluate("location.hash.split('/').pop()")
    alice.tap("vacant")
    alice.expect_unsent(2)

    alice.kill()
    alice.expect_unsent(2)
    assert alice.task(first)["outcome"] is None, "the mirror tells what the server said, the list what was done"
    expect(alice.page.locator(f"a.door[href='#/door/{other}']")).to_have_count(0)

    alice.network(True)
    alice.kill()
    alice.expect_unsent(0)
    second.sign_in()
    assert second.task(first)["outcome"] == "nobody_home"
    assert second.task(first)["attempts"] == 1
    assert second.task(other)["state"] == "done"


def test_a_questionnaire_opens_and_is_answered_without_a_network(alice):
    alice.network(False)
    alice.kill()
    alice.open_door(2)
    alice.tap("met")
    alice.page.wait_for_selector(".sheet .card")
    alice.page.click(".sheet button[type=submit]")
    if alice.page.locator(".sheet [data-wrong]").count():
        answer_what_is_asked(alice)
        alice.page.click(".sheet button[type=submit]")
    alice.expect_unsent(1)
    [entry] = alice.table("ops")
    assert entry["op"]["outcome"] == "met"
    assert isinstance(entry["op"]["answers"], dict)
    alice.network(True)
    alice.sync()
    alice.expect_unsent(0)


def answer_what_is_asked(phone: Phone) -> None:
    """Something valid to every question that is still called wrong."""
    for _ in range(20):
        wrong = phone.page.locator(".sheet [data-wrong]").first
        if not wrong.count():
            return
        if wrong.locator(".option").count():
            wrong.locator(".option").first.click()
        else:
            wrong.locator("input").first.fill("1")
        phone.page.wait_for_timeout(50)


def test_the_outbox_goes_into_a_file_and_stays_on_the_phone(alice):
    alice.network(False)
    alice.open_door(3)
    alice.page.fill("#note", "门口有狗")
    alice.tap("nobody_home")
    alice.expect_unsent(1)
    alice.go("me")
    with alice.page.expect_download() as saved:
        alice.page.get_by_role("button", name="导出到文件").click()
    content = json.loads(saved.value.path().read_text())
    assert content["ops"] == [entry["op"] for entry in alice.table("ops")]
    assert content["ops"][0]["note"] == "门口有狗"
    alice.expect_unsent(1)
    alice.network(True)
    alice.sync()


def test_a_lost_answer_is_asked_for_again_and_counts_once(chrome, town):
    phone = Phone(chrome, town.url, town.worker, with_worker=False).sign_in()
    lost = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().json())
            route.abort()

    phone.page.route("**/sync/push", lose_the_first)
    door = phone.open_door(1)
    phone.tap("nobody_home")
    phone.expect_unsent(1)
    expect(phone.page.locator(".badge small")).to_have_text("没有网络")
    assert lost[0]["results"][0]["status"] == "accepted"
    phone.sync()
    phone.expect_unsent(0)
    assert phone.task(door)["attempts"] == 1
    phone.close()


def test_a_photo_is_made_small_and_follows_its_record(chrome, town, tmp_path):
    picture = tmp_path / "big.png"
    page = chrome.new_page(viewport={"width": 2600, "height": 1900})
    page.set_content("<body style='background:repeating-conic-gradient(red 0 9deg, blue 0 18deg)'>")
    page.screenshot(path=picture)
    page.close()
    phone = Phone(chrome, town.url, town.worker, with_worker=False).sign_in()
    phone.open_door(1)
    phone.page.set_input_files("input[type=file]", picture)
    phone.page.wait_for_selector("text=照片已备好")
    with phone.page.expect_response("**/api/v1/attachments/*") as sent:
        phone.tap("vacant")
    assert sent.value.status == 204
    assert int(sent.value.request.all_headers()["content-length"]) <= 1_000_000
    phone.close()


def test_a_revoked_phone_is_emptied_and_says_why(chrome, town):
    phone = Phone(chrome, town.url, town.worker).sign_in()
    phone.open_door(0)
    token = phone.table("session")[0]["token"]
    leave = urllib.request.Request(f"{town.url}/api/v1/devices/leave", method="POST",
                                   headers={"Authorization": f"Bearer {token}"})
    urllib.request.urlopen(leave).close()
    phone.go("me")
    phone.page.get_by_role("button", name="现在同步").click()
    phone.page.wait_for_selector("#username", timeout=PATIENCE)
    assert phone.page.locator(".farewell").inner_text().strip()
    for table in ("session", "tasks", "people", "dwellings", "ops"):
        assert phone.table(table) == [], table
    phone.kill()
    assert phone.page.locator(".farewell").inner_text().strip(), "the reason is still there after a restart"
    phone.close()


def test_signing_out_warns_of_what_is_unsent_and_empties_the_phone(chrome, town):
    phone = Phone(chrome, town.url, town.worker).sign_in()
    phone.network(False)
    phone.open_door(0)
    phone.tap("nobody_home")
    phone.expect_unsent(1)
    phone.go("me")
    phone.page.get_by_role("button", name="退出并清空手机").click()
    dialog = phone.page.get_by_role("dialog")
    expect(dialog).to_contain_text("还有 1 条没有上传")
    dialog.get_by_role("button", name="仍然退出").click()
    phone.page.wait_for_selector("#username")
    assert phone.table("tasks") == [] and phone.table("ops") == []
    phone.close()
