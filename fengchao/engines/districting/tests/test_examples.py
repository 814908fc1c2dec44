"""Towns small enough to know the answer."""

from itertools import combinations, pairwise, product

import pytest

from fengchao.engines.districting import Brief, Building, faults, propose
from fengchao.engines.districting.tests.towns import row, town


def by_aim(buildings, brief, seed=0):
    found = propose(buildings, brief, seed)
    assert all(faults(buildings, brief, one) == [] for one in found)
    return {aim: one for one in found for aim in one.aims}


def codes(proposal):
    return [remark.code for remark in proposal.remarks]


def test_four_quarters_of_a_square_are_its_roundest_grids():
    compact = by_aim(town([10] * 36, 6), Brief(4))["compact"]
    assert (compact.cut, compact.off, compact.moved) == (12, 0.0, 0)
    assert compact.walk == 4 * 8 * 40.0


def test_the_borders_are_as_short_as_any_division_allows():
    """Held against all 2^11 divisions of a town of twelve buildings in two."""
    loads = [30, 10, 20, 10, 40, 10, 20, 30, 10, 20, 30, 10]
    buildings, brief = town(loads, 4), Brief(2)
    compact = by_aim(buildings, brief)["compact"]
    assert compact.within
    assert compact.cut == min(_cut(way) for way in _halves(loads, 4, 0.1))


def _halves(loads, width, tolerance):
    for way in product((0, 1), repeat=len(loads)):
        one = sum(load for load, side in zip(loads, way, strict=True) if side)
        even = abs(2 * one / sum(loads) - 1) <= tolerance
        if even and all(_whole([i for i, side in enumerate(way) if side == s], width) for s in (0, 1)):
            yield way


def _cut(way, width=4):
    return sum(way[i] != way[j] for i, j in _lattice(len(way), width))


def _lattice(size, width):
    return [(i, j) for i in range(size) for j in (i + 1, i + width) if j < size and (j != i + 1 or j % width)]


def _whole(side, width):
    seen = set(side[:1])
    for _ in side:
        seen |= {b for i, j in _lattice(width * width, width) for a, b in ((i, j), (j, i)) if a in seen and b in side}
    return bool(side) and seen == set(side)


def test_a_row_of_houses_is_divided_as_evenly_as_can_be():
    """Of all ways to cut 14 houses in three runs, the one whose worst run is the least off."""
    loads = [9, 1, 4, 4, 7, 2, 2, 8, 5, 3, 6, 1, 1, 10]
    runs = [(sum(loads[:i]), sum(loads[i:j]), sum(loads[j:])) for i in range(1, 13) for j in range(i + 1, 14)]
    best = min(max(abs(3 * load / sum(loads) - 1) for load in run) for run in runs)
    assert min(one.off for one in propose(row(loads), Brief(3))) == pytest.approx(best)


