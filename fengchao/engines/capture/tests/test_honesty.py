"""What cannot be said is not said, and what is said holds as often as it claims."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fengchao.engines.capture import CannotSay, Estimate, Histories, chapman, estimate
from fengchao.engines.capture.loglinear import few

TWO, THREE = ("register", "gate"), ("register", "gate", "property")


@pytest.mark.parametrize(("sources", "counts", "why"), [
    ((), {}, "no_sources"),
    (TWO, {}, "no_sources"),
    (("register",), {1: 900}, "one_source"),
    (TWO, {0b01: 900}, "one_source"),
    (TWO, {0b01: 900, 0b10: 30}, "no_overlap"),
    (TWO, {0b11: 900}, "all_the_same"),
    (THREE, {0b001: 900, 0b010: 5, 0b100: 7}, "no_overlap"),
    (THREE, {0b111: 900}, "all_the_same"),
])  # fmt: skip
def test_what_cannot_be_said_is_said_with_its_reason(sources, counts, why):
    said = estimate(Histories(sources, counts))
    assert isinstance(said, CannotSay)
    assert said.why == why


def test_a_list_inside_the_register_proves_little_and_says_how_little():
    """30 of 30 known leaves room for one in ten unknown, 3,000 of 3,000 for one in a thousand."""
    small = estimate(Histories(TWO, {0b01: 970, 0b11: 30}))
    large = estimate(Histories(TWO, {0b01: 97_000, 0b11: 3_000}))
    assert small.total == small.low == 1000
    assert small.high == pytest.approx(1105, abs=1)
    assert large.high / large.total == pytest.approx(1.001, abs=1e-4)


def test_lists_that_hold_nobody_new_speak_together():
    said = estimate(Histories(THREE, {0b001: 1004, 0b011: 115, 0b101: 48, 0b111: 4}))
    assert (said.method, said.total) == ("chapman", 1171)
    assert said.high == pytest.approx(1192, abs=1)  # 167 of 167 known


def test_a_history_of_nobody_or_of_fewer_than_none_is_refused():
    for counts in ({0: 3}, {4: 1}, {1: -1}):
        with pytest.raises(ValueError, match="history"):
            Histories(TWO, counts)


def test_more_than_four_sources_are_grouped_and_nobody_is_lost():
    many = Histories(tuple("abcdef"), {1 << i: 10 * (6 - i) for i in range(6)} | {0b111111: 40, 0b110000: 3})
    grouped = few(many)
    assert grouped.sources == ("a", "b", "c", "d")
    assert grouped.seen == many.seen
    assert grouped.counts[0b1000] == 30 + 20 + 10 + 3


counts = st.dictionaries(st.integers(1, 7), st.integers(0, 3000), max_size=7)


@settings(max_examples=60, deadline=None)
@given(counts)
def test_no_estimate_is_below_what_was_seen_and_none_is_endless(counts):
    said = estimate(Histories(THREE, counts))
    if isinstance(said, Estimate):
        assert said.seen <= said.low <= said.total <= said.high < float("inf")


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(1, 5000))
def test_chapman_is_exact_where_nobody_is_missing_and_grows_with_the_strangers(known, strangers, both):
    more = chapman(Histories(TWO, {0b01: known, 0b10: strangers + 1, 0b11: both}))
    less = chapman(Histories(TWO, {0b01: known, 0b10: strangers, 0b11: both}))
    assert more.unseen > less.unseen >= 0


def drawn(rng: Random, people: int, chances: tuple[float, ...]) -> Histories:
    counts: dict[int, int] = {}
    for _ in range(people):
        mask = sum(1 << i for i, chance in enumerate(chances) if rng.random() < chance)
        if mask:
            counts[mask] = counts.get(mask, 0) + 1
    return Histories(tuple("abcd"[: len(chances)]), counts)


@pytest.mark.parametrize("chances", [(0.9, 0.2), (0.9, 0.2, 0.15)])
def test_nineteen_of_twenty_intervals_hold_the_truth(chances):
    rng, rounds, people = Random(20), 150, 1200
    held = 0
    for _ in range(rounds):
        said = estimate(drawn(rng, people, chances))
        held += said.low <= people <= said.high
    assert held / rounds >= 0.91  # 0.95 less two standard errors of so few rounds
