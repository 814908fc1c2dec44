from datetime import timedelta

import orjson
import pytest

from fengchao.base import clock
from fengchao.base.crypto import unseal
from fengchao.base.ids import uuid7
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.models import Person, Presence
from fengchao.sync.body import read
from fengchao.sync.models import Complaint, HeldOperation, Operation
from fengchao.sync.push import push
from fengchao.testing import ALICE, BOB, CAROL, DAVE, ELSEWHERE, FRANK, GRID
from fengchao.work.actions import create_tasks, declare
from fengchao.work.models import Record, Task


def op(type_: str, **fields) -> dict:
    return {"id": str(uuid7()), "type": type_, "at": clock.now().isoformat()} | fields


def visit(task: Task, outcome: str = "met", **fields) -> dict:
    return op("record", task=str(task.id), outcome=outcome, base_version=task.version, **fields)


def send(who, *ops, **more) -> list[tuple[str, str]]:
    return [(a.status, a.refused.code if a.refused else "") for a in push(ops, by=who, **more)]


ACCEPTED, REPEATED = ("accepted", ""), ("repeated", "")


def test_a_day_of_visits_arrives_in_one_message(doors):
    first = visit(doors[0], answers={"people": "3", "group": {"needs": ["medicine"]}}, note="老人独居")
    ops = [first, visit(doors[1], "nobody_home"), op("claim", task=str(doors[2].id)),
           op("person_add", dwelling=str(doors[0].dwelling_id), name=" 王小明 ", sex="male", phone="13800138000"),
           op("complaint", text="同一张表填了三次")]
    assert send(ALICE, *ops) == [ACCEPTED] * 5
    assert send(ALICE, *ops) == [REPEATED] * 5
    with acting(ALICE):
        assert Record.objects.get(id=first["id"]).answers == first["answers"]
        assert Task.objects.get(id=doors[2].id).claimed_by == ALICE.id
        person = Person.objects.get(id=ops[3]["id"])
        assert (person.name, person.sex, unseal(person.phone_sealed)) == ("王小明", 1, "13800138000")
        assert Complaint.objects.get().text == "同一张表填了三次"


def test_a_refused_operation_does_not_spoil_the_others(doors):
    ops = [visit(doors[0]), visit(doors[1], "teleported"), {"id": "no id", "type": "record"}, "nonsense", 7, {},
           op("dance"), visit(doors[2])]
    answers = send(ALICE, *ops)
    assert answers[0] == answers[-1] == ACCEPTED
    assert [code for _, code in answers[1:-1]] == [
        "unknown_outcome", "bad_operation", "bad_operation", "bad_operation", "unknown_operation", "unknown_operation"
    ]


def test_what_is_refused_is_held_for_the_secretary_once_and_sealed(doors):
    wrong = visit(doors[0], "teleported", note="李奶奶说的话")
    send(ALICE, wrong)
    send(ALICE, wrong)
    with acting(CAROL):
        held = HeldOperation.objects.get()
        assert (held.key, held.code, held.by, held.grid) == (wrong["id"], "unknown_outcome", ALICE.id, GRID)
        assert "李奶奶" not in str(bytes(held.payload_sealed))
        assert orjson.loads(unseal(held.payload_sealed)) == wrong
    with acting(FRANK):
        assert not HeldOperation.objects.exists()


def test_the_next_community_s_door_is_not_found(doors):
    assert send(FRANK, visit(doors[0])) == [("refused", "not_found")]
    assert send(FRANK, op("claim", task=str(doors[0].id))) == [("refused", "not_found")]
    assert send(FRANK, op("person_add", dwelling=str(doors[0].dwelling_id), name="王")) == [("refused", "not_found")]
    with acting(CAROL):
        assert not Record.objects.exists() and not Person.objects.exists()


def test_somebody_else_s_operation_is_not_accepted_again(doors):
    record, claim = visit(doors[0]), op("claim", task=str(doors[1].id))
    assert send(ALICE, record, claim) == [ACCEPTED] * 2
    assert send(BOB, record, claim) == [("refused", "id_taken")] * 2
    assert send(FRANK, record, claim) == [("refused", "not_found"), ("refused", "id_taken")]


def test_an_id_with_another_content_is_refused(doors):
    claim = op("claim", task=str(doors[1].id))
    send(ALICE, claim)
    assert send(ALICE, claim | {"task": str(doors[2].id)}) == [("refused", "id_taken")]


def test_an_id_that_was_not_made_by_a_device_is_refused(doors):
    assert send(ALICE, visit(doors[0]) | {"id": "9b7e8a52-5f0e-4a37-9d3b-0d3f3a1f5a11"}) == [
        ("refused", "bad_operation")]


