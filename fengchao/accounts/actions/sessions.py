"""Where somebody is signed in, and ending it: a browser by its session, a phone by its token, a program by its own."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from fengchao.base import audit
from fengchao.base.actor import Actor

from ..endings import with_sign_ins
from ..models import Device, User
from ..rules import require_manager


def end_session(*, by: Actor, session: UserSession) -> None:
    if by.id != session.user_id:
        require_manager(by, session.user)
    session.end()
    audit.write_one("session_ended", session.user_id, by=by, grid=session.user.home_lo)


def end_sessions(*, by: Actor, user: User, keep: str = "") -> int:
    """All of a user's, browsers, phones and programs; `keep`: the session in which this is asked."""
    if by.id != user.id:
        require_manager(by, user)
    ended = end_all(user, by=by, keep=keep)
    audit.write_one("sessions_ended", user.id, by=by, grid=user.home_lo, count=ended)
    return ended


def end_all(*users: User, by: Actor, keep: str = "") -> int:
    """Part of another action, which has asked for permission and writes the audit."""
    others = sum(end(by, [user.id for user in users]) for end in with_sign_ins)
    sessions = UserSession.objects.filter(user__in=users).exclude(session_key=keep)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return others + len(keys) + Device.objects.filter(user__in=users, revoked__isnull=True).update(revoked=Now())
