"""What is around every page: the way in, the header, the languages, refusals in words."""

import re

import pytest

from fengchao.base import clock
from fengchao.base.models import Progress
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, HONGQIAO, browser

pytestmark = pytest.mark.django_db


def test_who_is_not_signed_in_is_shown_the_way_in(client):
    response = client.get("/")
    assert response.status_code == 302 and response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("language", "words"), [("zh-CN,zh;q=0.9", "登录"), ("en-GB", "Sign in"), ("fr", "登录")])
def test_the_sign_in_page_speaks_the_language_of_the_browser(client, language, words):
    page = client.get("/accounts/login/", headers={"accept-language": language}).content.decode()
    assert words in page


def test_the_language_chosen_goes_before_that_of_the_browser(client):
    client.post("/language", {"language": "en", "next": "/"})
    assert "Sign in" in client.get("/accounts/login/", headers={"accept-language": "zh-CN"}).content.decode()


def test_pages_carry_no_script_or_style_of_their_own(client):
    page = client.get("/accounts/login/").content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|javascript:", page)


def test_a_place_outside_the_duties_does_not_exist():
    assert browser(ALICE).get("/places?area=350181005001").status_code == 404


def test_the_place_menu_names_the_places_around_and_below():
    page = browser(CAROL).get(f"/places?area={HONGQIAO}").content.decode()
    assert str(HONGQIAO) in page


def test_my_duties_are_told_in_a_sentence():
    assert "发起走访" in browser(CAROL, **{"accept-language": "zh"}).get("/me").content.decode()


def test_somebody_without_a_duty_is_told_whom_to_ask():
    from dataclasses import replace

    page = browser(replace(ALICE, grants=())).get("/", headers={"accept-language": "zh"})
    assert "社区书记" in page.content.decode()


def test_a_page_that_does_not_exist_says_what_to_do(client):
    page = client.get("/nowhere", headers={"accept-language": "zh"})
    assert page.status_code == 404 and "回到首页" in page.content.decode()


def test_a_page_that_watches_an_action_comes_again_by_itself_when_it_is_done():
    with acting(CAROL):
        job = Progress.objects.create(kind="test", owner=CAROL.id, grid=HONGQIAO * 1000)
    carol, at = browser(CAROL), f"/progress/{job.id}"
    assert "HX-Refresh" not in carol.get(f"{at}?watching=yes")
    with acting(CAROL):
        Progress.objects.update(state="done", finished=clock.now())
    assert carol.get(f"{at}?watching=yes")["HX-Refresh"] == "true"
    assert "HX-Refresh" not in carol.get(at)  # the first look of a page: again and again it would go round for ever
