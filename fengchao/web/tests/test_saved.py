"""Saved filters are one's own, keep what is looked for and not where, and do not pile up."""

import pytest

from fengchao.testing import ALICE, CAROL, browser
from fengchao.web.models import SavedFilter

pytestmark = pytest.mark.django_db
DOORS = "/doors?area=350181005004&outcome=refused&after=abc"


def test_a_filter_is_kept_without_place_and_position():
    browser(CAROL).post("/filters/save", {"name": "拒绝的", "next": DOORS})
    [row] = SavedFilter.objects.all()
    assert (row.page, row.query, row.user_id) == ("/doors", "outcome=refused", CAROL.id)


def test_the_same_name_takes_the_place_of_the_old_one():
    carol = browser(CAROL)
    carol.post("/filters/save", {"name": "看", "next": DOORS})
    carol.post("/filters/save", {"name": "看", "next": "/doors?outcome=untried"})
    assert [row.query for row in SavedFilter.objects.all()] == ["outcome=untried"]


def test_nobody_drops_the_filter_of_another():
    browser(CAROL).post("/filters/save", {"name": "看", "next": DOORS})
    [row] = SavedFilter.objects.all()
    assert browser(ALICE).post(f"/filters/{row.id}/drop").status_code == 404
    browser(CAROL).post(f"/filters/{row.id}/drop", {"next": "/doors"})
    assert not SavedFilter.objects.exists()
