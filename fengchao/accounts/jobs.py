"""What the accounts do by the clock."""

from fengchao.base.jobs import periodic
from fengchao.base.scope import current_actor

from .staff.actions import forget_old


@periodic("staff.forget", "40 3 * * *")
def forget_old_lists() -> None:
    forget_old(by=current_actor())
