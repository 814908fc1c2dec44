"""The pictures of the guide and of the README, taken of the demonstration by a real browser.

    python scripts/screenshots.py [--home DIR] [--url URL] [--out DIR] [--everything]

Without --url it serves the demonstration itself from --home, on a free port of this machine. --everything takes each
page in both languages at 1440 and at 360 wide, to look at after a change; otherwise only what the guide shows.
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

from chromium import find_or_install
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "guide" / "img"
LANGUAGES = {"zh": "zh-CN", "en": "en"}
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 640}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

# who looks, at what, and the picture's name; {building} and {person} are the first of their kind on the board or list
CONSOLE = [
    ("shuji", "/board", "board"),
    ("shuji", "/map", "map"),
    ("shuji", "/doors", "doors"),
    ("shuji", "/coverage", "coverage"),
    ("shuji", "{/board a[href*='/buildings/']}", "building"),
    ("shuji", "/register", "register"),
    ("shuji", "{/register a[href*='/register/people/']}", "person"),
    ("shuji", "/register/premises", "premises"),
    ("shuji", "/imports", "imports"),
    ("shuji", "/seen", "seen"),
    ("shuji", "/campaigns/declare", "declare"),
    ("shuji", "/returns", "returns"),
    ("shuji", "/matrix", "matrix"),
    ("shuji", "{/designs main a[href*='/designs/']}", "designs"),
    ("shuji", "/areas/regridding", "regriddings"),
    ("shuji", "/phones", "phones"),
    ("shuji", "/staff", "staff"),
    ("shuji", "{/emergency/all main a[href*='/emergency/']}", "emergency"),
    ("jiedao", "/audit", "audit"),
    ("shuju", "/exchange/feeds", "feeds"),
]
PHONE = "wg01"
STILL = "document.getAnimations().every(one => one.playState !== 'running')"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=ROOT / ".fengchao")
    parser.add_argument("--url", default="")
    parser.add_argument("--out", type=Path, default=GUIDE)
    parser.add_argument("--everything", action="store_true")
    args = parser.parse_args()
    chromium = find_or_install() or sys.exit("no Chromium: see scripts/chromium.py")
    with serving(args.home, args.url) as url, sync_playwright() as playwright:
        passwords = {a["username"]: a["password"] for a in json.loads((args.home / "demo-accounts.json").read_text())}
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for language in LANGUAGES:
            (args.out / language).mkdir(parents=True, exist_ok=True)
            for width in (WIDE, NARROW) if args.everything else (WIDE,):
                console(browser, url, passwords, args.out / language, language, width)
            phone(browser, url, passwords[PHONE], args.out / language, language)
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
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def console(browser: Browser, url: str, passwords: dict[str, str], out: Path, language: str,
            size: dict[str, int]) -> None:
    for username in dict.fromkeys(who for who, _, _ in CONSOLE):
        context = browser.new_context(viewport=size, locale=LANGUAGES[language], timezone_id="Asia/Shanghai")
        page = context.new_page()
        page.goto(f"{url}/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", passwords[username])
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda address: "/accounts/login" not in address)
        for _, path, name in (shot for shot in CONSOLE if shot[0] == username):
            page.goto(url + find(page, url, path), wait_until="networkidle")
            page.screenshot(path=out / f"{name}{'' if size is WIDE else '-360'}.png")
        context.close()


def find(page: Page, url: str, path: str) -> str:
    """A path, or `{page selector}`: where the first such link of a page leads."""
    if not path.startswith("{"):
        return path
    start, selector = path[1:-1].split(" ", 1)
    page.goto(url + start, wait_until="networkidle")
    return page.locator(selector).first.get_attribute("href") or start


def phone(browser: Browser, url: str, password: str, out: Path, language: str) -> None:
    context = browser.new_context(viewport=NARROW, locale=LANGUAGES[language], device_scale_factor=2, has_touch=True,
                                  is_mobile=True, timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto(f"{url}/field/")
    if language == "en":
        page.get_by_role("button", name="English").click()
    page.fill("input[name=username]", PHONE)
    page.fill("input[name=password]", password)
    page.screenshot(path=out / "phone-sign-in.png")
    page.click("button[type=submit]")
    page.wait_for_selector("a[href*='#/door/']", timeout=60_000)
    page.screenshot(path=out / "phone-today.png")
    for name, selector in (("phone-building", "a[href*='#/building/']"), ("phone-door", "a[href*='#/door/']")):
        page.goto(f"{url}/field/#/today")
        page.locator(selector).first.click()
        page.wait_for_function(STILL)
        page.screenshot(path=out / f"{name}.png")
    page.goto(f"{url}/field/#/me")
    page.wait_for_function(STILL)
    page.screenshot(path=out / "phone-me.png")
    context.close()


if __name__ == "__main__":
    main()
