"""ODK Collect, as it really asks and sends: a visit filled in there is a record like any other, once."""

from datetime import timedelta
from hashlib import md5

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from lxml import etree

from fengchao import packs
from fengchao.accounts.models import Duty, User
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.scope import acting
from fengchao.exchange.actions import make_collect_token, revoke_token
from fengchao.exchange.collect import digest
from fengchao.exchange.collect.submission import parse
from fengchao.exchange.models import Token
from fengchao.sync.models import Attachment, HeldOperation
from fengchao.testing import ALICE, BOB, CAROL, ELSEWHERE, FRANK, GRACE, HEIDI, user_of
from fengchao.work.actions import accept
from fengchao.work.forms.actions import add_form
from fengchao.work.models import Campaign, Record, Task

from .collecting import Collect, document, replay
from .conftest import saw

LIST, MANIFEST = "{http://openrosa.org/xforms/xformsList}", "{http://openrosa.org/xforms/xformsManifest}"
JPEG = b"\xff\xd8\xff\xe0 a door"
pytestmark = pytest.mark.usefixtures("one_connection")


@pytest.fixture
def one_connection():
    """A request ends the connection, and with it the test's transaction, unless it is told not to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def collect(who=ALICE) -> Collect:
    for one in (HEIDI, who):
        user_of(one)
    with acting(HEIDI):
        token, secret = make_collect_token(by=HEIDI, name="Collect", user=user_of(who), days=30)
    return Collect(token.collect_name, secret)


def records() -> list[Record]:
    with acting(system_actor()):
        return list(Record.objects.select_related("task"))


def path_of(address: str) -> str:
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_worker_finds_the_campaigns_of_their_grid_and_the_doors_that_remain(doors, campaign):
    with acting(ALICE):
        accept([saw(doors[0], "vacant")], by=ALICE)
    phone = collect()
    answer = phone.get("/api/collect/formList")
    assert (answer.status, answer.headers["X-OpenRosa-Version"]) == (200, "1.0")
    assert answer.headers["Content-Type"].startswith("text/xml") and answer.headers["Date"].endswith("GMT")
    listed = etree.fromstring(answer.body).find(f"{LIST}xform")
    assert listed.findtext(f"{LIST}name") == "敲门行动"
    form = phone.get(path_of(listed.findtext(f"{LIST}downloadUrl")))
    assert listed.findtext(f"{LIST}hash") == f"md5:{md5(form.body).hexdigest()}"
    manifest = etree.fromstring(phone.get(path_of(listed.findtext(f"{LIST}manifestUrl"))).body)
    file = manifest.find(f"{MANIFEST}mediaFile")
    rows = phone.get(path_of(file.findtext(f"{MANIFEST}downloadUrl")))
    assert file.findtext(f"{MANIFEST}hash") == f"md5:{md5(rows.body).hexdigest()}"
    lines = rows.text.splitlines()
    assert lines[0] == "name,label,version"
    assert [line.split(",")[0] for line in lines[1:]] == [str(task.id) for task in doors[1:]]


def test_a_submission_becomes_a_record_like_any_other(doors, campaign):
    phone = collect()
    offer = phone.head("/api/collect/submission")
    assert (offer.status, offer.headers["Location"]) == (204, "http://127.0.0.1:8000/api/collect/submission")
    assert int(offer.headers["X-OpenRosa-Accept-Content-Length"]) > 10**6
    answer = phone.submit(document(campaign, doors[0].id, "met", note="在家"))
    assert (answer.status, "已登记" in answer.text) == (201, True)
    assert answer.body.startswith(b'<OpenRosaResponse xmlns="http://openrosa.org/http/response">')
    [record] = records()
    assert (record.task_id, record.outcome, record.note, record.by) == (doors[0].id, "met", "在家", ALICE.id)
    assert record.device == Token.objects.get().id
    assert record.device_at.isoformat() == "2026-11-25T01:44:31.432000+00:00"
    assert record.task.state == Task.State.DONE


def test_the_same_form_sent_again_is_the_same_record(doors, campaign):
    phone = collect()
    assert [phone.submit(document(campaign, doors[0].id)).status for _ in range(3)] == [201, 201, 201]
    assert len(records()) == 1


def test_photos_come_along_and_a_form_too_long_for_one_message_comes_in_several(doors, campaign):
    phone = collect()
    assert phone.submit(document(campaign, doors[0].id), incomplete=True).status == 201
    assert phone.submit(document(campaign, doors[0].id), JPEG).status == 201
    [record] = records()
    with acting(CAROL):
        assert bytes(Attachment.objects.get(record=record.id).image) == JPEG


def test_a_photo_that_cannot_be_kept_does_not_undo_the_visit(doors, campaign):
    answer = collect().submit(document(campaign, doors[0].id), b"not a photo")
    assert (answer.status, "JPEG" in answer.text) == (201, True)
    assert len(records()) == 1


def test_a_visit_that_a_colleague_made_meanwhile_is_marked_as_on_our_own_phone(doors, campaign):
    phone = collect()
    with acting(BOB):
        accept([saw(doors[0], "vacant")], by=BOB)
    answer = phone.submit(document(campaign, doors[0].id, "met"))
    assert (answer.status, "社区书记核实" in answer.text) == (201, True)
    assert [record.conflict for record in records() if record.by == ALICE.id] == [Record.Conflict.HARD]


def test_what_does_not_count_is_kept_for_the_secretary_and_the_worker_is_told_why(doors, campaign):
    phone = collect()
    with acting(system_actor()):
        Campaign.objects.update(state=Campaign.State.CLOSED)
    answer = phone.submit(document(campaign, doors[0].id))
    assert (answer.status, "走访已经结束" in answer.text) == (202, True)
    assert records() == []
    with acting(CAROL):
        assert HeldOperation.objects.get().code == "campaign_closed"


def test_the_doors_of_others_are_neither_shown_nor_taken(doors, campaign):
    with acting(system_actor()):
        foreign = Task.objects.exclude(grid__in=[doors[0].grid]).first()
    phone = collect()
    listed = phone.get(f"/api/collect/forms/{campaign.id}/doors.csv").text
    assert str(foreign.id) not in listed
    assert phone.submit(document(campaign, foreign.id)).status == 202
    assert records() == []
    stranger = collect(FRANK)
    assert stranger.get(f"/api/collect/forms/{campaign.id}.xml").status == 404
    assert stranger.submit(document(campaign, doors[0].id)).status in (202, 404)
    assert records() == []
    assert b"<xform>" not in stranger.get("/api/collect/formList").body
    assert ELSEWHERE


def test_a_real_digest_client_signs_in(doors):
    """httpx, which has nothing to do with us, by the RFC."""
    phone = collect()
    with httpx.Client(transport=httpx.WSGITransport(app=WSGIHandler()), base_url="http://127.0.0.1:8000",
                      auth=httpx.DigestAuth(phone.username, phone.password)) as client:
        assert [client.get("/api/collect/formList").status_code for _ in range(2)] == [200, 200]
        assert client.head("/api/collect/submission").status_code == 204


@pytest.mark.parametrize("spoil", [
    lambda phone: setattr(phone, "password", "x"),
    lambda phone: setattr(phone, "username", "bob"),
    lambda phone: Token.objects.update(expires=clock.now() - timedelta(hours=1)),
    lambda phone: Duty.objects.filter(user=user_of(ALICE)).update(ended=Token.objects.get().made),
    lambda phone: User.objects.filter(id=ALICE.id).update(is_active=False),
])
def test_without_the_password_or_after_its_end_nothing_opens(spoil, doors, campaign):
    phone = collect()
    spoil(phone)
    for answer in (phone.get("/api/collect/formList"), phone.submit(document(campaign, doors[0].id))):
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"].startswith('Digest realm="Fengchao", qop="auth"')
    assert records() == []


def test_an_answer_for_one_address_opens_no_other_and_a_made_up_nonce_nothing(doors, campaign):
    phone = collect()
    phone.get("/api/collect/formList")
    signed = phone.signed("GET", "/api/collect/formList").encode()
    raw = b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + signed
    assert replay(raw % b"/api/collect/formList" + b"\r\n\r\n").status == 200
    assert replay(raw % f"/api/collect/forms/{campaign.id}.xml".encode() + b"\r\n\r\n").status == 401
    for nonce in ("x", "0-0", "6925a0b0-" + "0" * 32, phone.nonce[:-1]):
        phone.nonce = nonce
        said = phone.signed("GET", "/api/collect/formList").encode()
        assert replay(b"GET /api/collect/formList HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + said + b"\r\n\r\n"
                      ).status == 401


def test_a_signature_that_was_overheard_brings_in_nothing_but_what_it_came_with(doors, campaign):
    phone = collect()
    phone.get("/api/collect/formList")
    one, two = (document(campaign, door.id, instance=f"uuid:{door.id}") for door in doors[:2])
    overheard = phone.signed("POST", "/api/collect/submission")
    assert phone.submit_signed(overheard, one).status == 201
    assert phone.submit_signed(overheard, one).status == 201  # the answer was lost on the way
    for said in ((two,), (one, JPEG)):
        answer = phone.submit_signed(overheard, *said)
        assert (answer.status, answer.headers["WWW-Authenticate"].endswith("stale=true")) == (401, True)
    assert phone.submit(two).status == 201
    assert phone.submit_signed(overheard, one).status == 401
    assert len(records()) == 2


@pytest.mark.parametrize("count", ["", "x", "-1", "f" * 400])
def test_a_count_that_no_program_counts_opens_nothing(doors, campaign, count):
    phone = collect()
    phone.get("/api/collect/formList")
    assert phone.submit_signed(phone.signed("POST", "/api/collect/submission", nc=count),
                               document(campaign, doors[0].id)).status == 401
    assert records() == []


def test_somebody_with_a_chinese_username_signs_in_by_what_collect_can_send(doors):
    user_of(ALICE)
    User.objects.filter(id=ALICE.id).update(username="爱丽丝")
    phone = collect()
    assert phone.username.isascii() and phone.get("/api/collect/formList").status == 200


def test_the_id_of_a_token_for_feeds_is_no_name_to_sign_in_by(doors):
    from .conftest import analyst
    analyst()
    phone = Collect(Token.objects.get().id.hex, "")
    phone.ha1 = ""
    assert phone.get("/api/collect/formList").status == 401


def test_a_nonce_that_has_grown_old_is_asked_for_anew(doors, monkeypatch):
    phone = collect()
    monkeypatch.setattr(digest, "NONCE_SECONDS", -1)
    answer = phone.get("/api/collect/formList")
    assert (answer.status, answer.headers["WWW-Authenticate"].endswith("stale=true")) == (401, True)


def test_a_token_for_feeds_does_not_open_collect_and_collects_no_feed(doors):
    from .conftest import analyst
    reader = analyst()
    assert Collect("grace", reader.secret).get("/api/collect/formList").status == 401
    reader.secret = collect().password
    assert reader.get("tasks").json()["code"] == "not_in_token"


def test_a_new_password_for_a_worker_ends_the_old_one(doors):
    old, new = collect(), collect()
    assert (old.get("/api/collect/formList").status, new.get("/api/collect/formList").status) == (401, 200)


@pytest.mark.parametrize(("by", "user", "code"), [
    (GRACE, ALICE, "not_allowed"), (CAROL, ALICE, "not_allowed"), (HEIDI, GRACE, "no_door_here"),
    (HEIDI, HEIDI, "not_yourself"),
])
def test_only_whoever_manages_an_account_opens_collect_for_it(by, user, code, doors):
    for one in (by, user):
        user_of(one)
    with acting(by), pytest.raises(Refused) as error:
        make_collect_token(by=by, name="x", user=user_of(user), days=3)
    assert error.value.code == code


def test_a_collect_token_is_ended_by_whoever_manages_the_account(doors):
    phone = collect()
    with acting(GRACE), pytest.raises(Refused, match="not_allowed"):
        revoke_token(by=GRACE, token=Token.objects.get())
    with acting(HEIDI):
        revoke_token(by=HEIDI, token=Token.objects.get())
    assert phone.get("/api/collect/formList").status == 401


BOMB = ('<?xml version="1.0"?><!DOCTYPE data [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
        + ']><data id="x">&h;</data>')


@pytest.mark.parametrize("hostile", [
    BOMB.encode(),
    BOMB.encode("utf-16"),
    b'<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="x">&x;</data>',
    b"<data>" * 5000 + b"</data>" * 5000,
    b"<data", b"", b"\x00", b"{}", b'<data id="fengchao-x"/>', b'<data id="other"/>',
    b'<?xml version="1.0" encoding="nonsense"?><data/>',
])
def test_hostile_documents_are_refused(hostile):
    with pytest.raises(Refused) as error:
        parse(hostile)
    assert error.value.code in ("bad_request", "too_large")


def test_too_much_is_refused_before_it_is_read(doors, campaign):
    phone = collect()
    assert phone.submit(document(campaign, doors[0].id, note="x" * 300_000)).status == 413
    assert phone.submit(document(campaign, doors[0].id), JPEG + bytes(9_000_000)).status == 413
    assert phone.submit(document(campaign, doors[0].id), *[JPEG] * 150).status == 413
    assert records() == []


def test_a_body_in_chunks_is_taken_too_and_not_without_end(doors, campaign):
    phone = collect()
    assert phone.submit(document(campaign, doors[0].id), JPEG, chunked=True).status == 201
    assert phone.submit(document(campaign, doors[0].id), JPEG + bytes(9_000_000), chunked=True).status == 413
    assert len(records()) == 1


def test_a_message_that_is_no_form_is_refused_in_words(doors):
    phone = collect()
    for content in (b"multipart/form-data", b"multipart/form-data; boundary=x", b"text/plain"):
        raw = (b"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + content
               + b"\r\nContent-Length: 3\r\n{authorization}\r\n\r\n--y")
        answer = phone._ask("POST", "/api/collect/submission", raw)
        assert (answer.status, b"OpenRosaResponse" in answer.body) == (400, True)


def test_other_requests_get_an_answer_in_words(doors):
    assert collect().get("/api/collect/submission").status == 405


@pytest.fixture
def asked(campaign):
    with acting(CAROL):
        workbook = next(book for book in packs.form_workbooks() if "needs" in book.name)
        form = add_form(by=CAROL, workbook=workbook.read_bytes())
        Campaign.objects.filter(id=campaign.id).update(form=form)
    campaign.refresh_from_db()
    return campaign


def test_the_answers_to_the_campaigns_own_questions_are_kept(asked, doors):
    said = ("<needs>medicine food</needs><medicine><medicine_name>示例药</medicine_name><days_left>3</days_left>"
            "</medicine><medicine><medicine_name>示例药二</medicine_name><days_left>5</days_left></medicine>"
            "<food_days>2</food_days><urgency>now</urgency><help>no</help><told/>")
    phone = collect()
    answer = phone.submit(document(asked, doors[0].id, answers=said))
    assert answer.status == 201, answer.text
    [record] = records()
    assert record.answers["needs"] == ["medicine", "food"]
    assert record.answers["medicine"] == [{"medicine_name": "示例药", "days_left": 3},
                                          {"medicine_name": "示例药二", "days_left": 5}]
    assert record.answers["help"] == "yes", "calculated here, whatever was sent"
    answer = phone.submit(document(asked, doors[1].id, answers="<needs>gold</needs>", instance="uuid:2"))
    assert (answer.status, "选项不在表单里" in answer.text) == (202, True)
    assert len(records()) == 1, "what does not fit the form is kept for the secretary instead"
