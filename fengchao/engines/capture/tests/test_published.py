"""The numbers that others have published for their data come out again. Each was looked up where the comment says."""

from math import sqrt

import pytest

from fengchao.engines.capture import Histories, chao, chapman, estimate, loglinear
from fengchao.engines.capture.loglinear import fitted, models


def histories(sources: str, counts: list[int]) -> Histories:
    """Counts in the order they are printed in: from those on all lists down to those on the last alone."""
    cells = range((1 << len(sources)) - 1, 0, -1)
    return Histories(tuple(sources), {int(f"{cell:0{len(sources)}b}"[::-1], 2): n
                                      for cell, n in zip(cells, counts, strict=True)})


# Known diabetes in Casale Monferrato, 1988; four lists. Bruno et al. (1994), Diabetes Care 17, 548. Cells: the tests
# of the R package Rcapture (inst/tests/testPapersResults.R) and the examples of its closedpCI.
DIABETES = histories("1234", [58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10])

# A part (R3) of a census with its checks; three lists. Darroch et al. (1993), A three-sample multiple-recapture
# approach to census population estimation, JASA. Cells: the same tests.
CENSUS = histories("123", [72, 155, 7, 71, 13, 53, 43])

# Deaths from injury at work in Maryland; four lists, and three of them. Cormack, Chang and Smith (2000), International
# Journal of Epidemiology 29, tables 3a and 3b, who knew of 237: their cautionary tale. Cells: the same tests.
INJURIES = histories("1234", [72, 5, 29, 53, 24, 3, 12, 14, 0, 0, 0, 1, 0, 0, 2])
INJURIES_OF_THREE = histories("123", [72, 5, 29, 54, 24, 3, 14])

# Hepatitis A among the students of a college in Taiwan, 1995; lists P (serum), Q (hospitals), E (questionnaires).
# Chao, Tsay, Lin, Shau and Chao (2001), Statistics in Medicine 20, 3123-3157, table II, whose text names 63 on E
# alone, 55 on Q alone, 18 on both and 28 on all; the sizes of the lists (135, 122, 126; 271 together), which the
# manual of the R package CARE1 gives, leave one value for each other cell.
HEPATITIS = histories("PQE", [28, 21, 17, 69, 18, 55, 63])


def pair(of: Histories, first: int, second: int) -> Histories:
    return of.grouped([(first,), (second,)])


@pytest.mark.parametrize(("lists", "total", "error", "low", "high"), [
    ((0, 1), 2351, 58, 2250, 2478), ((0, 2), 2185, 22, 2146, 2233), ((0, 3), 2261, 88, 2117, 2468),
    ((1, 2), 2057, 77, 1922, 2224), ((1, 3), 803, 47, 725, 913), ((2, 3), 1555, 67, 1445, 1712),
])  # fmt: skip
def test_chapman_for_each_pair_of_the_diabetes_lists(lists, total, error, low, high):
    """As CARE1 prints them: the example output of its data set Diabetes (rdrr.io/cran/CARE1/man/Diabetes.html)."""
    two = pair(DIABETES, *lists)
    said = chapman(two)
    assert (round(said.total), round(said.low), round(said.high)) == (total, low, high)
    first, second, both = two.on(0), two.on(1), two.counts[3]
    seber = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    assert round(sqrt(seber)) == error


@pytest.mark.parametrize(("lists", "pairs", "total", "error", "deviance", "freedom"), [
    # Rivest (2011): the model of Bruno et al., and the pairs he keeps himself; of R3 all pairs, and two.
    (DIABETES, "12 13 23 24 34", 2771, 145, 7.62, 5), (DIABETES, "13 24 34", 2472, 53, 21.97, 7),
    (CENSUS, "12 13 23", 1240, 451, 0.0, 0), (CENSUS, "12 23", 850, 186, 3.8, 1),
    # Cormack, Chang and Smith, who give no standard errors.
    (INJURIES, "", 215, None, 87.1, 10), (INJURIES, "12 13 34", 218, None, 2.6, 7),
    (INJURIES_OF_THREE, "", 209, None, 75.1, 3), (INJURIES_OF_THREE, "13 23", 233, None, None, 1),
])  # fmt: skip
def test_log_linear_models(lists, pairs, total, error, deviance, freedom):
    """As the tests of Rcapture hold it to those papers."""
    fit = fitted(lists, pairs_of(pairs))
    assert round(lists.seen + fit.unseen) == total
    assert error is None or round(sqrt(fit.variance)) == error
    assert deviance is None or fit.deviance == pytest.approx(deviance, abs=0.05)
    assert fit.freedom == freedom


def pairs_of(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(a) - 1, int(b) - 1) for a, b in text.split())


@pytest.mark.parametrize("pairs", ["12 13 14 34", "12 13 14 23 24 34"])
def test_a_model_whose_estimate_has_no_end_is_none(pairs):
    """Rcapture ends above a million for these two of table 3a, where it stops counting."""
    assert fitted(INJURIES, pairs_of(pairs)) is None


def test_empty_cells_do_not_hide_the_model_that_explains_the_others():
    """Nobody was on the second and third list alone: a term without an end, beside a number of unseen that has one."""
    said = estimate(INJURIES)
    assert said.dependent == pairs_of("12 13 34")
    assert said.seen == 215 < said.low < said.total < 219 < said.high < 235


def test_the_model_chosen_for_the_diabetes_lists_is_the_published_one():
    said = estimate(DIABETES)
    assert DIABETES.seen == said.seen == 2069
    assert said.dependent == pairs_of("12 13 23 24 34")
    assert round(said.total) == 2771
    assert 2500 < said.low < 2600 < 3100 < said.high < 3200
    assert len(models(4)) == 64


def test_independent_lists_are_contradicted_and_would_have_missed_five_hundred():
    independent = fitted(DIABETES, ())
    assert 2771 - (2069 + independent.unseen) > 500
    assert independent.contradicted


def test_the_hepatitis_lists_are_those_of_the_paper():
    assert ([HEPATITIS.on(i) for i in range(3)], HEPATITIS.seen) == ([135, 122, 126], 271)


def test_no_model_of_the_hepatitis_lists_is_believed_and_the_floor_holds():
    """All students' serum, later, told of 545. Every model that can be checked is contradicted by the counts; the one
    that cannot be said 1,314. Both: van Hest, Capture-recapture methods in surveillance (2007), chapter 10."""
    said = estimate(HEPATITIS)
    assert loglinear(HEPATITIS).why == "no_model"
    assert (said.method, said.assumptions[0]) == ("chao", "lower_bound")
    assert said.seen == 271 < said.low < 545 < said.high
    assert HEPATITIS.seen + fitted(HEPATITIS, pairs_of("12 13 23")).unseen == pytest.approx(1314, abs=1.5)


def test_all_pairs_of_three_lists_are_a_product_of_cells():
    """Fienberg (1972): then the model is the counts, and the unseen follow without any fitting."""
    for lists in (HEPATITIS, CENSUS, INJURIES_OF_THREE):
        n = lists.counts
        product = n[1] * n[2] * n[4] * n[7] / (n[3] * n[5] * n[6])
        assert fitted(lists, pairs_of("12 13 23")).unseen == pytest.approx(product, rel=1e-6)


def test_chaos_bound_for_two_sources_is_chapmans_estimate():
    for lists in ((0, 1), (0, 2), (1, 2)):
        two = pair(HEPATITIS, *lists)
        assert chao(two).total == pytest.approx(chapman(two).total)
        assert chao(two).low == pytest.approx(chapman(two).low, rel=0.02)
