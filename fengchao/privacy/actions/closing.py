"""How the personal data of a campaign end: counted, approved by a second person, erased when they have expired."""

from uuid import UUID

import psycopg
from django.db import DatabaseError, IntegrityError, connection, transaction

from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import CATALOGUE, Refused
from fengchao.base.models import AuditEntry
from fengchao.base.permissions import Permission
from fengchao.work.models import Campaign

from ..models import Approval, Certificate, Inventory

COUNT = """SELECT count(*), count(*) FILTER (WHERE answers <> '{}'), count(*) FILTER (WHERE note <> '')
FROM work_record WHERE campaign_id = %s"""
OURS = "FC001"  # the code under which privacy_erase says which of our refusals it is


def take_inventory(*, by: Actor, campaign: UUID) -> Inventory:
    """Counts what a closed campaign holds: the first step, and the statement that it should go."""
    row = _campaign(campaign)
    by.require(Permission.CLOSE_OUT, row.area)
    if row.state != Campaign.State.CLOSED:
        raise Refused("close_first")
    try:
        with transaction.atomic():
            made = Inventory.objects.create(grid=row.lo, campaign=row, counts=_counts(row), by=by.id, by_name=by.name)
    except IntegrityError as error:
        raise Refused("counted_already") from error
    write_one("take_inventory", campaign, by=by, grid=row.lo, **made.counts)
    return made


def _counts(campaign: Campaign) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [campaign.id])
        records, answers, notes = cursor.fetchone()
    exports = AuditEntry.objects.filter(action="export_answers", object=str(campaign.id)).count()
    return {"tasks": campaign.tasks.count(), "records": records, "answers": answers, "notes": notes,
            "exports": exports}


def approve(*, by: Actor, campaign: UUID) -> Approval:
    """The second person. Who counted cannot approve."""
    row = _inventory(campaign)
    by.require(Permission.CLOSE_OUT, row.campaign.area)
    by.require_second(row.by)
    try:
        with transaction.atomic():
            made = Approval.objects.create(grid=row.grid, inventory=row, by=by.id, by_name=by.name)
    except IntegrityError as error:
        raise Refused("approved_already") from error
    write_one("approve_close_out", campaign, by=by, grid=row.grid)
    return made


def erase(*, by: Actor, campaign: UUID) -> Certificate:
    """Empties the records of a campaign for ever. The database looks for itself whether it may."""
    row = _campaign(campaign)
    by.require(Permission.CLOSE_OUT, row.area)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT privacy_erase(%s, %s)", [campaign, by.name])
            made = Certificate.objects.get(id=cursor.fetchone()[0])
    except DatabaseError as error:
        raise _refusal(error, row) from error
    write_one("erase", campaign, by=by, grid=row.lo, records=made.records, answers=made.answers, notes=made.notes,
              photos=made.photos, hash=bytes(made.hash).hex())
    return made


def _refusal(error: DatabaseError, campaign: Campaign) -> Exception:
    cause = error.__cause__
    code = cause.diag.message_primary if isinstance(cause, psycopg.Error) and cause.sqlstate == OURS else None
    if code not in CATALOGUE:
        return error
    return Refused(code, day=campaign.expires.isoformat())


def _campaign(campaign: UUID) -> Campaign:
    row = Campaign.objects.filter(id=campaign).first()
    if row is None:
        raise Refused("not_found")
    return row


def _inventory(campaign: UUID) -> Inventory:
    row = Inventory.objects.filter(campaign_id=campaign).select_related("campaign").first()
    if row is None:
        raise Refused("not_found")
    return row
