"""The buildings a captain can be given. They belong to `people`, which stands above and gives its answer at start."""

from collections.abc import Callable
from uuid import UUID

Building = tuple[UUID, str]
ask: Callable[[int], list[Building]] = lambda grid: []  # noqa: E731


def buildings_of(grid: int) -> list[Building]:
    return ask(grid)
