"""Whom the register tells that people live at another door now, have left or come back, that rows are one person or are
not after all, or that premises moved, closed or opened again; those above register at start (see work.apps)."""

from collections.abc import Callable, Sequence
from uuid import UUID

from fengchao.base.actor import Actor

Told = Callable[[Sequence[UUID], Actor], None]
moved: list[Told] = []
merged: list[Told] = []
premises: list[Told] = []


def tell_moved(people: Sequence[UUID], by: Actor) -> None:
    """In the transaction in which they moved, left or came back."""
    for told in moved if people else ():
        told(people, by)


def tell_merged(people: Sequence[UUID], by: Actor) -> None:
    """In the transaction in which it was found out: each of these is one person, with all rows that point to them."""
    for told in merged:
        told(people, by)


def tell_premises(rows: Sequence[UUID], by: Actor) -> None:
    """In the transaction in which they did."""
    for told in premises if rows else ():
        told(rows, by)
