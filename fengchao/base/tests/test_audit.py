"""What was done stays done: the trail cannot be changed without its chain telling."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from fengchao.base import audit
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.testing import ALICE, CAROL, FRANK, GRID

pytestmark = pytest.mark.django_db


def test_a_deed_is_seen_where_it_was_done_and_nowhere_else():
    with acting(ALICE, purpose="canvass"):
        audit.write_one("record", "door 1", by=ALICE, grid=GRID)
    with acting(CAROL):
        assert [e.purpose for e in AuditEntry.objects.all()] == ["canvass"]
    with acting(FRANK):
        assert not AuditEntry.objects.exists()


def test_nobody_can_change_or_remove_what_was_done():
    with acting(ALICE):
        audit.write_one("record", "door 1", by=ALICE, grid=GRID)
    for sql in ("UPDATE base_auditentry SET action = ''", "DELETE FROM base_auditentry"):
        with pytest.raises(ProgrammingError, match="permission denied"), acting(CAROL), connection.cursor() as c:
            c.execute(sql)
