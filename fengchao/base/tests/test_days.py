"""A day that an address names."""

from datetime import date

import pytest

from fengchao.base.clock import day_of
from fengchao.base.errors import Refused


def test_a_day_is_read_as_browsers_write_it():
    assert day_of("2026-11-26") == date(2026, 11, 26) and day_of("2000-01-01") and day_of("2100-12-31")


@pytest.mark.parametrize("text", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31", "2026-13-01", "x", ""])
def test_what_is_no_day_of_ours_is_refused_by_name(text):
    with pytest.raises(Refused, match="bad_day"):
        day_of(text)
