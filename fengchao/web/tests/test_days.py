"""Days far off stand in no calendar of ours: whoever asks for one is told so."""

import pytest

from fengchao.settings import ROOT
from fengchao.testing import CAROL, GRACE, HONGQIAO, browser
from fengchao.work.tests.conftest import campaign, town  # noqa: F401

pytestmark = pytest.mark.django_db
FAR = ("0001-01-01", "1999-12-31", "9999-12-31", "2026-13-01", "gestern")


@pytest.mark.parametrize("day", FAR)
@pytest.mark.parametrize("path", ["/map", "/returns", "/returns.xlsx"])
def test_a_page_of_a_day_far_off_says_which_days_there_are(campaign, path, day):  # noqa: F811
    page = browser(CAROL).get(f"{path}?area={HONGQIAO}&day={day}")
    assert page.status_code == 422 and "2000" in page.content.decode()


@pytest.mark.parametrize("day", FAR)
def test_a_list_leaves_out_a_condition_that_makes_no_sense(campaign, day):  # noqa: F811
    assert browser(GRACE).get(f"/audit?from={day}&until={day}").status_code == 200


@pytest.mark.parametrize("day", FAR)
def test_a_form_refuses_it_in_its_own_words(campaign, day):  # noqa: F811
    carol = browser(CAROL)
    said = {"name": "东区", "kind": "functional_area", "codes": str(HONGQIAO), "since": day}
    assert carol.post("/areas/overlays/add", said).status_code == 422


def test_pages_read_a_day_in_one_way_only():
    views = [file for file in ROOT.rglob("*.py") if "views" in file.relative_to(ROOT).as_posix()]
    assert views and not [file for file in views if "fromisoformat" in file.read_text()]
