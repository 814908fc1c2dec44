"""Pictures that take more than opening a page. Each step is a context: it leaves the demonstration as it found it."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Page

from fengchao.areas import register
from fengchao.base import clock
from fengchao.demo.cli import COMMUNITY
from fengchao.demo.synthetic import community
from fengchao.demo.synthetic.ground import ground
from fengchao.engines.geometry import coordinates

HOUSEHOLDS = 4883  # of `fengchao demo`
AUTHENTICATOR = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                 "isUserVerified": True, "automaticPresenceSimulation": True}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's browser, signed in."""

    page: Page
    url: str
    password: str
    language: str

    def open(self, path: str) -> None:
        self.page.goto(self.url + path, wait_until="networkidle")

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state("networkidle")

    def confirm(self) -> None:
        """What is asked again before an account is changed."""
        if self.page.locator("main input[name=password]").count():
            self.page.fill("main input[name=password]", self.password)
            self.page.press("main input[name=password]", "Enter")
            self.page.wait_for_load_state("networkidle")


Step = Callable[[Seat], AbstractContextManager[None]]


def path(address: str) -> Step:
    """A page; or `{page selector}`: where the first such link of a page leads."""

    def step(seat: Seat) -> AbstractContextManager[None]:
        there = address
        if address.startswith("{"):
            start, selector = address[1:-1].split(" ", 1)
            seat.open(start)
            there = seat.page.locator(selector).first.get_attribute("href") or start
        seat.open(there)
        return nullcontext()

    return step


@contextmanager
def film(seat: Seat) -> Iterator[None]:
    """Yesterday, in the middle of the afternoon."""
    seat.open(f"/map?day={clock.today() - timedelta(days=1)}")
    seat.page.locator("[data-film] input[type=range]").fill("88")
    yield


@contextmanager
def map_import(seat: Seat) -> Iterator[None]:
    """The borders of the grids as somebody drew them, one under a name that no grid has."""
    seat.open("/map/imports")
    seat.page.set_input_files("#file", {"name": "网格边界.geojson", "mimeType": "application/geo+json",
                                        "buffer": borders()})
    seat.page.check("input[name=what][value=boundaries]")
    seat.page.check("input[name=datum][value=wgs84]")
    seat.press("main form button.btn-primary")
    yield
    seat.press("form[action$='/drop'] button")


def borders() -> bytes:
    shapes = ground(community(COMMUNITY, HOUSEHOLDS, 1)).borders
    features = [{"type": "Feature", "properties": {"网格": f"第{code % 1000}网格"},
                 "geometry": {"type": "MultiPolygon", "coordinates": coordinates(shape)}}
                for code, shape in shapes.items()]
    features[4]["properties"] = {"网格": "沿河网格"}
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


@contextmanager
def national(seat: Seat) -> Iterator[None]:
    """A newer register of the street, in which the community has another number and another name."""
    seat.open(f"/areas/national?area={COMMUNITY // 1000}")
    seat.page.set_input_files("#file", {"name": "福建省区划代码.csv", "mimeType": "text/csv",
                                        "buffer": newer_register()})
    seat.page.fill("#source", "国家统计局《统计用区划代码》")
    seat.page.fill("#as_of", str(clock.today() - timedelta(days=30)))
    seat.press("main form button.btn-primary")
    yield
    seat.press("form[action$='/drop'] button")


def newer_register() -> bytes:
    """Of the whole province: a list that leaves much of one out is refused."""
    here = str(COMMUNITY)
    kept = [line for line in register.text().splitlines() if line.startswith(here[:2]) and not line.startswith(here)]
    return "\n".join([*kept, f"{here[:9]}044\t侨乡社区居委会"]).encode()


@contextmanager
def collect(seat: Seat) -> Iterator[None]:
    """The settings of ODK Collect, shown once; the token is ended when the picture is taken."""
    seat.open(f"/exchange/tokens/collect?area={COMMUNITY}")
    seat.page.locator("select[name=user]").select_option(index=2)
    seat.press("main form button.btn-primary")
    yield
    seat.open("/exchange")
    seat.press("form[action$='/revoke'] button")
    seat.press("dialog button[value=yes]")


@contextmanager
def passkeys(seat: Seat) -> Iterator[None]:
    key = seat.page.context.new_cdp_session(seat.page)
    key.send("WebAuthn.enable")
    key.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    seat.open("/accounts/passkeys/add/")
    seat.confirm()
    seat.page.fill("#id_name", {"zh": "办公室电脑", "en": "Office PC"}[seat.language])
    seat.press("[data-passkey] button")
    seat.page.wait_for_url(lambda address: "/add/" not in address)
    seat.open("/accounts/passkeys/")
    yield
    while seat.page.locator("main a[href*='/remove/']").count():
        seat.press("main a[href*='/remove/']")
        seat.press("main form button")
        seat.open("/accounts/passkeys/")


@contextmanager
def second_factor(seat: Seat) -> Iterator[None]:
    """The code for the authenticator; nothing is turned on until its six digits are typed."""
    seat.open("/accounts/2fa/activate/")
    seat.confirm()
    yield
