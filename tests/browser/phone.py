"""A grid worker's phone, as the journeys hold it: a context of its own, 360 x 640, that can lose its network."""

import time
from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, expect

from fengchao.demo.cast import Account

SCREEN = {"width": 360, "height": 640}
PATIENCE = 20_000  # milliseconds; the machine may be busy with other tests

KEPT = """async () => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
  return kept.flat().map(({ url }) => url)
}"""


class Phone:
    def __init__(self, browser: Browser, url: str, account: Account, *, with_worker: bool = True) -> None:
        self.url, self.account = url, account
        self.context: BrowserContext = browser.new_context(
            viewport=SCREEN, has_touch=True, is_mobile=True, locale="zh-CN", timezone_id="Asia/Shanghai",
            service_workers="allow" if with_worker else "block", accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE)
        self.troubles: list[str] = []
        self.asked: set[str] = set()
        self.page = self.open()

    def open(self) -> Page:
        """A new tab, as after the phone was switched off: nothing in memory is left."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if "Content Security" in said.text else None)
        page.on("request", lambda request: self.asked.add(request.url))
        page.goto(f"{self.url}/field/")
        return page

    def kill(self) -> None:
        self.page.close()
        self.page = self.open()

    def sign_in(self) -> "Phone":
        self.page.fill("#username", self.account.username)
        self.page.fill("#password", self.account.password)
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".left, .empty")
        expect(self.page.get_by_role("status").first).to_contain_text("已同步", timeout=PATIENCE)
        return self

    def ready_for_offline(self) -> "Phone":
        """The service worker holds the program, the questionnaires' engine included."""
        self.page.evaluate("navigator.serviceWorker.ready")
        self.until(lambda: self.page.evaluate("!!navigator.serviceWorker.controller"))
        self.until(lambda: any("/engine-" in url for url in self.page.evaluate(KEPT)))
        return self

    def network(self, there: bool) -> None:
        self.context.set_offline(not there)

    def go(self, screen: str) -> None:
        self.page.evaluate(f"location.hash = '#/{screen}'")

    def open_door(self, nth: int = 0) -> str:
        """Opens one of the remaining doors of today; its key."""
        self.go("today")
        self.page.locator("a.door").nth(nth).click()
        self.page.wait_for_selector(".outcome")
        return self.page.evaluate("location.hash.split('/').pop()")

    def tap(self, outcome: str) -> None:
        self.page.click(f"[data-outcome={outcome}]")

    def expect_unsent(self, n: int) -> None:
        expect(self.page.locator(".badge b")).to_have_text(f"未上传：{n}", timeout=PATIENCE)

    def task(self, dwelling: str) -> dict:
        """What the mirror says of a door: the server's word, without what waits on the phone."""
        return next(row for row in self.table("tasks") if row["dwelling"] == dwelling)

    def table(self, name: str) -> list[dict]:
        return self.page.evaluate("""(name) => new Promise((done) => {
          const opening = indexedDB.open('fengchao')
          opening.onsuccess = () => {
            const asking = opening.result.transaction(name).objectStore(name).getAll()
            asking.onsuccess = () => { done(asking.result); opening.result.close() }
          }
        })""", name)

    def sync(self) -> None:
        """A round now, and wait until it has brought the list."""
        before = self.table("session")[0]["pulled_at"]
        self.go("me")
        button = self.page.get_by_role("button", name="现在同步")

        def pulled() -> bool:
            if button.is_visible():  # not while a round of the phone's own is under way
                button.click()
            return self.table("session")[0]["pulled_at"] > before

        self.until(pulled)

    def until(self, check: Callable[[], bool]) -> None:
        """The page's own policy forbids Playwright's polling of expressions; this asks from outside."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not check():
            assert time.monotonic() < deadline, "waited in vain"
            self.page.wait_for_timeout(100)

    def close(self) -> None:
        self.context.close()
