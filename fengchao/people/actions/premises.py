"""Premises enter the register, change, close and open again."""

from datetime import date
from typing import Any
from uuid import UUID

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.crypto import seal
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission

from ..models import Building, Premises
from ..told import tell_premises
from .places import require_open

PLACE = ("grid", "building")
EDITABLE = {"name", "kind", "uscc", "address", "contact", "staff", *PLACE}


def add_premises(*, by: Actor, grid: int, name: str, kind: str, building: Building | None = None, phone: str = "",
                 **fields: Any) -> Premises:
    by.require(Permission.EDIT_REGISTER, grid)
    require_open(grid)
    premises = Premises.objects.create(grid=grid, name=name, kind=kind, building=building, phone_sealed=seal(phone),
                                       **fields)  # fmt: skip
    write_one("add_premises", premises.id, by=by, grid=grid)
    return premises


def change_premises(*, by: Actor, premises: UUID, phone: str | None = None, **changes: Any) -> Premises:
    """Changes what is given and leaves the rest; with a building given, they stand in its grid."""
    row = _locked(by, premises)
    if unknown := changes.keys() - EDITABLE:
        raise Refused("invalid", field=sorted(unknown)[0])
    if building := changes.get("building"):
        changes["grid"] = building.grid
    was = row.grid
    if changes.get("grid", was) != was:
        by.require(Permission.EDIT_REGISTER, changes["grid"])
        require_open(changes["grid"])
    if phone is not None:
        changes["phone_sealed"] = seal(phone)
    _set(row, changes)
    if not changes.keys().isdisjoint(PLACE):
        tell_premises([row.id], by)
    write_one("change_premises", row.id, by=by, grid=row.grid, fields=sorted(changes),
              **({"was": was} if row.grid != was else {}))
    return row


def close_premises(*, by: Actor, premises: UUID, day: date) -> Premises:
    """They are no more, or no more here: the row stays with its history, and no campaign counts it any longer."""
    row = _locked(by, premises)
    if row.closed:
        raise Refused("premises_closed")
    if day > clock.today():
        raise Refused("premises_day")
    _set(row, {"closed": day})
    tell_premises([row.id], by)
    write_one("close_premises", row.id, by=by, grid=row.grid, day=day)
    return row


def reopen_premises(*, by: Actor, premises: UUID) -> Premises:
    """Undoes `close_premises`. What is open already stays so."""
    row = _locked(by, premises)
    if row.closed:
        _set(row, {"closed": None})
        tell_premises([row.id], by)
        write_one("reopen_premises", row.id, by=by, grid=row.grid)
    return row


def _locked(by: Actor, premises: UUID) -> Premises:
    row = Premises.objects.select_for_update().filter(id=premises).first()
    if row is None:
        raise Refused("not_found")
    by.require(Permission.EDIT_REGISTER, row.grid)
    return row


def _set(row: Premises, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))
