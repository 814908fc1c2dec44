"""A person at the office's PC, in a browser of their own."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page

from fengchao.demo.cast import Account

LANGUAGES = {"zh": "zh-CN", "en": "en"}
MOST_TABS = 250  # a page on which the keyboard needs more is no page for the keyboard


def sign_in(chrome: Browser, url: str, account: Account, language: str = "zh", width: int = 1440) -> Page:
    context = chrome.new_context(viewport={"width": width, "height": 900}, locale=LANGUAGES[language], base_url=url,
                                 timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", account.username)
    page.fill("input[name=password]", account.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
    return page


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the first such element has the focus, and the focus can be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", selector
            return
    raise AssertionError(f"Tab does not reach {selector} on {page.url}")


def enter(page: Page) -> None:
    """Enter on a link or button that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def take_second_factor(page: Page, account: Account) -> None:
    """What an administrator must do at the first sign-in: the password again, and six digits of an authenticator."""
    page.fill("main input[name=password]", account.password)
    page.press("main input[name=password]", "Enter")
    page.wait_for_selector("input[name=code]")
    secret = page.locator("main").inner_text()
    found = next(word for word in secret.split() if len(word) == 32)
    page.fill("input[name=code]", format_hotp_value(hotp_value(found, int(time.time()) // 30)))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda address: "/activate/" not in address)
