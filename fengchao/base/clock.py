"""The server's clock decides; a device's clock is only kept beside it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The date on the wall of the community office."""
    return datetime.now(CHINA).date()
