"""People enter the register, change, move, leave, and are looked after."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import DateField, Value
from django.db.models.functions import Greatest

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write, write_one
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission

from ..identity import phone_columns, ric_columns
from ..models import Basis, CareTag, Dwelling, Household, IdKind, Person, Presence, Residence
from ..names import initials
from ..told import tell_moved

# What may be changed at a door or in the office by hand; where somebody lives is moved by `move_person`.
EDITABLE = {"name", "sex", "born", "relation", "basis", "presence", "workplace", "hukou", "remark", "household"}


def add_person(*, by: Actor, dwelling: Dwelling, name: str, id: UUID | None = None, household: Household | None = None,
               ric: str = "", id_kind: str = IdKind.NONE, phone: str = "", source: str = "", **fields: Any) -> Person:
    """Somebody lives here. `id` is given when a phone made it; the same id twice is the same person."""
    _require_door(by, dwelling.grid)
    if id and (known := Person.objects.filter(id=id).first()):
        return known
    values = {key: value for key, value in fields.items() if key in EDITABLE and value is not None}
    person = Person(
        **({"id": id} if id else {}), grid=dwelling.grid, building_id=dwelling.building_id, dwelling=dwelling,
        household=household or household_of(dwelling), name=name, initials=initials(name),
        id_kind=id_kind if ric else IdKind.NONE, source=source, confirmed=clock.today(),
        **ric_columns(ric), **phone_columns(phone), **values,
    )
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("id_exists") from error
    _open_residence(person)
    write_one("add_person", person.id, by=by, grid=person.grid, source=source)
    return person


def household_of(dwelling: Dwelling) -> Household:
    """The household of a door, its first one when several live there."""
    first = Household.objects.filter(dwelling=dwelling).order_by("number").first()
    return first or Household.objects.create(grid=dwelling.grid, building_id=dwelling.building_id, dwelling=dwelling)


def update_person(*, by: Actor, person: UUID, ric: str | None = None, id_kind: str | None = None,
                  phone: str | None = None, **changes: Any) -> Person:
    """Changes what is given and leaves the rest; None for an id or phone means it stays."""
    row = locked(person)
    _require_door(by, row.grid)
    unknown = changes.keys() - EDITABLE
    if unknown:
        raise Refused("invalid", field=sorted(unknown)[0])
    if "name" in changes:
        changes["initials"] = initials(changes["name"])
    if ric is not None:
        changes |= ric_columns(ric) | {"id_kind": id_kind or (IdKind.RIC if ric else IdKind.NONE)}
    if phone is not None:
        changes |= phone_columns(phone)
    changes["confirmed"] = clock.today()
    _set(row, changes)
    write_one("update_person", row.id, by=by, grid=row.grid, fields=sorted(changes))
    return row


def move_person(*, by: Actor, person: UUID, to: Dwelling, basis: str = Basis.UNKNOWN,
                day: date | None = None) -> Person:
    """Inside what the actor sees: the old residence ends, the new one begins; who sees the past is where it was."""
    row = locked(person)
    by.require(Permission.EDIT_REGISTER, row.grid)
    by.require(Permission.EDIT_REGISTER, to.grid)
    was = row.grid
    _close_residence(row, day or clock.today())
    _set(row, {"grid": to.grid, "building_id": to.building_id, "dwelling": to, "household": household_of(to),
               "basis": basis, "presence": Presence.PRESENT})
    CareTag.objects.filter(person=row, until__isnull=True).update(grid=to.grid, building_id=to.building_id)
    _open_residence(row, day)
    tell_moved([row.id], by)
    write([Deed("move_person", row.id, to.grid, {"was": was}),
           *([Deed("move_out", row.id, was, {"becomes": to.grid})] if was != to.grid else [])], by=by)
    return row


def set_presence(*, by: Actor, person: UUID, presence: str) -> Person:
    row = locked(person)
    _require_door(by, row.grid)
    comes_or_goes = (row.presence == Presence.LEFT) != (presence == Presence.LEFT)
    _set(row, {"presence": Presence(presence), "confirmed": clock.today()})
    if comes_or_goes:
        tell_moved([row.id], by)
    write_one("set_presence", row.id, by=by, grid=row.grid, presence=presence)
    return row


def mark_left(*, by: Actor, person: UUID, day: date | None = None) -> Person:
    """Moved away to somewhere unknown: the row stays with its history, and no campaign counts it any more."""
    row = set_presence(by=by, person=person, presence=Presence.LEFT)
    _close_residence(row, day or clock.today())
    return row


def confirm_people(*, by: Actor, people: Sequence[UUID]) -> int:
    """They were met today. The record that says so is the audit of it; the policy keeps it inside the scope."""
    today = clock.today()
    return Person.objects.filter(id__in=people).exclude(confirmed=today).update(confirmed=today)


def leave_people(*, by: Actor, people: Sequence[UUID]) -> int:
    """They do not live here any more, as somebody found out at the door: see `confirm_people`."""
    today = clock.today()
    until = Greatest("since", Value(today, DateField()))
    Residence.objects.filter(person__in=people, until__isnull=True).update(until=until)
    left = Person.objects.filter(id__in=people).update(presence=Presence.LEFT, confirmed=today)
    tell_moved(people, by)
    return left


def add_tag(*, by: Actor, person: UUID, code: str, source: str = "", until: date | None = None) -> CareTag:
    row = locked(person)
    by.require(Permission.EDIT_REGISTER, row.grid)
    tag, made = CareTag.objects.get_or_create(
        person=row, code=code, until=until,
        defaults={"grid": row.grid, "building_id": row.building_id, "source": source},
    )
    if made:
        _set(row, {})
        write_one("add_tag", row.id, by=by, grid=row.grid, code=code)
    return tag


def end_tag(*, by: Actor, person: UUID, code: str) -> None:
    row = locked(person)
    by.require(Permission.EDIT_REGISTER, row.grid)
    CareTag.objects.filter(person=row, code=code, until__isnull=True).update(until=clock.today())
    _set(row, {})
    write_one("end_tag", row.id, by=by, grid=row.grid, code=code)


def locked(person: UUID) -> Person:
    row = Person.objects.select_for_update().filter(id=person).first()
    if row is None:
        raise Refused("not_found")
    if row.merged_into_id:
        raise Refused("already_merged")
    return row


def _require_door(by: Actor, grid: int) -> None:
    """Whoever may record at a door may write down whom they met there."""
    by.require(Permission.RECORD if by.may(Permission.RECORD, grid) else Permission.EDIT_REGISTER, grid)


def _set(row: Person, changes: dict[str, Any]) -> None:
    """Only the named columns are written. With none, the row is touched, so that phones read it again."""
    for name, value in changes.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(update_fields=list(changes) or ["source"])
    except IntegrityError as error:
        raise Refused("id_exists") from error


def _open_residence(person: Person, day: date | None = None) -> None:
    Residence.objects.create(grid=person.grid, building_id=person.building_id, dwelling_id=person.dwelling_id,
                             person=person, basis=person.basis, since=day or clock.today())


def _close_residence(person: Person, day: date) -> None:
    Residence.objects.filter(person=person, until__isnull=True).update(until=day)
