"""The map in a real browser without a GPU: the time from one frame to the next while a hand zooms and moves it.

Asked is that a community of 300 buildings and a district of 456 grids are smooth on an office PC. Looked at are the
largest community of the bench (some 480 buildings) and its county (at a million people some 1,400 grids, and 400
communities without). The note says what a frame costs whatever else the machine does: of the page's own thread, and
of the whole browser, which paints in software.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench import cpu
from bench.context import Bench
from bench.figure import Measured, figure
from bench.wire import percentile

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREEN = {"width": 1440, "height": 900}
SMOOTH = 34  # milliseconds: thirty frames a second

MOVED = """async () => {
  const figure = document.querySelector("[data-map]"), svg = figure.querySelector("svg");
  const box = svg.getBoundingClientRect(), took = [];
  let last = await new Promise(requestAnimationFrame);
  for (let n = 0; n < 120; n++) {
    if (n % 2) figure.dispatchEvent(new KeyboardEvent("keydown", { key: n < 60 ? "ArrowRight" : "ArrowLeft" }));
    else svg.dispatchEvent(new WheelEvent("wheel", { deltaY: n < 60 ? -40 : 40, clientX: box.left + box.width / 3,
      clientY: box.top + box.height / 3, cancelable: true }));
    const now = await new Promise(requestAnimationFrame);
    took.push(now - last);
    last = now;
  }
  return took;
}"""
DRAWN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  done([performance.now(), performance.getEntriesByType("navigation")[0].responseStart]))))"""


@figure("map_community_frame_p95", unit="ms", target=SMOOTH)
def map_community(bench: Bench) -> Measured:
    code = bench.ask("SELECT grid / 1000 FROM people_building GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")[0][0]
    return _moved(bench, f"/map?area={code}")


@figure("map_district_frame_p95", unit="ms", target=SMOOTH)
def map_district(bench: Bench) -> Measured:
    return _moved(bench, f"/map?area={bench.data.grids[0] // 10**9}")


def _moved(bench: Bench, path: str) -> Measured:
    with _browser(bench) as page:
        page.goto(bench.server.url + path)
        drawn, answered = page.evaluate(DRAWN)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        thread, whole = _thread(session), cpu.seconds(os.getpid())
        took = page.evaluate(MOVED)
        thread, whole = _thread(session) - thread, cpu.seconds(os.getpid()) - whole
        shapes = page.locator("svg.map path").count()
    each = 1000 / len(took)
    return Measured(percentile(took, 0.95), note=(
        f"{shapes:,} shapes; a frame costs {thread * each:.1f} ms of the page's thread, {whole * each:.0f} of the"
        f" browser; drawn {drawn / 1000:.1f} s after it was asked for, {answered / 1000:.1f} of them the server's"))


def _thread(session) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


@contextmanager
def _browser(bench: Bench) -> Iterator["Page"]:
    """A page of somebody who looks after the whole county, signed in."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
    import chromium

    path = chromium.find_or_install()
    if not path:
        raise SystemExit(chromium.SORRY)
    name, value = bench.cookie("district").split("=", 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport=SCREEN, locale="zh-CN")
        context.set_default_timeout(120_000)
        context.add_cookies([{"name": name, "value": value, "url": bench.server.url}])
        yield context.new_page()
        browser.close()
