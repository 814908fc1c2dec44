"""Every page of the office for whoever uses no mouse or reads with a screen reader, in both languages and widths."""

import re
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from playwright.sync_api import Page, expect

from fengchao.base import postgres
from fengchao.people.tests.test_importing import ROWS, workbook
from tests.laws.permission_table import TABLE

from .conftest import Town
from .office import enter, sign_in, tab_to, take_second_factor

pytestmark = pytest.mark.browser
AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN = """() => axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations
  .filter(({impact}) => ['serious', 'critical'].includes(impact))
  .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({html}) => html.slice(0, 200)).join(' | ')}`))"""
WIDTHS = (1440, 360)
TONGUES = {"zh": "zh-hans", "en": "en"}


class Where(NamedTuple):
    """The page at `start`, or what stands `below` the address of its first such `link`."""

    role: str
    start: str
    link: str = ""
    below: str = ""


SECRETARY, ADMINISTRATOR = "community_secretary", "system_administrator"
PERSON = "a[href*='/register/people/']"
PREMISES = "td a[href*='/register/premises/']"
PAGES = {
    "home": Where(SECRETARY, "/"), "returns": Where(SECRETARY, "/returns"), "phones": Where(SECRETARY, "/phones"),
    "held": Where(SECRETARY, "/phones/held"), "conflicts": Where(SECRETARY, "/phones/conflicts"),
    "complaints": Where(SECRETARY, "/phones/complaints"), "outbox": Where(SECRETARY, "/phones/outbox"),
    "account": Where(SECRETARY, "/account"), "matrix": Where(SECRETARY, "/matrix"),
    "duty_give": Where(SECRETARY, "/matrix", "a[href*='/duties/give']"), "areas": Where(SECRETARY, "/areas"),
    "board": Where(SECRETARY, "/board"), "building": Where(SECRETARY, "/board", "a[href*='/buildings/']"),
    "doors": Where(SECRETARY, "/doors"), "doors_paper": Where(SECRETARY, "/doors/paper"),
    "door": Where(SECRETARY, "/doors", "td a[href*='/doors/']"), "coverage": Where(SECRETARY, "/coverage"),
    "campaigns": Where(SECRETARY, "/campaigns"),
    "campaign": Where(SECRETARY, "/campaigns", "td a[href*='/campaigns/']"),
    "declare": Where(SECRETARY, "/campaigns/declare?kind=verify_visit"), "register": Where(SECRETARY, "/register"),
    "household": Where(SECRETARY, "/register", "a[href*='/register/households/']"),
    "person": Where(SECRETARY, "/register", PERSON), "person_edit": Where(SECRETARY, "/register", PERSON, "/edit"),
    "person_access": Where(SECRETARY, "/register", PERSON, "/access"), "forms": Where(SECRETARY, "/forms"),
    "form": Where(SECRETARY, "/forms", "td a[href*='/forms/']"), "close_outs": Where(SECRETARY, "/close-outs"),
    "imports": Where(SECRETARY, "/imports"), "premises": Where(SECRETARY, "/register/premises"),
    "premises_add": Where(SECRETARY, "/register/premises/add"),
    "premises_one": Where(SECRETARY, "/register/premises", PREMISES),
    "premises_edit": Where(SECRETARY, "/register/premises", PREMISES, "/edit"),
    "audit": Where("street_officer", "/audit"), "designs": Where(SECRETARY, "/designs"),
    "design": Where(SECRETARY, "/designs", "td a[href*='/designs/']"),
    "map": Where(SECRETARY, "/map"), "map_imports": Where(SECRETARY, "/map/imports"),
    "overlays": Where(SECRETARY, "/areas/overlays"), "regriddings": Where(SECRETARY, "/areas/regridding"),
    "regridding": Where(SECRETARY, "/areas/regridding", "td a[href*='/areas/regridding/']"),
    "national": Where(SECRETARY, "/areas/national"),
    "regrid_draft": Where(SECRETARY, "/areas/regridding/new"), "twice": Where(SECRETARY, "/register/twice"),
    "person_move": Where(SECRETARY, "/register", PERSON, "/move"), "sightings": Where(SECRETARY, "/seen"),
    "emergency": Where(SECRETARY, "/emergency"), "emergencies": Where(SECRETARY, "/emergency/all"),
    "emergency_one": Where(SECRETARY, "/emergency/all", "main a[href*='/emergency/']"),
    "staff": Where(SECRETARY, "/staff"), "tokens": Where(ADMINISTRATOR, "/exchange"),
    "token_new": Where(ADMINISTRATOR, "/exchange/tokens/new"), "feeds": Where(ADMINISTRATOR, "/exchange/feeds"),
    "token_collect": Where(ADMINISTRATOR, "/exchange/tokens/collect"),
    "webhooks": Where(ADMINISTRATOR, "/exchange/webhooks"),
    "webhook": Where(ADMINISTRATOR, "/exchange/webhooks", "td a[href*='/exchange/webhooks/']"),
    "webhook_new": Where(ADMINISTRATOR, "/exchange/webhooks/new"),
    "users": Where(ADMINISTRATOR, "/users"), "user_new": Where(ADMINISTRATOR, "/users/new"),
    "user": Where(ADMINISTRATOR, "/users", "td a[href*='/users/']"),
}
# Parts of pages, files, what a machine reads; import_run and close_out are looked at step by step below; the last ones
# need a day to pass or a file.
NO_PAGES = {"place_menu", "me_menu", "duty_choose", "area_pick", "healthz", "progress", "returns_xlsx", "doors_export",
            "form_workbook", "answers", "register_export", "register_template", "import_errors", "import_run",
            "premises_export", "premises_template", "emergency_places", "regrid_sheet", "staff_template", "design_plan",
            "close_out", "certificate", "sighting_list", "staff_list", "map_import", "national_file"}


