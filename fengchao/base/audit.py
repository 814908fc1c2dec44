"""The audit trail: written with the deed, sealed in batches soon after, verified by a command.

Writers never wait for one chain: entries carry the number of their transaction, and a seal covers all entries of a
closed range of transactions (see AuditSeal). Change, remove or add one entry of a sealed range and `verify` says so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from .actor import SYSTEM, Actor
from .models import AuditSeal
from .places import NOWHERE
from .scope import current_purpose
from .sql import NO_ROWS, rows, run

INSERT = """INSERT INTO base_auditentry (at, grid, actor, device, action, object, purpose, detail)
SELECT now(), grid, %s::uuid, %s::uuid, action, object, %s, detail
FROM json_to_recordset(%s::json) AS e (grid bigint, action text, object text, detail jsonb)"""


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the trail. `detail` holds codes and counts, never names, ids or phones."""

    action: str
    object: str | UUID
    grid: int = NOWHERE
    detail: dict[str, Any] | None = None


def write(deeds: Iterable[Deed], *, by: Actor) -> None:
    """What no user did says under which name the platform did it: on a command line, the account of the machine."""
    named = {"operator": by.name} if by.id is None and by.name != SYSTEM else {}
    lines = rows({"grid": d.grid, "action": d.action, "object": d.object, "detail": (d.detail or {}) | named}
                 for d in deeds)
    if lines != NO_ROWS:
        run(INSERT, [by.id, by.device_id, current_purpose(), lines])


def write_one(action: str, object: str | UUID, *, by: Actor, grid: int = NOWHERE, **detail: Any) -> None:
    write([Deed(action, object, grid, detail)], by=by)


# One line an entry, the same text on every server version: what the hash is taken over.
LINES = """SELECT concat_ws(E'\\x1f', id, tx, extract(epoch FROM at), grid, actor, device, action, object,
 purpose, detail) FROM base_auditentry WHERE tx >= %s AND tx < %s ORDER BY tx, id"""


def seal() -> int:
    """Closes the chain over everything that has finished since the last seal. Returns the entries sealed.

    A transaction-long advisory lock makes one of several concurrent sealers wait for, and then follow, the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fengchao.audit.seal'))")
        cursor.execute("SELECT fc_tx_safe()")
        hi = cursor.fetchone()[0]
    last = AuditSeal.objects.order_by("-hi").first()
    lo, previous = (last.hi, bytes(last.hash)) if last else (0, bytes(32))
    if hi <= lo:
        return 0
    digest, entries = _hash(previous, lo, hi)
    if entries:
        AuditSeal.objects.create(lo=lo, hi=hi, entries=entries, previous=previous, hash=digest)
    return entries


@dataclass(frozen=True, slots=True)
class Verdict:
    whole: bool
    seals: int
    entries: int
    broken_at: int | None = None  # the id of the first seal that does not hold


def verify(report: Callable[[int, int], None] | None = None) -> Verdict:
    """Takes every hash anew, from the first seal on. Run as an actor who sees the whole country.

    `report` is told how many entries are done, of how many.
    """
    total = AuditSeal.objects.aggregate(n=Sum("entries"))["n"] or 0
    previous, lo, entries, seals = bytes(32), 0, 0, 0
    for seal_ in AuditSeal.objects.order_by("hi").iterator():
        digest, counted = _hash(previous, seal_.lo, seal_.hi)
        joined = bytes(seal_.previous) == previous and seal_.lo >= lo and counted == seal_.entries
        if not joined or digest != bytes(seal_.hash) or _stray(lo, seal_.lo):
            return Verdict(False, seals, entries, seal_.id)
        previous, lo, entries, seals = digest, seal_.hi, entries + counted, seals + 1
        if report:
            report(entries, total)
    return Verdict(True, seals, entries)


def _hash(previous: bytes, lo: int, hi: int) -> tuple[bytes, int]:
    digest, entries = sha256(previous), 0
    for lines in _chunks(lo, hi):
        for line in lines:
            digest.update(line.encode() + b"\n")
        entries += len(lines)
    return digest.digest(), entries


def _chunks(lo: int, hi: int, size: int = 5000) -> Iterable[Sequence[str]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINES, [lo, hi])
        while rows := cursor.fetchmany(size):
            yield [row[0] for row in rows]


def _stray(lo: int, hi: int) -> bool:
    """Entries between two seals, where there was none when the later one was made."""
    if lo >= hi:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM base_auditentry WHERE tx >= %s AND tx < %s)", [lo, hi])
        return bool(cursor.fetchone()[0])
