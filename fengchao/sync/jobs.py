"""What is done by itself, at night."""

from fengchao.base.actor import system_actor
from fengchao.base.jobs import periodic


@periodic("sync.forget", "40 3 * * *")
def forget() -> None:
    """Refused operations that nobody asked for in a month, and the memory of those that no phone can send again."""
    from . import actions  # here: the operations of phones are heavy to read, and every command knows the jobs

    actions.forget(by=system_actor())
