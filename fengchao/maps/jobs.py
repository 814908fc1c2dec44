"""Files on their way in are not kept for ever."""

from fengchao.base.actor import system_actor
from fengchao.base.jobs import periodic

from .actions import forget_old


@periodic("maps.forget_uploads", "50 3 * * *")
def forget_uploads() -> None:
    forget_old(by=system_actor())
