"""Where a user is signed in, as the pages show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from fengchao.base import clock

from .models import Device, User

# The first word found in what a browser says of itself; the order matters, since each names its forerunners too.
BROWSERS = {"MicroMessenger": "WeChat", "Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome",
            "Safari/": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux"}


@dataclass(frozen=True, slots=True)
class Browser:
    id: int
    words: str
    address: str
    since: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class Phone:
    id: UUID
    name: str
    last_seen: datetime
    expires: datetime


def signed_in(user: User, current: str = "") -> dict[str, Any]:
    """Live sessions and phones; `current`: the session in which this is asked."""
    sessions = [Browser(s.id, _words(s.user_agent), s.ip, s.created_at, s.session_key == current)
                for s in UserSession.objects.filter(user=user).order_by("-created_at") if s.exists()]
    devices = Device.objects.filter(user=user, revoked__isnull=True, expires__gt=clock.now()).order_by("-last_seen")
    return {"sessions": sessions, "devices": [Phone(d.id, d.name, d.last_seen, d.expires) for d in devices]}


def _words(agent: str) -> str:
    found = [next((name for mark, name in marks.items() if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or _("其他浏览器")
