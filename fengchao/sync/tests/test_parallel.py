"""Phones that send the same thing at the same moment, because an answer was lost or a worker tapped twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from fengchao.base.scope import acting
from fengchao.people.models import Person, Residence
from fengchao.sync.models import Complaint, HeldOperation
from fengchao.sync.push import push
from fengchao.testing import ALICE, BOB, CAROL
from fengchao.work.coverage import counters_equal_recount
from fengchao.work.models import Record, Task

from .test_push import op, visit


@pytest.fixture
def db(committed):
    """In place of pytest-django's, which never commits."""


def together(*uploads: tuple) -> list[list[str]]:
    """The statuses of each upload, all begun at one moment, each on a connection of its own."""
    gate = Barrier(len(uploads))

    def one(upload: tuple) -> list[str]:
        who, ops = upload
        gate.wait()
        try:
            return [answer.status for answer in push(ops, by=who)]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(uploads)) as pool:
        return list(pool.map(one, uploads))


def test_eight_identical_uploads_all_succeed_and_leave_one_row(doors):
    ops = [visit(doors[0]), op("complaint", text="太慢了"), op("dance"),
           op("person_add", dwelling=str(doors[0].dwelling_id), name="王小明")]
    answers = together(*[(ALICE, ops)] * 8)
    assert sorted(a[0] for a in answers) == ["accepted"] + ["repeated"] * 7
    assert sorted(a[1] for a in answers) == ["accepted"] + ["repeated"] * 7
    assert sorted(a[3] for a in answers) == ["accepted"] + ["repeated"] * 7
    assert {a[2] for a in answers} == {"refused"}
    with acting(CAROL):
        for model in (Record, Complaint, HeldOperation, Person, Residence):
            assert model.objects.count() == 1, model
        assert Task.objects.get(id=doors[0].id).attempts == 1
        assert counters_equal_recount(doors[0].campaign_id)


def test_two_workers_at_the_same_doors_in_opposite_order_both_get_through(doors):
    first = [visit(task) for task in doors]
    second = [visit(task, "vacant") for task in reversed(doors)]
    answers = together(*[(ALICE, [o]) for o in first], *[(BOB, [o]) for o in second], (ALICE, first), (BOB, second))
    assert {status for statuses in answers for status in statuses} <= {"accepted", "repeated", "conflict"}
    with acting(CAROL):
        assert Record.objects.count() == 12
        assert Record.objects.filter(conflict=Record.Conflict.HARD).count() == 6
        assert counters_equal_recount(doors[0].campaign_id)
