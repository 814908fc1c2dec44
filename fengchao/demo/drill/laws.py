"""The laws of the drill, asked of the database from outside: no function of the platform is believed here except the
one that verifies the audit chain, which is itself the thing an auditor runs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from fengchao.base import audit
from fengchao.demo.drill.phone import Phone

RECOUNT = """
WITH counted AS (
  SELECT grid, state, outcome, level, count(*) AS n, sum(attempts) AS attempts
  FROM work_task WHERE campaign_id = %(campaign)s GROUP BY grid, state, outcome, level
), kept AS (
  SELECT grid, state, outcome, level, n, attempts FROM work_counter WHERE campaign_id = %(campaign)s AND n <> 0
)
SELECT (SELECT count(*) FROM (TABLE counted EXCEPT TABLE kept) AS missing)
     + (SELECT count(*) FROM (TABLE kept EXCEPT TABLE counted) AS extra)"""

TALLY = """SELECT state, outcome, count(*) FROM work_task WHERE campaign_id = %s GROUP BY state, outcome"""
TASKS = """SELECT id::text, state, outcome, attempts FROM work_task WHERE campaign_id = %s AND state <> 2"""
PER_TASK = """SELECT task_id::text, count(*) FROM work_record WHERE campaign_id = %s GROUP BY task_id"""


def tally(campaign: UUID) -> tuple[int, dict[str, int], int]:
    """(targets, outcomes of what is done, remaining) by counting the tasks themselves."""
    tasks = rows(TALLY, [campaign])
    done: Counter[str] = Counter()
    for state, outcome, count in tasks:
        if state != 0:
            done[outcome or "excluded"] += count
    remaining = sum(count for state, _, count in tasks if state == 0)
    return sum(count for *_, count in tasks), dict(done), remaining


Said = Mapping[str, Counter[str]]  # by task: what phones noted there and the server says it has, how often
CLOSING = {"met", "by_phone", "vacant", "wrong_address"}


def said(phones: Iterable[Phone]) -> Said:
    doors: dict[str, Counter[str]] = {}
    for phone in phones:
        for op in phone.acknowledged("record").values():
            doors.setdefault(op["task"], Counter())[op["outcome"]] += 1
    return doors


def every_door_accounted_for(campaign: UUID, said: Said) -> bool:
    """Somebody stood before it, and their phone knows: done or not, no door was merely counted."""
    return all(task in said for task, *_ in rows(TASKS, [campaign]))


def every_door_as_the_phones_say(campaign: UUID, said: Said) -> bool:
    return all(agrees(said.get(task, Counter()), state, outcome, tries)
               for task, state, outcome, tries in rows(TASKS, [campaign]))


def agrees(said: Counter[str], state: int, outcome: str, tries: int) -> bool:
    """Whether a task is what its visits make of it, in whatever order they arrived: tried as often, closed by what
    closes a door or by a second refusal, and with a word that somebody said."""
    if tries != said.total() or outcome not in (said or {""}):
        return False
    if CLOSING & said.keys():
        return state == 1 and (outcome in CLOSING or said["refused"] > 1)
    return state == 0 or outcome == "refused" and said["refused"] > 1


def counters_equal_recount(campaign: UUID) -> bool:
    return rows(RECOUNT, {"campaign": campaign}) == [(0,)]


def acknowledged_all_present(campaign: UUID, phones: Iterable[Phone]) -> bool:
    stored = {str(row[0]) for row in rows("SELECT id FROM work_record WHERE campaign_id = %s", [campaign])}
    return all(op in stored for phone in phones for op in phone.acknowledged("record"))


def each_record_once(campaign: UUID, phones: Iterable[Phone]) -> bool:
    """As many rows for each door as visits were noted there, however often they were sent."""
    noted = Counter(op["task"] for phone in phones for op in phone.acknowledged("record").values())
    return dict(rows(PER_TASK, [campaign])) == dict(noted)


def each_person_once(phones: Iterable[Phone]) -> bool:
    """Whoever was met at a door and written down is in the register, however often that was sent."""
    added = {op for phone in phones for op in phone.acknowledged("person_add")}
    found = rows("SELECT count(*) FROM people_person WHERE id = ANY (%s::uuid[])", [list(added)])
    return found == [(len(added),)]


def nothing_left_on_a_phone(phones: Iterable[Phone]) -> bool:
    return not any(phone.outbox for phone in phones)


def pulled_equals_pulled_anew(phones: Iterable[Phone]) -> bool:
    """Old snapshot + changes = new snapshot."""
    return all(_caught_up(phone) == phone.fresh().store for phone in phones)


def _caught_up(phone: Phone) -> dict:
    phone.pull()
    return phone.store


def audit_chain_whole() -> bool:
    audit.seal()
    return audit.verify().whole


def rows(statement: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
