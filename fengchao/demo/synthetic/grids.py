"""Cuts a row of buildings into grids of about 300 doors, never through a building."""

from collections.abc import Sequence

DOORS = 300


def cut(doors_of_buildings: Sequence[int], target: int = DOORS) -> list[int]:
    """The grid (1..n) of each building: where its middle door falls when doors are cut evenly."""
    total = sum(doors_of_buildings)
    grids = max(1, round(total / target))
    seen, numbers = 0, []
    for doors in doors_of_buildings:
        numbers.append(min(grids, int((seen + doors / 2) * grids / total) + 1))
        seen += doors
    return _without_gaps(numbers)


def _without_gaps(numbers: list[int]) -> list[int]:
    """A huge building may swallow a whole grid: number those that hold something 1, 2, 3 ..."""
    order = {number: nth for nth, number in enumerate(sorted(set(numbers)), 1)}
    return [order[number] for number in numbers]
