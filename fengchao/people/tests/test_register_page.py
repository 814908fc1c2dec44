"""The register as the office sees it."""

import pytest

from fengchao.base.scope import acting
from fengchao.people.actions import add_person
from fengchao.people.models import Dwelling
from fengchao.testing import CAROL, browser, user_of
from fengchao.work.tests.conftest import Town, town  # noqa: F401

pytestmark = pytest.mark.django_db
SEARCH = "/register?q=张三"


@pytest.fixture
def somebody(town: Town) -> None:  # noqa: F811
    user_of(CAROL)
    with acting(CAROL):
        add_person(by=CAROL, dwelling=Dwelling.objects.filter(building=town.here).first(), name="张三")


def test_a_search_brings_the_rows_into_the_page_that_is_open(somebody: None) -> None:
    rows = browser(CAROL).get(SEARCH, headers={"HX-Request": "true"})
    assert "张三" in rows.content.decode() and "<html" not in rows.content.decode()
    assert "HX-Request" in rows["Vary"], "a browser must not keep the rows as the page of that address"


@pytest.mark.parametrize("asked", [{}, {"HX-Request": "true", "HX-History-Restore-Request": "true"}])
def test_the_same_address_opened_or_gone_back_to_is_the_whole_page(somebody: None, asked: dict[str, str]) -> None:
    page = browser(CAROL).get(SEARCH, headers=asked).content.decode()
    assert "张三" in page and "<html" in page and "主菜单" in page


def test_emptying_the_search_box_brings_the_register_back(somebody: None) -> None:
    rows = browser(CAROL).get("/register?q=", headers={"HX-Request": "true"}).content.decode()
    assert "张三" in rows and "回到名册" not in rows
