"""The one write of reports: a person confirms what the system composed."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.places import Area

from .models import DailyReturn
from .queries import compose, due

COMMENT = 200
OLDEST = timedelta(days=7)


def confirm_return(*, by: Actor, community: int, day: date, comments: dict[str, str] | None = None) -> DailyReturn:
    """Freezes the return of a community for a day, with a comment where something differs from what people know.

    The figures are composed anew in this transaction: what is confirmed is what was counted, not what a page said.
    """
    area = Area.of(community)
    by.require(Permission.CONFIRM_RETURN, area)
    if not clock.today() - OLDEST <= day <= clock.today():
        raise Refused("return_day")
    draft = compose(community, day)
    lines = [line | {"comment": _comment(line, comments or {})} for line in draft.lines]
    try:
        with transaction.atomic():
            row = DailyReturn.objects.create(
                grid=area.lo, lo=area.lo, hi=area.hi, day=day, since=draft.period.since, until=draft.period.until,
                lines=lines, nil=draft.nil, late=clock.now() > due(day), by=by.id, by_name=by.name,
            )
    except IntegrityError as error:
        raise Refused("return_confirmed") from error
    write_one("confirm_return", row.id, by=by, grid=area.lo, day=day, nil=draft.nil, late=row.late)
    return row


def _comment(line: dict[str, object], comments: dict[str, str]) -> str:
    comment = comments.get(str(line["code"]), "").strip()
    if len(comment) > COMMENT:
        raise Refused("too_long", field=line["zh"], limit=COMMENT)
    return comment
