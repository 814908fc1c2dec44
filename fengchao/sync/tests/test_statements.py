"""An upload asks the database a fixed number of things, however many records it brings.

The number may be lowered by whoever makes uploads quicker. Raising it needs a reason in the commit.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fengchao.accounts.actions import enrol_device
from fengchao.accounts.tokens import hash_of
from fengchao.base import clock
from fengchao.base.ids import uuid7
from fengchao.base.scope import acting
from fengchao.testing import ALICE, user_of

PUSH = 10  # whose phone, who acts, the tasks and what is known of them, three writes, the doors, a savepoint in tests


@pytest.mark.parametrize("number", [1, 6])
def test_an_upload_asks_as_often_for_one_record_as_for_six(campaign, doors, number):
    with acting(ALICE):
        enrol_device(by=ALICE, user=user_of(ALICE), name="手机", token_hash=hash_of("token"))
    phone = Client(headers={"Authorization": "Bearer token"})
    now = clock.now() - timedelta(minutes=1)
    for outcome in ("nobody_home", "met"):  # the first fills what a process keeps
        ops = [{"id": uuid7(), "type": "record", "at": now, "task": task.id, "outcome": outcome, "base_version": 9}
               for task in doors[:number]]
        with CaptureQueriesContext(connection) as asked:
            answer = phone.post("/api/v1/sync/push", {"ops": ops}, content_type="application/json")
        assert b'"refused"' not in answer.content and answer.content.count(b'"accepted"') == number
    statements = [query["sql"] for query in asked.captured_queries]
    assert len(statements) == PUSH, "\n".join(statements)
