"""The server's clock decides; a device's clock is only kept beside it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from .errors import Refused

CHINA = ZoneInfo("Asia/Shanghai")
YEARS = range(2000, 2101)  # of which a page is asked: days are counted on from, and the calendar has ends


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The date on the wall of the community office."""
    return datetime.now(CHINA).date()


def day_of(text: str) -> date:
    """The day that an address or a form names. Raises Refused "bad_day"."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Refused("bad_day") from error
    if day.year not in YEARS:
        raise Refused("bad_day")
    return day