def test_in_a_row_no_division_within_the_tolerance_moves_fewer():
    """Held against all ways to cut sixteen houses in four runs; today's grids are four houses each."""
    loads = [9, 3, 4, 6, 7, 2, 2, 8, 5, 3, 4, 1, 1, 4, 5, 3]
    today, share = [1 + i // 4 for i in range(16)], sum(loads) / 4
    near = propose(row(loads, today), Brief(4))[0]
    assert near.within
    assert near.moved == min(
        _moved([0, *cuts, 16], loads, today) for cuts in combinations(range(1, 16), 3)
        if all(abs(sum(loads[a:b]) / share - 1) <= 0.1 for a, b in pairwise([0, *cuts, 16]))
    )  # fmt: skip


def _moved(cuts, loads, today):
    kept = (max(sum(loads[i] for i in range(a, b) if today[i] == grid) for grid in today) for a, b in pairwise(cuts))
    return sum(loads) - sum(kept)


def test_where_today_is_even_nobody_moves():
    today = [1, 1, 1, 2, 2, 2] * 4
    near = by_aim(town([10] * 24, 6, today=today), Brief(2))["near"]
    assert (near.moved, near.off) == (0, 0.0)
    assert [grid.keeps for grid in near.grids] == [1, 2]


def test_as_few_households_move_as_must():
    """Grid 1 has 160 of 240 households in a row: four houses of ten must change, and no more do."""
    near = by_aim(row([10] * 24, today=[1] * 16 + [2] * 8), Brief(2, tolerance=0.01))["near"]
    assert (near.moved, near.off) == (40, 0.0)


def test_a_grid_that_became_too_large_is_divided_and_keeps_its_number_where_most_stay():
    near = by_aim(row([10] * 12, today=[7] * 12), Brief(3))["near"]
    assert sorted(str(grid.keeps) for grid in near.grids) == ["7", "None", "None"]
    assert near.moved == 80


def test_a_compound_is_never_cut():
    found = by_aim(town([10] * 16, 4, compounds="aaaabbbbccccdddd"), Brief(2))
    for proposal in found.values():
        assert len({tuple(proposal.grid_of[i:i + 4]) for i in range(0, 16, 4)}) == 2
        assert proposal.off == 0


def test_weights_decide_what_counts_as_load():
    """Two very old people to the left, and forty households to each side."""
    buildings = [Building(str(i), 10, (10.0, 20.0 if i == 0 else 0.0), "", None, (40.0 * i, 0.0)) for i in range(8)]
    assert [grid.buildings for grid in propose(buildings, Brief(2, (1.0, 0.0)))[0].grids] == [4, 4]
    assert [grid.buildings for grid in propose(buildings, Brief(2, (1.0, 1.0)))[0].grids] == [3, 5]


def test_nobody_walks_across_a_river_but_over_the_bridge():
    buildings, river = town([10] * 16, 4), ((60.0, -50.0), (60.0, 500.0))
    for proposal in by_aim(buildings, Brief(2, barriers=(river,))).values():
        assert {proposal.grid_of[i] for i in (0, 1, 4, 5)}.isdisjoint(proposal.grid_of[i] for i in (2, 3, 6, 7))
    bridged = propose(buildings, Brief(1, barriers=(river,), ways=(("1", "2"),)))[0]
    assert bridged.contiguous
    assert (1, 2) in bridged.grids[0].proof


def test_outlines_that_share_a_border_are_neighbours_and_a_corner_is_none():
    def block(key, x, y, wide=100.0):
        corners = ((x, y), (x + wide, y), (x + wide, y + 100.0), (x, y + 100.0))
        return Building(key, 10, (10.0,), outline=corners)

    four = [block("a", 0, 0), block("b", 100.4, 0), block("c", 0, 100), block("d", 100, 100)]
    proof = propose(four, Brief(1, reach=1.0))[0].grids[0].proof
    assert propose(four, Brief(1, reach=1.0))[0].contiguous
    assert (0, 3) not in proof and (1, 2) not in proof


class TestWhatCannotHold:
    def test_an_island_too_small_for_a_grid_shares_one_and_the_ferry_is_named(self):
        island = Building("岛", 3, (3.0,), "", None, (5000.0, 0.0))
        for proposal in by_aim([*town([10] * 16, 4), island], Brief(2)).values():
            assert not proposal.contiguous
            ferry = next(remark for remark in proposal.remarks if remark.code == "apart")
            assert "岛" in (ferry.values["one"], ferry.values["other"])
            assert ferry.values["metres"] == 4880

    def test_an_island_as_large_as_a_grid_is_one(self):
        island = [Building(f"岛{i}", 20, (20.0,), "", None, (5000.0 + 40 * i, 0.0)) for i in range(4)]
        for proposal in by_aim([*town([10] * 16, 4), *island], Brief(3)).values():
            assert proposal.contiguous and proposal.within
            assert len(set(proposal.grid_of[16:])) == 1 and proposal.grid_of[16] not in proposal.grid_of[:16]

    def test_a_compound_heavier_than_a_share_is_a_grid_and_the_others_share_the_rest(self):
        found = by_aim(town([90, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10], 4), Brief(3))
        for proposal in found.values():
            assert codes(proposal) == ["too_heavy", "uneven"]
            assert proposal.remarks[0].values == {"key": "0", "buildings": 1, "percent": 135}
            assert sorted(grid.load for grid in proposal.grids) in ([50, 60, 90], [55, 55, 90])

    def test_a_compound_too_light_alone_and_too_heavy_with_any_neighbour_is_named(self):
        """甲 is 75 of a share of 100; next to it there is only 乙, which is 70."""
        found = by_aim(row([75, 70, *[10] * 25, 5]), Brief(4))
        for proposal in found.values():
            assert codes(proposal) == ["uneven", "wedged"]
            assert proposal.remarks[-1].values == {"key": "0", "buildings": 1, "percent": 75}

    def test_more_grids_than_sets_gives_one_to_each(self):
        for proposal in by_aim(town([10] * 4, 2, compounds="aabc"), Brief(9)).values():
            assert "too_many" in codes(proposal)
            assert len(proposal.grids) == 3

    def test_without_any_load_every_building_counts_as_one(self):
        for proposal in by_aim(town([0] * 16, 4), Brief(4)).values():
            assert codes(proposal)[0] == "no_load"
            assert [grid.buildings for grid in proposal.grids] == [4] * 4

    def test_no_building_is_an_empty_proposal(self):
        assert [codes(one) for one in propose([], Brief(3))] == [["no_buildings"]]

    def test_everybody_on_one_spot_is_divided_all_the_same(self):
        crowd = [Building(str(i), 1, (1.0,), "", None, (0.0, 0.0)) for i in range(300)]
        assert by_aim(crowd, Brief(10, steps=20_000))

    def test_time_runs_out_and_there_is_still_an_answer(self):
        for proposal in by_aim(town([10] * 400, 20), Brief(12, seconds=1e-6)).values():
            assert codes(proposal)[-1] == "out_of_time"
            assert len(proposal.grids) == 12

    @pytest.mark.parametrize(
        ("key", "loads"), [("a", (-1.0,)), ("a", (float("nan"),)), ("a", (1.0, 2.0)), ("b", (1.0,))]
    )
    def test_what_means_nothing_is_refused(self, key, loads):
        with pytest.raises(ValueError, match=key):
            propose([Building(key, 1, loads), Building("b", 1, (1.0,))], Brief(1))
