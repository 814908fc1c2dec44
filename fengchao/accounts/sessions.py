"""Sessions in the database, read by a statement that PostgreSQL has planned: every page begins with it."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from fengchao.base.sql import run

READ = "SELECT session_data, expire_date FROM django_session WHERE session_key = %s AND expire_date > now()"


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        row = run(READ, [key]).fetchone()
        if row is None:
            self._session_key = None  # as Django does: a key nobody gave out is not taken over
            return None
        return Session(session_key=key, session_data=row[0], expire_date=row[1])
