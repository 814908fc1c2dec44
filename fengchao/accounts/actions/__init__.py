"""Every write to accounts."""

from .devices import enrol_device, revoke_device
from .duties import end_duty, give_duty
from .identities import accept_identity, bind_identity, loosen_identity
from .overlays import end_overlay_duty, give_overlay_duty
from .sessions import end_session, end_sessions
from .users import activate, create_user, deactivate, password_chosen, reset_password

__all__ = [
    "accept_identity", "activate", "bind_identity", "create_user", "deactivate", "end_duty", "end_overlay_duty",
    "end_session", "end_sessions", "enrol_device", "give_duty", "give_overlay_duty", "loosen_identity",
    "password_chosen", "reset_password", "revoke_device",
]
