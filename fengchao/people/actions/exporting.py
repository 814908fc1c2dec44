"""The register leaves as a workbook: with masked ids and phones, or, for a stated purpose, with all of them."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from fengchao import packs
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.crypto import unseal
from fengchao.base.permissions import Permission
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.sheets.writing import export

from .. import premises_sheet, sheet
from ..identity import masked_phone, masked_ric
from ..models import CareTag, Person, Premises
from ..queries import living, premises_in

WORDS = {
    column: {code: word for word, code in column.codes.items()}
    for column in (sheet.SexColumn, sheet.IdKindColumn, sheet.BasisColumn, sheet.PresenceColumn)
}


def export_register(*, by: Actor, area: Area, target: BinaryIO, purpose: str = "") -> int:
    """Writes the people of an area; what was exported can be imported again and changes nothing.

    Without a `purpose` ids and phones are masked, registered addresses and reasons for care left out. With one they are
    all there, which needs the permission to reveal and stands in the trail.
    """
    by.require(Permission.EXPORT, area)
    if purpose:
        by.require(Permission.REVEAL, area)
    count = export(target, title=_("人房名册"), columns=sheet.columns(), rows=_rows(area, bool(purpose)))
    with acting(by, purpose=purpose):
        write_one("export_register", str(area.code or area.lo), by=by, grid=area.lo, rows=count)
    return count


KINDS = {code: word for word, code in premises_sheet.Kind.codes.items()}


def export_premises(*, by: Actor, area: Area, target: BinaryIO) -> int:
    """Writes the premises open in an area, phones masked; imported again it changes nothing."""
    by.require(Permission.EXPORT, area)
    found = premises_in(area).filter(closed=None).order_by("grid", "walk", "id")
    rows = (_premises_row(one) for one in found.iterator(2000))
    count = export(target, title=_("场所"), columns=premises_sheet.columns(), rows=rows)
    write_one("export_premises", str(area.code or area.lo), by=by, grid=area.lo, rows=count)
    return count


def _premises_row(one: Premises) -> list[Any]:
    at = one.building
    place = (at.compound, at.road, at.house_number, at.name) if at else ("", "", "", "")
    return [str(one.grid), one.name, KINDS[one.kind], *place, one.address, one.contact, masked_phone(one.phone_sealed),
            one.uscc, one.staff or ""]  # fmt: skip


def _rows(area: Area, whole: bool) -> Iterator[list[Any]]:
    people = living().filter(grid__gte=area.lo, grid__lt=area.hi, dwelling__isnull=False)
    people = people.select_related("building", "dwelling", "household").prefetch_related(
        Prefetch("tags", CareTag.objects.filter(until__isnull=True).order_by("code"), to_attr="open_tags"))
    for person in people.order_by("grid", "building__seq", "dwelling__walk", "household_id", "id").iterator(2000):
        yield _row(person, whole)


def _row(person: Person, whole: bool) -> list[Any]:
    building, dwelling = person.building, person.dwelling
    assert building is not None and dwelling is not None
    return [
        str(person.grid), building.compound, building.road, building.house_number, building.name, dwelling.entrance,
        str(dwelling.floor or ""), dwelling.room, "", person.household.number if person.household else "",
        person.name, WORDS[sheet.SexColumn].get(person.sex, ""), person.born,
        WORDS[sheet.IdKindColumn].get(person.id_kind, "") if person.ric_sealed else "",
        unseal(person.ric_sealed) if whole else masked_ric(person.ric_sealed),
        unseal(person.phone_sealed) if whole else masked_phone(person.phone_sealed),
        person.relation, WORDS[sheet.BasisColumn].get(person.basis, ""),
        WORDS[sheet.PresenceColumn].get(person.presence, ""), person.workplace, person.hukou if whole else "",
        _tags(person) if whole else "", person.remark,
    ]  # fmt: skip


def _tags(person: Person) -> str:
    """In Chinese like the other words of the workbook; a code of no pack as it is."""
    known = packs.tags()
    return "、".join(known[tag.code].words.zh if tag.code in known else tag.code for tag in person.open_tags)  # type: ignore[attr-defined]
