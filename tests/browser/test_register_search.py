"""Whoever looks for somebody stays on the page, and the browser's way back is the way back."""

import pytest
from playwright.sync_api import expect

from .office import sign_in

pytestmark = pytest.mark.browser
FOUND = "#people a[href*='/register/people/']"


def test_a_search_comes_into_the_page_and_back_leads_to_the_register(chrome, town):
    page, troubles = sign_in(chrome, town.url, town.who("community_secretary")), []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{town.url}/register")
    name = page.locator(FOUND).first.inner_text()
    page.evaluate("window.stayed = true")
    page.fill("#q", name)
    page.press("#q", "Enter")
    expect(page.get_by_text("回到名册")).to_be_visible()
    assert name in page.locator(FOUND).first.inner_text()
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    page.go_back()
    expect(page.get_by_text("回到名册")).to_have_count(0)
    expect(page.locator("#sidenav")).to_be_visible()
    page.go_forward()
    expect(page.get_by_text("回到名册")).to_be_visible()
    expect(page.locator("#sidenav")).to_be_visible()
    page.locator(FOUND).first.click()
    page.go_back()
    expect(page.locator("#sidenav")).to_be_visible()
    assert troubles == []
    page.context.close()
