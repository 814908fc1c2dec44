from fengchao.engines.districting import Brief, faults, propose
from fengchao.engines.districting.bench import BEST, BRIEF, districting_2025, lattice


def test_the_measured_town_is_divided_within_tolerance_and_nearly_as_well_as_is_known():
    buildings = lattice()
    found = {aim: one for one in propose(buildings, BRIEF, seed=7) for aim in one.aims}
    assert list(found) == ["near", "compact", "even"]
    for proposal in found.values():
        assert faults(buildings, BRIEF, proposal) == []
        assert proposal.within
        assert proposal.contiguous
        assert len(proposal.grids) == 60
    assert found["compact"].cut <= 1.1 * BEST["cut"]
    assert found["near"].moved <= 1.6 * BEST["moved"]
    assert found["even"].off <= 0.04


def test_the_benchmark_says_what_it_measured_beside_its_floor():
    result = districting_2025(Brief(60, steps=2000))
    assert set(result) == {"name", "value", "unit", "target", "ok", "floor", "ratio", "note"}
    assert result["floor"] > 0
