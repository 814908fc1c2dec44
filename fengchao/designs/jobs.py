"""Drawing takes seconds: a job."""

from typing import Any
from uuid import UUID

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.jobs import Report, job

from .models import Design


@job("designs.draw")
def draw_design(by: Actor, report: Report, *, design: str) -> dict[str, Any]:
    from . import actions  # here, because its geometry is heavy and every command knows the jobs

    row = Design.objects.filter(id=UUID(design)).first()
    if row is None:
        raise Refused("not_found")
    actions.draw(by=by, design=row, report=report)
    return {}
