"""Who may give which duty where, and what kind of place a duty is for."""

from fengchao.areas.queries import exists
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import DIGITS, LEVELS, Area

from .models import User
from .queries import duties_of
from .roles import ROLES, Role

SIZES = [10 ** (DIGITS - digits) for digits in LEVELS]  # from a province down to a grid


def givable(by: Actor, area: Area) -> list[Role]:
    """The roles `by` may give for the whole of `area`, whether or not they are given at its level."""
    codes = {code for g in by.grants if g.role in ROLES and g.area.covers(area) for code in ROLES[g.role].gives}
    if by.may(P.MANAGE_USERS, area):
        codes = set(ROLES)
    return [role for role in ROLES.values() if role.code in codes]


def require_giver(by: Actor, role: Role, area: Area) -> None:
    if role not in givable(by, area):
        raise Refused("not_yours_to_give")


def require_fitting_size(role: Role, area: Area) -> None:
    """A secretary is given for a community, not for a grid or a city."""
    size = area.hi - area.lo
    smallest, widest = (SIZES[list(LEVELS.values()).index(level)] for level in (role.level, role.widest))
    if size not in SIZES or not smallest <= size <= widest or area.code is None:
        raise Refused("wrong_level", role=role.name)


def require_fitting(role: Role, area: Area, building: object = None) -> None:
    """For its size, for a building where the role asks for one, and for a place that there is."""
    require_fitting_size(role, area)
    if (building is None) == role.one_building:
        raise Refused("building_needed" if role.one_building else "wrong_level", role=role.name)
    if not exists(area):
        raise Refused("no_such_place")


def require_other(by: Actor, user: User) -> None:
    """Nobody decides on their own duties or account; the platform itself, which has no id, may."""
    if by.id is not None and by.id == user.id:
        raise Refused("not_yourself")


def may_open_accounts(by: Actor, area: Area) -> bool:
    return by.may(P.MANAGE_USERS, area) or by.may(P.GIVE_DUTY, area)


def may_manage(by: Actor, user: User) -> bool:
    """Somebody who could have given this user everything they now hold, and in whose area they belong or work.

    Resetting a password hands over the account: so never one that can do more than one's own.
    """
    duties = list(duties_of(user))
    if any(ROLES[duty.role] not in givable(by, duty.area) for duty in duties):
        return False
    return bool(duties) or may_open_accounts(by, user.home)


def require_manager(by: Actor, user: User) -> None:
    require_other(by, user)
    if not may_manage(by, user):
        raise Refused("not_allowed")
