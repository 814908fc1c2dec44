"""Text with a NUL in it, which no database of ours can hold, is answered like any other text."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengchao.areas.models import Overlay, Regridding
from fengchao.base.scope import acting
from fengchao.maps.tests.conftest import places  # noqa: F401
from fengchao.testing import CAROL, DAVE, GRID, HONGQIAO, browser
from fengchao.work.tests.conftest import town  # noqa: F401

pytestmark = pytest.mark.django_db
AFTER = base64.urlsafe_b64encode(rb'["\u0000","\u0000","\u0000"]').decode()


@pytest.mark.parametrize("path", [
    "/register?q=%00", "/register?q=%E5%BC%A0%00", "/users?q=%00", "/audit?object=%00", "/audit?actor=a%00b",
    "/areas/pick?place_words=%00", "/emergency/places?place_words=%00", "/board?area=%00",
    f"/map?area={HONGQIAO}&day=%00", f"/users?after={AFTER}", f"/audit?after={AFTER}", f"/register?after={AFTER}",
    "/register?%00=%00",
])  # fmt: skip
def test_an_address_with_a_nul_is_no_fault(town, path):  # noqa: F811
    assert browser(DAVE).get(path).status_code in {200, 400, 404}


def test_a_search_with_a_nul_finds_what_it_would_find_without(town):  # noqa: F811
    page = browser(CAROL).get("/users?q=Carol%00").content.decode()
    assert "Carol" in page and 'value="Carol"' in page


@pytest.mark.parametrize("path", ["/no%00where", "/areas/regridding/%00", "/static/web/%00.css",
                                  "/api/v1/feeds/%00.csv"])
def test_a_path_with_a_nul_leads_nowhere(client, path):
    assert client.get(path).status_code in {401, 404}


def test_a_cookie_with_a_nul_is_nobodys(client):
    client.cookies["sessionid"] = "a\0bcdefghijk"
    assert client.get("/register").status_code == 302


def test_what_a_form_says_is_kept_with_a_space_for_the_nul(places):  # noqa: F811
    carol = browser(CAROL)
    said = {"name": "东\0区", "kind": Overlay.Kind.values[0], "codes": str(GRID)}
    assert carol.post("/areas/overlays/add", said).status_code == 302
    renaming = {"title": "a\0b", f"name-{GRID}": "甲"}
    assert carol.post(f"/areas/regridding/new?area={HONGQIAO}", renaming).status_code == 302
    with acting(CAROL):
        assert Overlay.objects.get().name == "东 区" and Regridding.objects.get().title == "a b"


def test_the_interface_answers_a_nul_like_any_wrong_word(client):
    said = rb'{"username": "al\u0000ice", "password": "\u0000", "device_name": "\u0000"}'
    assert client.generic("POST", "/api/v1/devices/enrol", said, content_type="application/json").status_code == 401


def test_a_file_comes_in_as_it_is(places):  # noqa: F811
    """Only what is written is changed; what is uploaded is bytes."""
    file = SimpleUploadedFile("a.json", b"\0\0")
    said = {"what": "boundaries", "datum": "wgs84", "file": file, "next": "a\0"}
    assert "认不出这种文件" in browser(CAROL).post(f"/map/imports?area={HONGQIAO}", said).content.decode()
