"""What holds for any list of buildings at all."""

from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fengchao.engines.districting import AIMS, faults, propose
from fengchao.engines.districting.matching import continued
from fengchao.engines.districting.tests.towns import towns

_quietly = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(towns(), st.integers(0, 3))
@_quietly
def test_every_proposal_keeps_its_promises_or_says_which_it_cannot(given_town, seed):
    buildings, brief = given_town
    for proposal in propose(buildings, brief, seed):
        assert faults(buildings, brief, proposal) == []
        codes = {remark.code for remark in proposal.remarks}
        assert proposal.within or "uneven" in codes
        assert proposal.contiguous or "apart" in codes
        assert len(proposal.grids) == brief.grids or "too_many" in codes


@given(towns(), st.integers(0, 3))
@_quietly
def test_none_of_the_proposals_is_better_at_what_another_is_called(given_town, seed):
    found = propose(*given_town, seed)
    called = {aim: one for one in found for aim in one.aims}
    assert set(called) == set(AIMS) and all(one.aims for one in found)
    for one in found:
        assert called["near"].moved <= one.moved
        assert called["compact"].cut <= one.cut
        assert called["even"].off <= one.off + 1e-9
        assert len({(other.contiguous, other.beyond) for other in found}) == 1


@given(towns(), st.integers(0, 3))
@settings(max_examples=10, deadline=None)
def test_the_same_seed_gives_the_same_proposals(given_town, seed):
    buildings, brief = given_town
    assert propose(buildings, brief, seed) == propose(buildings, brief, seed)


@given(st.lists(st.dictionaries(st.integers(1, 4), st.integers(1, 9).map(float)), min_size=1, max_size=4))
def test_numbers_go_where_the_most_households_keep_theirs(today):
    def stay(keeps):
        return sum(held.get(keep, 0) for held, keep in zip(today, keeps, strict=True))

    numbers = [None, 1, 2, 3, 4]
    ways = product(numbers, repeat=len(today))
    allowed = [way for way in ways if len([n for n in way if n]) == len({n for n in way if n})]
    keeps = continued(today)
    assert tuple(keeps) in allowed
    assert stay(keeps) == max(map(stay, allowed))
