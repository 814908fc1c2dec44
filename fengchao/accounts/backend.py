"""Passwords as allauth checks them; and the user of a session together with their duties, which every page asks for."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from fengchao.base import clock
from fengchao.base.sql import run

from .models import User
from .queries import DUTIES, IN_FORCE, grants_of

FIELDS = [field.attname for field in User._meta.concrete_fields]
COLUMNS = ", ".join(f'u."{field.column}"' for field in User._meta.concrete_fields)
READ = f"""SELECT {COLUMNS}, y.* FROM accounts_user u,
 LATERAL (SELECT {DUTIES} FROM accounts_duty y WHERE y.user_id = u.id AND {IN_FORCE}) y
WHERE u.id = %(user)s AND u.is_active"""


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """With `granted`, what the user may today."""
        row = run(READ, {"user": user_id, "today": clock.today()}).fetchone()
        if row is None:
            return None
        user = User.from_db("default", FIELDS, row[: len(FIELDS)])
        user.granted = grants_of(*row[len(FIELDS):])
        return user
