from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from fengchao.areas.models import Grid
from fengchao.base import clock
from fengchao.base.scope import acting
from fengchao.reports.models import DailyReturn
from fengchao.testing import CAROL, DAVE, ERIN, GRID, HONGQIAO, browser
from fengchao.work.tests.conftest import campaign, doors, town  # noqa: F401

pytestmark = pytest.mark.django_db
PAGE = f"/returns?area={HONGQIAO}"


@pytest.fixture(autouse=True)
def long_there(db):
    """Hongqiao has had its grid for a month, so it had to report yesterday."""
    Grid.objects.create(code=GRID, name="第一网格", since=clock.today() - timedelta(days=30))


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def zh(actor):
    return browser(actor, **{"accept-language": "zh"})


def test_a_quiet_day_is_confirmed_in_one_click(campaign):  # noqa: F811
    carol = zh(CAROL)
    page = text(carol.get(PAGE))
    assert "确认零报告" in page and "特此零报告" in page and 'name="comment_remaining"' in page
    page = text(carol.post(f"/returns/confirm?area={HONGQIAO}", {"comment_remaining": "两户装修"}, follow=True))
    assert "不会再变" in page and "两户装修" in page and "确认零报告" not in page


def test_the_figures_on_the_page_cannot_be_sent_back_changed(campaign):  # noqa: F811
    browser(CAROL).post(f"/returns/confirm?area={HONGQIAO}", {"remaining": "0", "value_remaining": "0"})
    with acting(CAROL):
        assert DailyReturn.objects.get().value("remaining") == 12


def test_an_inspector_sees_no_draft_whose_figures_would_be_too_small(campaign):  # noqa: F811
    page = text(browser(ERIN, **{"accept-language": "en"}).get(PAGE))
    assert "not been confirmed" in page and "comment_" not in page


def test_the_street_sees_who_has_not_reported(campaign):  # noqa: F811
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    page = text(zh(DAVE).get(f"/returns?area=350181005&day={yesterday}"))
    assert "缺报" in page and f"area={HONGQIAO}" in page


def test_the_workbook_shows_what_is_missing_as_missing_and_not_as_zero(campaign):  # noqa: F811
    dave, sheet = zh(DAVE), "/returns.xlsx?area=350181005"
    assert rows(dave.get(sheet))[1][5] in (None, "")
    browser(CAROL).post(f"/returns/confirm?area={HONGQIAO}", {"comment_doors": "=1+1"})
    first = dict(zip(*rows(dave.get(sheet))[:2], strict=True))
    assert first["应走访"] == 12 and first["已报"] == 1 and first["说明"] == "应走访: =1+1"


def rows(response) -> list[tuple]:
    return list(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01"])
def test_a_day_that_is_none_is_refused(campaign, day):  # noqa: F811
    assert browser(CAROL).get(f"{PAGE}&day={day}").status_code == 422
