"""Whoever looks around in `make demo` sees what each page is for, before having done anything."""

import pytest
from playwright.sync_api import expect

from .office import sign_in

pytestmark = pytest.mark.browser
SECRETARY = "community_secretary"
SHOWN = ("/board", "/doors", "/coverage", "/campaigns", "/close-outs", "/register", "/seen", "/returns", "/phones",
         "/phones/held", "/phones/conflicts", "/phones/complaints", "/matrix", "/areas/overlays", "/areas/regridding",
         "/designs", "/emergency/all")


def test_no_page_of_the_demonstration_is_empty(chrome, town):
    page = sign_in(chrome, town.url, town.who(SECRETARY))
    for path in SHOWN:
        page.goto(path)
        assert page.locator(".empty-state").count() == 0, path
    page.context.close()


def test_the_return_of_yesterday_was_confirmed_and_says_what_was_seen_then(chrome, town):
    page = sign_in(chrome, town.url, town.who(SECRETARY))
    page.goto("/returns")
    expect(page.locator("main")).not_to_contain_text("缺报")
    page.get_by_role("link", name="前一天").click()
    expect(page.locator("main")).to_contain_text("晚于规定时间")
    expect(page.locator("tr", has_text="今日已见到").locator("td.num")).not_to_have_text("0")
    page.context.close()
