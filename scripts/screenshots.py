"""The pictures of the guide and of the README, taken of the demonstration by a real browser.

    python scripts/screenshots.py [--home DIR] [--url URL] [--out DIR] [--everything] [name ...]

Without --url it serves the demonstration itself from --home, on a free port of this machine. --everything takes each
page in both languages at 1440 and at 360 wide, to look at after a change; otherwise only what the guide shows. With
names, only those pictures.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import screenshot_steps as steps
from chromium import find_or_install
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "guide" / "img"
LANGUAGES = {"zh": "zh-CN", "en": "en"}
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 640}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

# The picture's name, who looks, and at what: a path, what leads to it (steps.path), or a step.
CONSOLE: dict[str, tuple[str, str | steps.Step]] = {
    "board": ("shuji", "/board"),
    "map": ("shuji", "/map"),
    "film": ("shuji", steps.film),
    "map-import": ("shuji", steps.map_import),
    "doors": ("shuji", "/doors"),
    "coverage": ("shuji", "/coverage"),
    "building": ("shuji", "{/board a[href*='/buildings/']}"),
    "register": ("shuji", "/register"),
    "person": ("shuji", "{/register a[href*='/register/people/']}"),
    "premises": ("shuji", "/register/premises"),
    "imports": ("shuji", "/imports"),
    "seen": ("shuji", "/seen"),
    "declare": ("shuji", "/campaigns/declare"),
    "returns": ("shuji", "/returns"),
    "matrix": ("shuji", "/matrix"),
    "designs": ("shuji", "{/designs main a[href*='/designs/']}"),
    "regriddings": ("shuji", "/areas/regridding"),
    "regridding": ("shuji", "{/areas/regridding td a[href*='/areas/regridding/']}"),
    "overlays": ("shuji", "/areas/overlays"),
    "phones": ("shuji", "/phones"),
    "conflicts": ("shuji", "/phones/conflicts"),
    "staff": ("shuji", "/staff"),
    "emergency": ("shuji", "{/emergency/all main a[href*='/emergency/']}"),
    "audit": ("jiedao", "/audit"),
    "national": ("jiedao", steps.national),
    "feeds": ("shuju", "/exchange/feeds"),
    "tokens": ("shuju", "/exchange"),
    "webhook": ("shuju", "{/exchange/webhooks td a[href*='/exchange/webhooks/']}"),
    "collect": ("guanli", steps.collect),
    "second-factor": ("wg02", steps.second_factor),
    "passkeys": ("wg02", steps.passkeys),
}
PHONE = "wg01"
PHONE_PAGES = {"phone-building": "a[href*='#/building/']", "phone-door": "a[href*='#/door/']"}
PHONES = ("phone-sign-in", "phone-today", *PHONE_PAGES, "phone-me")
CONTENT = "Math.max(...[...document.querySelectorAll('main *')].map(one => one.getBoundingClientRect().bottom))"
STILL = "document.getAnimations().every(one => one.playState !== 'running')"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=ROOT / ".fengchao")
    parser.add_argument("--url", default="")
    parser.add_argument("--out", type=Path, default=GUIDE)
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join((*CONSOLE, *PHONES)))
    args = parser.parse_args()
    wanted = set(args.names) or {*CONSOLE, *PHONES}
    if unknown := wanted.difference(CONSOLE, PHONES):
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    chromium = find_or_install() or sys.exit("no Chromium: see scripts/chromium.py")
    with serving(args.home, args.url) as url, sync_playwright() as playwright:
        passwords = {a["username"]: a["password"] for a in json.loads((args.home / "demo-accounts.json").read_text())}
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for language in LANGUAGES:
            (args.out / language).mkdir(parents=True, exist_ok=True)
            for width in (WIDE, NARROW) if args.everything else (WIDE,):
                console(browser, url, passwords, args.out / language, language, width, wanted)
            if not wanted.isdisjoint(PHONES):
                phone(browser, url, passwords[PHONE], args.out / language, language, wanted)
        browser.close()


@contextmanager
def serving(home: Path, url: str) -> Iterator[str]:
    """The address of the demonstration: the one given, or one served from `home` as long as it is needed."""
    if url:
        yield url
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "fengchao", "--home", str(home), "--port", str(port), "demo"]
    env = os.environ | {"FENGCHAO_SECOND_FACTOR_ROLES": ""}  # nobody is there to type a code
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env) as server:
        try:
            if not any(line.startswith("ready ") for line in server.stdout or ()):
                sys.exit("the demonstration did not start")
            yield f"http://localhost:{port}"  # no passkey is made for an address without a name
        finally:
            server.terminate()


def console(browser: Browser, url: str, passwords: dict[str, str], out: Path, language: str, size: dict[str, int],
            wanted: set[str]) -> None:
    for username in dict.fromkeys(who for name, (who, _) in CONSOLE.items() if name in wanted):
        context = browser.new_context(viewport=size, locale=LANGUAGES[language], timezone_id="Asia/Shanghai")
        page = context.new_page()
        page.goto(f"{url}/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", passwords[username])
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda address: "/accounts/login" not in address)
        seat = steps.Seat(page, url, passwords[username], language)
        for name, (who, what) in CONSOLE.items():
            if who == username and name in wanted:
                with (steps.path(what) if isinstance(what, str) else what)(seat):
                    height = min(size["height"], max(size["height"] / 2, page.evaluate(CONTENT) + 24))  # no empty half
                    page.screenshot(path=out / f"{name}{'' if size is WIDE else '-360'}.png",
                                    clip={"x": 0, "y": 0, "width": size["width"], "height": height})
        context.close()


def phone(browser: Browser, url: str, password: str, out: Path, language: str, wanted: set[str]) -> None:
    context = browser.new_context(viewport=NARROW, locale=LANGUAGES[language], device_scale_factor=2, has_touch=True,
                                  is_mobile=True, timezone_id="Asia/Shanghai")
    page = context.new_page()

    def take(name: str) -> None:
        page.wait_for_function(STILL)
        if name in wanted:
            page.screenshot(path=out / f"{name}.png")

    page.goto(f"{url}/field/")
    if language == "en":
        page.get_by_role("button", name="English").click()
    page.fill("input[name=username]", PHONE)
    page.fill("input[name=password]", password)
    take("phone-sign-in")
    page.click("button[type=submit]")
    page.wait_for_selector("a[href*='#/door/']", timeout=60_000)
    take("phone-today")
    for name, selector in PHONE_PAGES.items():
        page.goto(f"{url}/field/#/today")
        page.locator(selector).first.click()
        take(name)
    page.goto(f"{url}/field/#/me")
    take("phone-me")
    context.close()


if __name__ == "__main__":
    main()
