"""What another program may do: its token names a user, the user the duties in force today, the token cuts them down.

A token never widens anything. For one reading the actor holds only what that feed asks for, only inside the area of the
token, and only by duties that hold all of it: when the duty ends, the token is worth nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fengchao.accounts.queries import DUTIES, IN_FORCE, grants_of
from fengchao.accounts.tokens import hash_of
from fengchao.areas.overlays import overlays_in_force
from fengchao.base import clock
from fengchao.base.actor import Actor, Grant
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area, common, ground
from fengchao.base.sql import run

from .actions.tokens import touch_token

WHO = f"""
SELECT t.id, u.id, u.name, t.lo, t.hi, t.ground, t.overlay,
       ARRAY(SELECT jsonb_array_elements_text(t.allows)), t.digest_sealed,
       t.last_used IS NULL OR now() - t.last_used > interval '10 minutes', {DUTIES}
FROM exchange_token t JOIN accounts_user u ON u.id = t.user_id
JOIN accounts_duty y ON y.user_id = u.id AND {IN_FORCE}
WHERE {{which}} AND t.revoked IS NULL AND t.expires > now() AND u.is_active
GROUP BY t.id, u.id
"""
BY_HASH = WHO.format(which="t.token_hash = %(which)s")
BY_NAME = WHO.format(which="u.username = %(which)s AND length(t.digest_sealed) > 0")
BY_ID = WHO.format(which="t.id = %(which)s AND length(t.digest_sealed) > 0")


@dataclass(frozen=True, slots=True)
class Holder:
    """A token that is good now, and the duties of whom it acts for."""

    token: UUID
    user: UUID
    name: str
    area: Area
    allows: frozenset[str]
    digest_sealed: bytes
    duties: tuple[Grant, ...]
    address: str = ""

    def acting_for(self, what: str, permissions: frozenset[P]) -> Actor:
        """Raises Refused "not_in_token", or "feed_not_yours" when no duty in force covers it any more."""
        if what not in self.allows:
            raise Refused("not_in_token", asked=what)
        return actor_within(self.user, self.name, self.duties, self.area, permissions, what=what, device=self.token,
                            address=self.address)


def actor_within(user: UUID, name: str, duties: Iterable[Grant], area: Area, permissions: frozenset[P], *, what: str,
                 device: UUID | None = None, address: str = "") -> Actor:
    """Somebody with these permissions and no others, where duties that hold all of them meet the area."""
    grants = tuple(Grant(duty.role, permissions, both, duty.building) for duty in duties
                   if permissions <= duty.permissions for both in common([duty.area], area.parts))
    if not grants:
        raise Refused("feed_not_yours", feed=what)
    return Actor(id=user, name=name, grants=grants, device_id=device, address=address)


def holder_of(secret: str, *, address: str = "") -> Holder:
    """Raises Refused "token_ended"."""
    return _holder(run(BY_HASH, {"today": clock.today(), "which": hash_of(secret)}).fetchone(), address)


def collect_holder(name: str, *, address: str = "") -> Holder:
    """Of the token with which somebody fills in campaigns with ODK Collect, by its `collect_name`.

    Raises Refused "token_ended".
    """
    if not name.isascii() or not name.isprintable():
        raise Refused("token_ended")
    try:
        statement, which = BY_ID, str(UUID(hex=name))
    except ValueError:
        statement, which = BY_NAME, name.lower()
    return _holder(run(statement, {"today": clock.today(), "which": which}).fetchone(), address)


def _holder(row: tuple | None, address: str) -> Holder:
    if row is None:
        raise Refused("token_ended")
    token, user, name, lo, hi, ranges, overlay, allows, sealed, idle, *duties = row
    over = overlays_in_force([overlay]) if overlay else []
    if overlay and not over:
        raise Refused("token_ended")
    if idle:
        touch_token(by=Actor(id=user, name=name), token=token)
    own = ground(Area(part.lower, part.upper) for part in ranges) if ranges else Area(lo, hi)
    area = over[0].ground if over else own
    return Holder(token, user, name, area, frozenset(allows), bytes(sealed), grants_of(*duties), address)
