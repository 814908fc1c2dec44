"""The server's clock decides; a device's clock is only kept beside it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .errors import Refused

CHINA = ZoneInfo("Asia/Shanghai")
AHEAD = timedelta(days=366)  # no plan is made further off: by then those who answer for the place are others
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


def require_near(day: date) -> None:
    """Of what begins by itself on a day. Raises Refused "day_far", which says the last one allowed."""
    latest = today() + AHEAD
    if day > latest:
        raise Refused("day_far", day=latest.isoformat())
