"""The pages of the doors for other systems."""

import base64
import json
import re
import zlib

import pytest

from fengchao.base.scope import acting
from fengchao.exchange.actions import make_token
from fengchao.exchange.models import Token
from fengchao.testing import ALICE, CAROL, GRACE, HEIDI, HONGQIAO, browser, user_of

from .conftest import analyst


def test_a_steward_makes_a_token_sees_it_once_and_it_reads(doors):
    page = browser(GRACE)
    answer = page.post("/exchange/tokens/new", {"name": "区数据组", "days": 30, "allows": ["tasks", "coverage"]})
    assert answer["Cache-Control"] == "no-store"
    secret = re.search(r"Bearer ([\w-]{43})", answer.content.decode())[1]
    assert page.get("/api/v1/feeds/tasks.csv", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    listed = page.get("/exchange").content.decode()
    assert "区数据组" in listed and secret not in listed


def test_only_what_its_maker_may_hand_out_is_offered(doors):
    assert 'value="register"' in browser(GRACE).get("/exchange/tokens/new").content.decode()
    offered = browser(HEIDI).get(f"/exchange/tokens/new?area={HONGQIAO}").content.decode()
    assert 'value="buildings"' in offered and 'value="register"' not in offered


def test_an_administrator_gives_a_worker_collect_as_a_code_to_scan(doors):
    user_of(ALICE)
    page = browser(HEIDI)
    assert 'name="user"' not in page.get("/exchange/tokens/collect").content.decode(), "too wide to choose"
    page.get(f"/exchange/tokens/collect?area={HONGQIAO}")
    answer = page.post("/exchange/tokens/collect", {"name": "Collect", "days": 30, "user": str(ALICE.id)})
    assert answer.status_code == 200 and "<svg" in answer.content.decode()
    assert "http://testserver/api/collect<" in answer.content.decode()


def test_the_settings_code_says_what_collect_reads(monkeypatch):
    import qrcode

    from fengchao.exchange.collect.settings_code import settings_code
    drawn = []
    make = qrcode.make
    monkeypatch.setattr(qrcode, "make", lambda text, **how: drawn.append(text) or make(text, **how))
    assert settings_code("https://x.example/api/collect", "alice", "secret").startswith("<svg")
    said = json.loads(zlib.decompress(base64.b64decode(drawn[0])))
    assert said["general"]["server_url"] == "https://x.example/api/collect"
    assert (said["general"]["username"], said["general"]["password"]) == ("alice", "secret")


def test_a_token_is_ended_from_the_list_and_somebody_elses_is_not_found(doors):
    analyst()
    token = Token.objects.get()
    assert browser(HEIDI).get("/exchange").status_code == 200
    other = browser(CAROL).post(f"/exchange/tokens/{token.id}/revoke")
    assert other.status_code == 403
    assert browser(GRACE).post(f"/exchange/tokens/{token.id}/revoke").status_code == 302
    assert Token.objects.get().revoked


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_dictionary_explains_every_column(language, doors):
    from fengchao.exchange.feeds import FEEDS, columns
    page = browser(GRACE, **{"Accept-Language": language}).get("/exchange/feeds").content.decode()
    assert all(column.name in page for feed in FEEDS.values() for column in columns(feed))


def test_the_list_of_tokens_costs_the_same_however_many(doors, django_assert_max_num_queries):
    page = browser(GRACE)
    with acting(GRACE):
        for n in range(5):
            from fengchao.base.places import Area
            make_token(by=GRACE, name=f"令牌{n}", area=Area.of(HONGQIAO), allows=["tasks"], days=9)
    page.get("/exchange")
    with django_assert_max_num_queries(14):
        page.get("/exchange")