def test_a_clock_days_off_decides_nothing_and_is_noted(doors):
    ivy = ALICE.__class__(ALICE.id, "Alice", ALICE.grants, device_id=uuid7())
    off = clock.now() + timedelta(days=400)
    ops = [visit(doors[0]) | {"at": off.isoformat()}]
    assert send(ivy, *ops, device_time=off) == [ACCEPTED]
    with acting(CAROL):
        record = Record.objects.get()
        assert record.device_at == off and abs(record.at - clock.now()) < timedelta(minutes=1)
        noted = AuditEntry.objects.get(action="clock_off")
        assert noted.object == str(ivy.device_id) and noted.detail["seconds"] > 399 * 86400


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "yesterday", "", None,
                                "2026-01-01T00:00:00", 1e300, "1969-01-01T00:00:00Z"])
def test_a_time_that_is_none_is_refused_by_name(doors, at):
    assert send(ALICE, visit(doors[0]) | {"at": at}) == [("refused", "bad_clock")]


@pytest.mark.parametrize(("field", "value"), [
    ("base_version", -1), ("base_version", 2**40), ("base_version", "x"), ("task", "x"), ("note", "x" * 501),
    ("outcome", "x" * 21), ("answers", []), ("answers", {"a": [[[[[[[[[1]]]]]]]]]}), ("answers", {"a": "x" * 40_000}),
    ("supersedes", "x"), ("next_try", "x"), ("unheard_of", 1),
])
def test_a_field_out_of_its_limits_is_refused_by_name(doors, field, value):
    answer = push([visit(doors[0]) | {field: value}], by=ALICE)[0]
    assert answer.refused.code == "bad_operation" and answer.refused.params == {"field": field}


@pytest.mark.parametrize(("field", "value"), [
    ("name", "   "), ("name", "x" * 61), ("sex", "other"), ("born", "1066-10-14"), ("phone", "call me"),
    ("basis", "squatter"), ("presence", "x" * 40), ("dwelling", None),
])
def test_a_person_out_of_the_columns_limits_is_refused_by_name(doors, field, value):
    add = op("person_add", dwelling=str(doors[0].dwelling_id), name="王小明")
    answer = push([add | {field: value}], by=ALICE)[0]
    assert answer.refused.code == "bad_operation" and answer.refused.params == {"field": field}


def test_a_mistyped_identity_number_is_said_so(doors):
    add = op("person_add", dwelling=str(doors[0].dwelling_id), name="王小明", ric="110101199001010010")
    assert send(ALICE, add) == [("refused", "id_invalid")]


def test_two_people_with_one_identity_number_do_not_fail_the_message(doors):
    ops = [op("person_add", dwelling=str(doors[n].dwelling_id), name="王小明", ric="11010519491231002X")
           for n in (0, 1)]
    assert send(ALICE, *ops, visit(doors[0])) == [ACCEPTED, ("refused", "id_exists"), ACCEPTED]


def test_somebody_who_left_is_marked_so(doors):
    add = op("person_add", dwelling=str(doors[0].dwelling_id), name="王小明")
    assert send(ALICE, add, op("person_left", person=add["id"])) == [ACCEPTED] * 2
    with acting(ALICE):
        assert Person.objects.get().presence == Presence.LEFT


def test_a_claim_sent_twice_is_not_made_again_after_it_was_released(doors):
    claim = op("claim", task=str(doors[0].id))
    send(ALICE, claim)
    send(ALICE, op("release", task=str(doors[0].id)))
    assert send(ALICE, claim) == [REPEATED]
    with acting(ALICE):
        assert Task.objects.get(id=doors[0].id).claimed_by is None
        assert Operation.objects.count() == 2


def test_a_record_whose_id_stands_out_of_sight_spoils_no_others(doors):
    hidden = visit(doors[0])
    send(ALICE, hidden)
    with acting(DAVE):
        street = declare(by=DAVE, name="问需", kind_code="needs_visit", purpose="问需", basis="突发事件应对法",
                         area=Area.of(350181005), deadline=clock.now() + timedelta(days=1),
                         expires=clock.today() + timedelta(days=9))
        list(create_tasks(by=DAVE, campaign=street))
        own = list(Task.objects.filter(campaign=street, grid=ELSEWHERE))
    assert send(FRANK, visit(own[0]) | {"id": hidden["id"]}, visit(own[1])) == [("refused", "id_taken"), ACCEPTED]


def test_a_hidden_nul_is_no_reason_to_lose_a_visit(doors):
    sent = visit(doors[0], note="a\0b", answers={"x\0": "\\u0000"})
    raws, _ = read(orjson.dumps({"ops": [sent]}))
    assert send(ALICE, *raws) == [ACCEPTED]
    with acting(ALICE):
        record = Record.objects.get()
        assert (record.note, record.answers) == ("a b", {"x ": "\\u0000"})