def test_every_page_of_the_permission_table_is_looked_at():
    named = {line.split()[0] for line in TABLE.splitlines() if line.split()[1:2] == ["GET"]}
    assert {name for name in named - NO_PAGES if not name.startswith("api")} <= set(PAGES)


def go_to(page: Page, where: Where) -> None:
    page.goto(where.start)
    if where.link:
        page.goto((page.locator(where.link).first.get_attribute("href") or "") + where.below)


def test_no_page_has_a_serious_obstacle_in_either_language(chrome, town):
    obstacles = []
    for role in dict.fromkeys(where.role for where in PAGES.values()):
        page = sign_in(chrome, town.url, town.who(role))
        if role == ADMINISTRATOR:
            take_second_factor(page, town.who(role))
        for language in TONGUES:
            speak(page, town, language)
            for name, where in PAGES.items():
                if where.role == role:
                    go_to(page, where)
                    obstacles += [f"{language} {name} {found}" for found in obstacles_of(page)]
        page.context.close()
    assert not obstacles, "\n".join(obstacles)


def speak(page: Page, town: Town, language: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": TONGUES[language], "url": town.url}])
    page.goto("/account")
    expect(page.locator("html")).to_have_attribute("lang", re.compile(language))


def obstacles_at(page: Page, town: Town, path: str) -> list[str]:
    found = []
    for language in reversed(TONGUES):  # and stays with Chinese
        speak(page, town, language)
        page.goto(path)
        found += [f"{language} {path} {one}" for one in obstacles_of(page)]
    return found


def test_an_import_and_an_erasure_have_none_either_step_by_step(chrome, town, tmp_path):
    page = sign_in(chrome, town.url, town.who(SECRETARY))
    obstacles, book = [], workbook(tmp_path / "a.xlsx", [*ROWS, ["融侨城", "3号楼", "2", "504", *[""] * 7]])
    for start in ("/imports", "/seen"):
        page.goto(start)
        page.set_input_files("#file", book)
        page.click("form:has(#file) button.btn-primary")
        page.wait_for_url("**/imports/*-*")
        at = page.url
        obstacles += obstacles_at(page, town, at)
        page.click("main form button.btn-primary")
        expect(page.locator("form[action$='/confirm']")).to_be_visible(timeout=60_000)
        obstacles += obstacles_at(page, town, at)
        page.click("button[formaction$='/drop']")
    page.goto("/campaigns/declare?kind=premises_check")
    page.fill("[name=purpose]", "走访商铺")
    page.fill("[name=basis]", "应急预案")
    page.press("[name=basis]", "Enter")
    page.click("button[name=sure]")
    page.wait_for_url(re.compile(r"/campaigns/[0-9a-f-]{36}$"))
    campaign = page.url.rsplit("/", 1)[1]
    wait_until_it_runs(page)
    page.click("form[action$='/close'] button")
    page.click("dialog button[value=yes]")
    expect(page.locator("#notices")).not_to_be_empty()
    for _ in range(2):  # to be counted; counted, and to be approved by somebody else
        obstacles += obstacles_at(page, town, f"/close-outs/{campaign}")
        if page.locator("form[action$='/count']").count():
            page.click("form[action$='/count'] button")
            expect(page.locator("form[action$='/count']")).to_have_count(0)
    page.context.close()
    page = sign_in(chrome, town.url, town.who("street_officer"))
    page.goto(f"/close-outs/{campaign}")
    page.click("form[action$='/approve'] button")
    let_expire(town, campaign)
    page.goto(f"/close-outs/{campaign}")
    page.click("form[action$='/erase'] button")
    page.click("dialog button[value=yes]")
    done = page.locator("main a[href$='/certificate'], main a[href='']").first  # come by itself, or to be fetched
    expect(done).to_be_visible(timeout=60_000)
    obstacles += obstacles_at(page, town, f"/close-outs/{campaign}/certificate")
    page.context.close()
    assert not obstacles, "\n".join(obstacles)


def let_expire(town: Town, campaign: str) -> None:
    """As if the months had passed for which its answers are kept."""
    with psycopg.connect(postgres.ensure(town.home).owner) as connection:
        connection.execute("UPDATE work_campaign SET expires = current_date - 2 WHERE id = %s", [campaign])


def obstacles_of(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        beside = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"at {width}: {beside} px stand over the edge"] * (beside > 0)
        found += [f"at {width}: {one}" for one in page.evaluate(RUN)]
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


def wait_until_it_runs(page: Page) -> None:
    """The page comes again by itself, unless the work was done before it first looked."""
    for _ in range(60):
        if "进行中" in page.locator(".pagehead .sub").inner_text():
            return
        page.wait_for_timeout(1000)
        if page.locator("main a[href='']").count():
            page.reload()
    raise AssertionError("the tasks are not made")


def test_a_campaign_is_declared_assigned_recorded_and_signed_off_without_a_mouse(chrome, town):
    page = sign_in(chrome, town.url, town.who(SECRETARY))
    keys = page.keyboard
    page.goto("/campaigns")
    keys.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"  # past the navigation with one key
    keys.press("Enter")
    tab_to(page, "main a[href$='/campaigns/declare']")
    enter(page)
    tab_to(page, "a[href='?kind=premises_check']")
    enter(page)
    for field, words in (("purpose", "走访商铺"), ("basis", "应急预案")):
        tab_to(page, f"[name={field}]")
        keys.type(words)
    enter(page)
    tab_to(page, "button[name=sure]")
    enter(page)
    expect(page).to_have_url(re.compile(r"/campaigns/[0-9a-f-]{36}$"))
    at = page.url
    wait_until_it_runs(page)

    tab_to(page, "main a[href*='/doors?campaign=']")
    enter(page)
    tab_to(page, "main td a[href*='/doors/']")
    enter(page)
    tab_to(page, "main input[type=radio][name=outcome]")
    keys.press("Space")
    tab_to(page, "main form button.btn-primary")
    enter(page)
    expect(page.locator("#notices")).not_to_be_empty()

    page.goto(f"/doors?campaign={at.rsplit('/', 1)[1]}")
    tab_to(page, "[data-all]")
    keys.press("Space")
    tab_to(page, "#assign-to")
    keys.press("ArrowDown")
    tab_to(page, "button[formaction*=assign]")
    enter(page)
    expect(page.locator("#notices")).not_to_be_empty()
    tab_to(page, "[data-all]")
    keys.press("Space")
    tab_to(page, "#exclude-why")
    keys.type("已歇业")
    tab_to(page, "button[formaction*=exclude]")
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()  # asked, and answered by keyboard too
    tab_to(page, "dialog button[value=yes]")
    enter(page)
    expect(page.locator("#notices")).not_to_be_empty()

    for area in (*town.grids, town.who(SECRETARY).area):
        page.goto(f"/coverage?area={area}&campaign={at.rsplit('/', 1)[1]}")
        if page.locator("#sign-note").count():
            tab_to(page, "main form button.btn-primary")
            enter(page)
            expect(page.locator(".alert-success").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("全部有结果")
    page.context.close()
