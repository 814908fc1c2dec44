"""Two rows turn out to be one person, or not after all."""

from base64 import b64decode, b64encode
from uuid import UUID

from django.db.models import F

from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.audit import Deed, write
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission

from ..models import CareTag, Merge, Person, Residence
from ..told import tell_merged
from .persons import locked

# What the kept row takes over where it has nothing itself, in groups that only make sense together.
FILL = (("ric_sealed", "ric_blind", "ric_tail", "id_kind"), ("phone_sealed", "phone_blind", "phone_tail"),
        ("born",), ("sex",), ("workplace",), ("hukou",), ("relation",), ("remark",))


def merge_people(*, by: Actor, keep: UUID, gone: UUID) -> Merge:
    """`gone` points to `keep` from now on; empty columns of `keep` are filled from it. Undone by `undo_merge`."""
    if keep == gone:
        raise Refused("merge_self")
    first, second = sorted((keep, gone))
    rows = {first: locked(first), second: locked(second)}  # in id order: two merges never wait for each other
    kept, other = rows[keep], rows[gone]
    by.require(Permission.EDIT_REGISTER, kept.grid)
    by.require(Permission.EDIT_REGISTER, other.grid)
    before = {"filled": {}, "residences": _ids(other), "reasons": _take_over_tags(kept, other)}
    Person.objects.filter(id=gone).update(merged_into=kept)
    filled = [name for group in FILL if not getattr(kept, group[0]) for name in group]
    before["filled"] = {name: _plain(getattr(kept, name)) for name in filled}
    for name in filled:
        setattr(kept, name, getattr(other, name))
    kept.save(update_fields=filled or ["source"])  # touched at least: phones hold the tags with the person
    Residence.objects.filter(person=other, until__isnull=True).update(until=clock.today())
    merge = Merge.objects.create(grid=kept.grid, kept=kept, gone=other, before=before, by=by.id)
    tell_merged([keep], by)
    write(_deeds("merge_people", kept, other), by=by)
    return merge


def lives_here(*, by: Actor, person: UUID) -> int:
    """Somebody registered in several communities lives at this one: the other rows that are seen become this person,
    each where it was, so that the past stays visible where it happened. Returns how many; each can be undone."""
    row = locked(person)
    by.require(Permission.EDIT_REGISTER, row.grid)
    if row.ric_blind is None:
        raise Refused("not_found")
    others = Person.objects.filter(ric_blind=row.ric_blind, merged_into=None).exclude(id=row.id).order_by("id")
    ids = list(others.values_list("id", flat=True))
    for other in ids:  # a few at most: a row for each community
        merge_people(by=by, keep=row.id, gone=other)
    return len(ids)


def undo_merge(*, by: Actor, merge: UUID) -> None:
    """By whoever answers for both rows where they are now: a row that is not seen cannot be brought back."""
    row = Merge.objects.select_for_update().filter(id=merge).first()
    if row is None:
        raise Refused("not_found")
    rows = Person.objects.select_for_update().order_by("id").in_bulk([row.kept_id, row.gone_id])
    if len(rows) < 2 or not all(by.may(Permission.EDIT_REGISTER, person.grid) for person in rows.values()):
        by.require(Permission.EDIT_REGISTER, row.grid)
        raise Refused("merge_of_two_places")
    if row.undone:
        raise Refused("merge_undone")
    filled = {name: _restored(value) for name, value in row.before["filled"].items()}
    Person.objects.filter(id=row.kept_id).update(**filled or {"source": F("source")})
    Person.objects.filter(id=row.gone_id).update(merged_into=None)
    Residence.objects.filter(id__in=row.before["residences"]).update(until=None)
    CareTag.objects.filter(id__in=row.before.get("reasons", []), until__isnull=True).update(until=clock.today())
    Merge.objects.filter(id=merge).update(undone=clock.now())
    tell_merged([_one(row.kept_id), row.gone_id], by)
    write(_deeds("undo_merge", rows[row.kept_id], rows[row.gone_id]), by=by)


def _deeds(deed: str, kept: Person, gone: Person) -> list[Deed]:
    """In the trail of both places: whoever answers for the row that is gone must see what became of it."""
    deeds = [Deed(deed, kept.id, kept.grid, {"gone": str(gone.id)})]
    if gone.grid != kept.grid:
        deeds.append(Deed(deed, gone.id, gone.grid, {"kept": str(kept.id)}))
    return deeds


def _one(person: UUID) -> UUID:
    """The row that a row points to, over as many merges as there are."""
    while into := Person.objects.filter(id=person).values_list("merged_into_id", flat=True).first():
        person = into
    return person


def _take_over_tags(kept: Person, other: Person) -> list[str]:
    """The reasons to look after somebody hold for the one who is left; returns the new ones."""
    known = CareTag.objects.filter(person=kept, until__isnull=True).values("code")
    missing = CareTag.objects.filter(person=other, until__isnull=True).exclude(code__in=known)
    taken = CareTag.objects.bulk_create(
        CareTag(grid=kept.grid, building_id=kept.building_id, person=kept, code=tag.code, since=tag.since,
                source=tag.source) for tag in missing)
    return [str(tag.id) for tag in taken]


def _ids(person: Person) -> list[str]:
    """Where somebody lives by this row."""
    open_ = Residence.objects.filter(person=person, until__isnull=True)
    return [str(id_) for id_ in open_.values_list("id", flat=True)]


def _plain(value: object) -> object:
    """Sealed bytes stay sealed in the history; they only change their spelling."""
    if isinstance(value, bytes | memoryview):
        return {"bytes": b64encode(bytes(value)).decode()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _restored(value: object) -> object:
    return b64decode(value["bytes"]) if isinstance(value, dict) else value
