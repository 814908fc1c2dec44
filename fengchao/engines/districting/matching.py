"""Which grid of today each new grid continues, so that as many households as possible keep theirs."""

from collections import deque
from collections.abc import Sequence

EPSILON = 1e-9


def continued(today: Sequence[dict[int, float]]) -> list[int | None]:
    """`today[g]` are the households of a new grid by today's grid; None for a grid that continues none.

    The assignment problem by best augmenting paths: exact, and quick because a new grid overlaps few of today's.
    """
    keeps: list[int | None] = [None] * len(today)
    owner: dict[int, int] = {}
    for new in range(len(today)):
        value = {new: 0.0}  # what is gained on the way to a grid that must look for another
        taken: dict[int, tuple[int, int]] = {}  # its number, and by whom
        best: tuple[float, int, int | None] = (0.0, new, None)
        looking = deque([new])
        while looking:
            row = looking.popleft()
            if value[row] > best[0] + EPSILON:
                best = value[row], row, None
            for grid, households in today[row].items():
                gain = value[row] + households
                if (holder := owner.get(grid)) is None:
                    best = max(best, (gain, row, grid), key=lambda end: end[0])
                elif holder != row and gain - today[holder][grid] > value.get(holder, float("-inf")) + EPSILON:
                    value[holder], taken[holder] = gain - today[holder][grid], (grid, row)
                    looking.append(holder)
        _, row, number = best
        while row != new:
            keeps[row] = number
            number, row = taken[row]
        keeps[row] = number
        owner = {grid: row for row, grid in enumerate(keeps) if grid is not None}
    return keeps
