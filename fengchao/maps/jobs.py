"""Files on their way in are not kept for ever."""

from fengchao.base.actor import system_actor
from fengchao.base.jobs import periodic


@periodic("maps.forget_uploads", "50 3 * * *")
def forget_uploads() -> None:
    from .actions import forget_old  # here, because its geometry is heavy and every command knows the jobs

    forget_old(by=system_actor())
