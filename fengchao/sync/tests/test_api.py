"""Over HTTP, as a phone speaks."""

import gzip
import zlib
from datetime import timedelta

import orjson
import pytest

from fengchao.accounts.actions import enrol_device
from fengchao.accounts.models import Device
from fengchao.accounts.tokens import hash_of, new_token
from fengchao.base import clock
from fengchao.base.ids import uuid7
from fengchao.base.scope import acting
from fengchao.sync.body import MOST_BYTES
from fengchao.sync.models import Attachment
from fengchao.testing import ALICE, BOB, FRANK, user_of
from fengchao.work.models import Record

from .test_push import op, visit

PULL, PUSH = "/api/v1/sync/pull", "/api/v1/sync/push"
JPEG = b"\xff\xd8\xff\xe0 a small picture"


class Line:
    """A phone of one of the cast, and its connection."""

    def __init__(self, client, who) -> None:
        self.client, self.token = client, new_token()
        with acting(who):
            self.device = enrol_device(by=who, user=user_of(who), name="phone", token_hash=hash_of(self.token))

    def ask(self, method: str, path: str, data: bytes = b"", type_: str = "application/json", **headers: str):
        headers = {"Authorization": f"Bearer {self.token}", **headers}
        return self.client.generic(method, path, data, type_, headers=headers)

    def push(self, *ops, **headers):
        return self.ask("POST", PUSH, orjson.dumps({"device_time": clock.now().isoformat(), "ops": ops}), **headers)


@pytest.fixture
def alice(client, doors) -> Line:
    return Line(client, ALICE)


def test_a_phone_pulls_and_pushes(alice, doors):
    page = alice.ask("GET", PULL).json()
    assert len(page["tasks"]) == 6 and page["full"] and page["me"]["name"] == "Alice"
    answer = alice.push(visit(doors[0]), op("dance"))
    assert answer.status_code == 200
    assert [r["status"] for r in answer.json()["results"]] == ["accepted", "refused"]
    with acting(ALICE):
        assert Record.objects.get().device == alice.device.id


def test_the_reason_is_told_in_the_phone_s_language(alice):
    told = {lang: alice.push(op("dance"), **{"Accept-Language": lang}).json()["results"][0]["message"]
            for lang in ("zh-CN", "en")}
    assert "不认识" in told["zh-CN"] and "does not know" in told["en"]


def test_both_ways_may_be_packed(alice, doors):
    answer = alice.ask("GET", PULL, **{"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip" and int(answer["Content-Length"]) == len(answer.content)
    assert len(orjson.loads(gzip.decompress(answer.content))["tasks"]) == 6
    body = gzip.compress(orjson.dumps({"ops": [visit(doors[0])]}))
    answer = alice.ask("POST", PUSH, body, **{"Content-Encoding": "gzip"})
    assert answer.json()["results"][0]["status"] == "accepted"


def test_without_a_token_or_with_a_dead_one_there_is_nothing(alice, client):
    assert client.get(PULL).status_code == 401
    assert client.get(f"{PULL}?token={alice.token}&access_token={alice.token}").status_code == 401
    assert client.get(PULL, headers={"Authorization": alice.token}).status_code == 401
    Device.objects.update(revoked=clock.now())
    answer = alice.ask("GET", PULL)
    assert (answer.status_code, answer.json()["code"]) == (401, "device_ended")
    assert alice.push().status_code == 401


def test_a_token_is_known_only_as_long_as_it_lasts(alice):
    Device.objects.update(expires=clock.now() - timedelta(seconds=1))
    assert alice.ask("GET", PULL).status_code == 401


@pytest.mark.parametrize(("body", "status", "code"), [
    (b"", 400, "bad_request"), (b"{", 400, "bad_request"), (b"[]", 400, "bad_request"), (b"null", 400, "bad_request"),
    (b'{"ops": 7}', 400, "bad_request"), (b'{"ops": {"a": 1}}', 400, "bad_request"),
    (b"\xff\xfe{}", 400, "bad_request"),
    (b'{"ops": ["\xed\xa0\x80"]}', 400, "bad_request"), (b'{"ops": [NaN]}', 400, "bad_request"),
    (b'{"ops": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "bad_request"),
    (b'{"ops": [' + b",".join([b"1"] * 501) + b"]}", 413, "too_many_operations"),
    (b'{"ops": [], "x": "' + b"x" * MOST_BYTES + b'"}', 413, "too_large"),
])
def test_a_message_that_is_none_is_refused_as_a_whole(alice, body, status, code):
    answer = alice.ask("POST", PUSH, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_gzip_bomb_is_stopped_at_the_limit(alice):
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(200)) + packer.flush()
    assert len(bomb) < 300_000
    assert alice.ask("POST", PUSH, bomb, **{"Content-Encoding": "gzip"}).status_code == 413


@pytest.mark.parametrize(("encoding", "body"), [
    ("gzip", b"not gzip"), ("gzip", gzip.compress(b'{"ops": []}', mtime=0)[:-4]), ("br", b"x"), ("gzip, gzip", b"x"),
])
def test_a_broken_packing_is_refused(alice, encoding, body):
    assert alice.ask("POST", PUSH, body, **{"Content-Encoding": encoding}).status_code == 400


def test_an_operation_nested_without_end_is_refused_alone(alice, doors):
    body = b'{"ops": [' + b"[" * 900 + b"]" * 900 + b"," + orjson.dumps(visit(doors[0])) + b"]}"
    assert [r["status"] for r in alice.ask("POST", PUSH, body).json()["results"]] == ["refused", "accepted"]


def test_ids_of_another_area_open_nothing(client, alice, doors):
    frank = Line(client, FRANK)
    record = visit(doors[0])
    alice.push(record)
    assert frank.push(visit(doors[1])).json()["results"][0]["code"] == "not_found"
    assert frank.ask("PUT", f"/api/v1/attachments/{record['id']}", JPEG, "image/jpeg").status_code == 404
    assert frank.push(record).json()["results"][0]["status"] == "refused"


def test_a_photo_follows_its_record_once(client, alice, doors):
    record = visit(doors[0])
    alice.push(record)
    path = f"/api/v1/attachments/{record['id']}"
    assert alice.ask("PUT", path, JPEG, "image/jpeg").status_code == 204
    assert alice.ask("PUT", path, JPEG, "image/jpeg").status_code == 204
    assert alice.ask("PUT", path, JPEG + b"!", "image/jpeg").json()["code"] == "photo_taken"
    assert alice.ask("PUT", path, b"<svg/>", "image/jpeg").status_code == 415
    assert alice.ask("PUT", path, JPEG + b"x" * 2**20, "image/jpeg").status_code == 413
    assert alice.ask("PUT", f"/api/v1/attachments/{uuid7()}", JPEG, "image/jpeg").status_code == 404
    assert Line(client, BOB).ask("PUT", path, JPEG, "image/jpeg").status_code == 404
    with acting(ALICE):
        assert Attachment.objects.get().size == len(JPEG)


def test_the_interface_describes_itself(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/sync/pull", "/api/v1/sync/push", "/api/v1/attachments/{record_id}"} <= set(paths)
    assert paths["/api/v1/sync/push"]["post"]["requestBody"]["content"]["application/json"]["schema"]
