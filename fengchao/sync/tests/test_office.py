"""The secretary's pages about phones, and an outbox carried in by hand."""

from datetime import timedelta

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengchao.accounts.actions import enrol_device
from fengchao.accounts.models import Device, Duty
from fengchao.accounts.tokens import hash_of, new_token
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.sync.actions import forget
from fengchao.sync.models import Complaint, HeldOperation, Operation
from fengchao.sync.push import push
from fengchao.testing import ALICE, BOB, CAROL, FRANK, browser, user_of
from fengchao.work.models import Record, Task

from .test_push import op, visit


@pytest.fixture
def carol(doors):
    user_of(ALICE), user_of(BOB), user_of(FRANK)
    return browser(CAROL)


def words(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_secretary_sees_the_phones_of_her_area_and_stops_one(carol, doors):
    with acting(ALICE):
        mine = enrol_device(by=ALICE, user=user_of(ALICE), name="红米", token_hash=hash_of(new_token()))
    with acting(FRANK):
        enrol_device(by=FRANK, user=user_of(FRANK), name="远处的手机", token_hash=hash_of(new_token()))
    off = clock.now() - timedelta(days=3)
    push([visit(doors[0])], by=Actor(ALICE.id, "Alice", ALICE.grants, mine.id), device_time=off)
    page = words(carol.get("/phones"))
    assert "红米" in page and "远处的手机" not in page and "手机时间差 3.0 天" in page
    assert carol.post(f"/phones/{mine.id}/revoke").status_code == 302
    assert Device.objects.get(id=mine.id).revoked


def test_a_held_operation_is_read_submitted_again_and_done_with(carol, doors):
    first, second = visit(doors[0], "teleported", note="老人耳背"), op("dance")
    push([first, second], by=ALICE)
    page = words(carol.get("/phones/held"))
    assert "老人耳背" in page and "teleported" in page and "dance" in page and "Alice" in page
    with acting(CAROL):
        held = {row.type: row.id for row in HeldOperation.objects.all()}
    assert "teleported" in words(carol.post(f"/phones/held/{held['record']}/retry", follow=True))
    carol.post(f"/phones/held/{held['dance']}/resolve", {"resolution": "无关"})
    with acting(CAROL):
        assert HeldOperation.objects.get(type="dance").resolved_by == CAROL.id
        assert HeldOperation.objects.get(type="record").resolved is None
    assert carol.post(f"/phones/held/{held['dance']}/resolve").status_code == 409


def test_what_is_held_in_another_community_is_not_found(carol, doors):
    push([visit(doors[0])], by=FRANK)
    with acting(FRANK):
        held = HeldOperation.objects.get()
    assert "Frank" not in words(carol.get("/phones/held"))
    assert carol.post(f"/phones/held/{held.id}/retry").status_code == 404


def test_of_two_contradicting_records_the_secretary_says_which_is_true(carol, doors):
    push([visit(doors[0], "met")], by=ALICE)
    other = visit(doors[0], "vacant", note="一直没人")
    assert push([other], by=BOB)[0].status == "conflict"
    page = words(carol.get("/phones/conflicts"))
    assert "已见到" in page and "空置" in page and "一直没人" in page
    carol.post(f"/phones/conflicts/{other['id']}", {"adopt": "yes"})
    with acting(CAROL):
        assert Task.objects.get(id=doors[0].id).outcome == "vacant"
        decision = Record.objects.get(by=CAROL.id)
        assert str(decision.supersedes) == other["id"]
        assert Record.objects.count() == 3
    assert "没有互相矛盾的记录" in words(carol.get("/phones/conflicts"))
    assert carol.post(f"/phones/conflicts/{other['id']}").status_code == 404


def test_a_complaint_reaches_the_office_and_is_answered(carol):
    push([op("complaint", text="同一张表填了三次 <b>")], by=ALICE)
    assert "同一张表填了三次 &lt;b&gt;" in words(carol.get("/phones/complaints"))
    with acting(CAROL):
        row = Complaint.objects.get()
    assert carol.post(f"/phones/complaints/{row.id}", {"answer": " "}).status_code == 422
    carol.post(f"/phones/complaints/{row.id}", {"answer": "已停用那张表"})
    assert "已停用那张表" in words(carol.get("/phones/complaints"))
    assert browser(FRANK).get("/phones/complaints").status_code == 403


def outbox(*ops, user=ALICE, **more) -> SimpleUploadedFile:
    content = {"format": "fengchao-outbox/1", "user": str(user.id), "ops": ops} | more
    return SimpleUploadedFile("outbox.json", orjson.dumps(content), "application/json")


def test_an_outbox_is_previewed_then_taken_as_the_worker_s(carol, doors):
    ops = [visit(doors[0]), visit(doors[1], "vacant"), op("dance")]
    page = carol.post("/phones/outbox", {"file": outbox(*ops)})
    assert "导入后会这样" in words(page)
    with acting(CAROL):
        assert not Record.objects.exists() and not HeldOperation.objects.exists()
    taken = carol.post("/phones/outbox", {"packed": page.context["box"].packed()})
    assert taken.context["outcome"].counts == {"accepted": 2, "refused": 1}
    assert [a.status for a in push(ops[:2], by=ALICE)] == ["repeated"] * 2
    with acting(CAROL):
        assert set(Record.objects.values_list("by", flat=True)) == {ALICE.id}
        assert str(CAROL.id) in AuditEntry.objects.filter(action="record").first().purpose


def test_the_last_records_of_somebody_whose_duty_has_ended_can_be_carried_in(carol, doors):
    Duty.objects.filter(user_id=ALICE.id).update(since=clock.today() - timedelta(9),
                                                 until=clock.today() - timedelta(1))
    page = carol.post("/phones/outbox", {"file": outbox(visit(doors[0]))})
    assert page.context["outcome"].counts == {"accepted": 1}


@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04", b'{"format": "fengchao-outbox/1", "ops": []}',
                                     b'{"format": "fengchao-outbox/1", "user": 7, "ops": []}',
                                     b'{"format": "other", "user": "x", "ops": []}'])
def test_a_file_that_is_no_outbox_is_told_so(carol, content):
    answer = carol.post("/phones/outbox", {"file": SimpleUploadedFile("x.json", content)})
    assert answer.status_code == 422


def test_somebody_else_s_outbox_is_not_taken(carol, doors):
    assert carol.post("/phones/outbox", {"file": outbox(visit(doors[0]), user=FRANK)}).status_code == 403
    assert carol.post("/phones/outbox", {"packed": "bm90IHNlYWxlZA=="}).status_code == 422


def test_what_was_held_and_remembered_is_forgotten_in_time(doors):
    push([op("dance"), op("complaint", text="慢")], by=ALICE)
    with acting(CAROL):
        assert forget(by=CAROL) == 0
        HeldOperation.objects.update(expires=clock.now() - timedelta(1))
        Operation.objects.update(at=clock.now() - timedelta(91))
        assert forget(by=CAROL) == 2
