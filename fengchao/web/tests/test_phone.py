import gzip

import pytest
from django.test import Client

from fengchao.web import phone


@pytest.fixture
def built(tmp_path, monkeypatch):
    (tmp_path / "field/assets").mkdir(parents=True)
    (tmp_path / "field/index.html").write_text("<title>蜂巢</title>")
    (tmp_path / "field/sw.js").write_text("self.x = 1")
    (tmp_path / "field/assets/app-1a2b.js").write_text("let a = 1")
    (tmp_path / "secret").write_text("not the phone's")
    monkeypatch.setattr(phone, "FOLDER", tmp_path / "field")
    return Client()


def test_the_phone_is_there_without_a_sign_in_because_it_must_open_offline(built):
    answer = built.get("/field/")
    assert answer.status_code == 200
    assert "蜂巢" in answer.content.decode()
    assert answer["Cache-Control"] == "no-cache"


def test_its_policy_allows_webassembly_and_no_evaluated_strings(built):
    policy = built.get("/field/")["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


def test_files_named_by_their_content_are_kept_for_ever_and_the_service_worker_never(built):
    assert "immutable" in built.get("/field/assets/app-1a2b.js")["Cache-Control"]
    assert built.get("/field/sw.js")["Cache-Control"] == "no-cache"
    assert built.get("/field/sw.js")["Content-Type"].startswith("text/javascript")


def test_files_travel_packed_where_that_is_understood(built):
    answer = built.get("/field/sw.js", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(answer.content) == b"self.x = 1"
    assert answer["Vary"].startswith("Accept-Encoding")


def test_nothing_beside_the_folder_can_be_had(built):
    assert built.get("/field/../secret").status_code == 404
    assert built.get("/field/%2e%2e/secret").status_code == 404
    assert built.get("/field/assets").status_code == 404


def test_the_address_without_its_slash_leads_there(built):
    assert built.get("/field")["Location"] == "/field/"
