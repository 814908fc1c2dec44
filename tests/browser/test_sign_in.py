"""Ways in besides the password, as a browser goes them: a passkey, and the account of one's unit."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fengchao.accounts.tests.provider import running
from fengchao.demo.server import Server

pytestmark = pytest.mark.browser
AUTHENTICATOR = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                 "isUserVerified": True, "automaticPresenceSimulation": True}


@pytest.fixture(scope="module")
def house(town) -> Iterator[str]:
    """The same town, served by the name that passkeys need, beside a provider of its unit."""
    server = Server(town.home)
    address = server.url.replace("127.0.0.1", "localhost")
    unit = running(f"{address}/accounts/oidc/unit/login/callback/",
                   {"u-1": {"preferred_username": "shuji", "name": "书记"}})
    with unit as provider, pytest.MonkeyPatch.context() as at:
        at.setenv("FENGCHAO_OIDC_URL", provider)
        at.setenv("FENGCHAO_OIDC_CLIENT", "fengchao")
        at.setenv("FENGCHAO_OIDC_SECRET", "s")
        with server:
            yield address


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def sign_in(page: Page, url: str, password: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("用户名").fill("shuji")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"{url}/board*")


def confirm(page: Page, password: str) -> None:
    """Who makes or removes a key shows once more who they are."""
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="确定").click()


def with_authenticator(page: Page) -> None:
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    key.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def test_a_passkey_is_made_opens_the_house_without_a_password_and_is_removed(page, house, town):
    password = next(one.password for one in town.accounts if one.username == "shuji")
    with_authenticator(page)
    sign_in(page, house, password)
    page.goto(f"{house}/accounts/passkeys/add/")
    confirm(page, password)
    page.get_by_label("给它起个名字").fill("办公室电脑")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("heading", name="备用码")).to_be_visible()
    page.goto(f"{house}/accounts/logout/")
    page.get_by_role("button", name="退出登录").click()

    page.goto(f"{house}/accounts/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(f"{house}/board*")

    page.goto(f"{house}/accounts/passkeys/")
    page.get_by_label("移除 办公室电脑").click()
    confirm(page, password)
    page.get_by_role("button", name="移除").click()
    expect(page.get_by_text("还没有通行密钥")).to_be_visible()


def test_without_a_passkey_the_page_says_what_to_do(page, house):
    with_authenticator(page)
    page.goto(f"{house}/accounts/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("alert")).to_contain_text("改用密码")


def test_the_account_of_ones_unit_opens_the_house(page, house):
    page.goto(f"{house}/accounts/login/")
    page.get_by_role("button", name="用单位账号登录").click()
    page.locator("input[name=login]").fill("u-1")
    page.locator("input[name=password]").fill("x")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{house}/board*")
