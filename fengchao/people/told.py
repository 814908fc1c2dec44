"""Whom the register tells that people live at another door now; those above register at start (see work.apps)."""

from collections.abc import Callable, Sequence
from uuid import UUID

from fengchao.base.actor import Actor

moved: list[Callable[[Sequence[UUID], Actor], None]] = []


def tell_moved(people: Sequence[UUID], by: Actor) -> None:
    """In the transaction in which they moved."""
    for told in moved if people else ():
        told(people, by)
