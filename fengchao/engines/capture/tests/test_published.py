"""The numbers that others have published for their data come out again."""

import pytest

from fengchao.engines.capture import Histories, chao, chapman, estimate, loglinear
from fengchao.engines.capture.loglinear import fitted, models


def histories(sources: str, cells: dict[str, int]) -> Histories:
    """Cells as they are printed: "101" was on the first and the third list."""
    return Histories(tuple(sources), {int(cell[::-1], 2): n for cell, n in cells.items()})


# Hepatitis A among the students of a college in Taiwan, 1995; lists P (serum), Q (hospitals), E (questionnaires).
# Chao, Tsay, Lin, Shau and Chao (2001), Statistics in Medicine 20, 3123-3157, table II. A later test of everybody's
# serum counted about 545.
HEPATITIS = histories("PQE", {"100": 69, "010": 55, "001": 63, "110": 21, "101": 17, "011": 18, "111": 28})

# Known diabetes in Casale Monferrato, 1988; four lists. Bruno et al. (1994); analysed by the International Working
# Group for Disease Monitoring and Forecasting (1995), American Journal of Epidemiology 142, 1047-1058.
DIABETES = histories("1234", {
    "1111": 58, "1110": 157, "1101": 18, "1100": 104, "1011": 46, "1010": 650, "1001": 12, "1000": 709,
    "0111": 14, "0110": 20, "0101": 7, "0100": 74, "0011": 8, "0010": 182, "0001": 10,
})  # fmt: skip


def pair(of: Histories, first: int, second: int) -> Histories:
    return of.grouped([(first,), (second,)])


@pytest.mark.parametrize(("lists", "published"), [
    # Chapman's estimate and its interval for each pair, as the program CARE prints them for these data.
    ((0, 1), (334, 289, 403)), ((0, 2), (374, 319, 461)), ((1, 2), (331, 285, 404)),
])  # fmt: skip
def test_chapman_for_each_pair_of_the_hepatitis_lists(lists, published):
    said = chapman(pair(HEPATITIS, *lists))
    assert (round(said.total), round(said.low), round(said.high)) == published


@pytest.mark.parametrize(("pairs", "total", "deviance"), [
    # Table of the log-linear models in the same paper; the last one is determined by the counts.
    ((), 388, 24.36), (((0, 1),), 416, 21.14), (((0, 2),), 393, 24.25), (((0, 1), (1, 2)), 527, 13.20),
    (((0, 1), (0, 2), (1, 2)), 1313, 0.0),
])  # fmt: skip
def test_log_linear_models_of_the_hepatitis_lists(pairs, total, deviance):
    fit = fitted(HEPATITIS, pairs)
    assert round(HEPATITIS.seen + fit.unseen) == total
    assert fit.deviance == pytest.approx(deviance, abs=0.01)


def test_no_model_of_the_hepatitis_lists_is_believed_and_the_floor_holds():
    """Every model that can be checked is contradicted by the counts; the one that cannot says 1,313."""
    said = estimate(HEPATITIS)
    assert loglinear(HEPATITIS).why == "no_model"
    assert (said.method, said.assumptions[0]) == ("chao", "lower_bound")
    assert said.seen == 271 < said.low < 545 < said.high


def test_the_model_chosen_for_the_diabetes_lists_is_the_published_one():
    """12, 13, 23, 24, 34: 2,771 people, G2 = 7.62 on 5 degrees of freedom."""
    said = estimate(DIABETES)
    assert DIABETES.seen == said.seen == 2069
    assert said.dependent == ((0, 1), (0, 2), (1, 2), (1, 3), (2, 3))
    assert round(said.total) == 2771
    assert fitted(DIABETES, said.dependent).deviance == pytest.approx(7.62, abs=0.01)
    assert 2500 < said.low < 2600 < 3100 < said.high < 3200
    assert len(models(4)) == 64


def test_independent_lists_would_have_missed_five_hundred():
    independent = fitted(DIABETES, ())
    assert round(2069 + independent.unseen) == 2251
    assert independent.contradicted


def test_chapman_of_a_small_catch():
    """10 marked, 15 caught, 5 of them marked: 11 * 16 / 6 - 1. Chapman (1951)."""
    said = chapman(Histories(("first", "second"), {0b01: 5, 0b10: 10, 0b11: 5}))
    assert said.total == pytest.approx(28.33, abs=0.01)
    assert 20 < said.low < 23 < 45 < said.high


def test_chaos_bound_for_two_sources_is_chapmans_estimate():
    for lists in ((0, 1), (0, 2), (1, 2)):
        two = pair(HEPATITIS, *lists)
        assert chao(two).total == pytest.approx(chapman(two).total)
        assert chao(two).low == pytest.approx(chapman(two).low, rel=0.02)
