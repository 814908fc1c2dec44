"""Binding an account to the identity that a provider vouches for, and loosening it."""

from allauth.socialaccount.models import SocialAccount, SocialLogin

from fengchao.base import audit
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused

from ..models import User
from ..rules import require_manager
from .sessions import end_all


def bind_identity(*, by: Actor, user: User, login: SocialLogin) -> None:
    """One identity to an account. A one-time password is used up by it: the person has shown who they are."""
    if SocialAccount.objects.filter(user=user).exists():
        raise Refused("identity_taken")
    login.account.extra_data = {}
    login.connect(None, user)
    if user.temporary_until is not None:
        user.set_unusable_password()
        user.temporary_until = None
        User.objects.filter(id=user.id).update(password=user.password, temporary_until=None)
    audit.write_one("identity_bound", user.id, by=by, grid=user.home_lo)


def accept_identity(*, by: Actor, account: SocialAccount) -> None:
    """One that is bound already. What the provider says of a person beyond who they are is not kept."""
    SocialAccount.objects.filter(pk=account.pk).update(extra_data={})
    audit.write_one("identity_accepted", account.user_id, by=by, grid=account.user.home_lo)


def loosen_identity(*, by: Actor, user: User) -> None:
    """For somebody whose account at the provider was renewed; signed out everywhere."""
    require_manager(by, user)
    if not SocialAccount.objects.filter(user=user).delete()[0]:
        raise Refused("identity_none")
    end_all(user, by=by)
    audit.write_one("identity_loosened", user.id, by=by, grid=user.home_lo)
