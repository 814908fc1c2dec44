"""Overlays are drawn, changed and ended, and keep to their ground when grids change under them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from fengchao.base import audit, clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area, codes, minus, union

from ..models import Overlay, OverlayPart, Regridding
from ..plans import Plan
from ..queries import exists
from .divisions import clean_name
from .grids import NAME_LIMIT

MOST_PARTS = 500

# Whoever holds something for an overlay is told when its parts or its days changed: what it was, what it is, and by
# which re-gridding if by one.
changed: list[Callable[[Overlay, Overlay, Actor, UUID | None], None]] = []


def add_overlay(*, by: Actor, name: str, kind: str, areas: Iterable[Area], since: date | None = None,
                until: date | None = None) -> Overlay:
    """Of places that are in force, each of which the actor may change."""
    parts = _fitting(by, areas)
    first = since or clock.today()
    if first < clock.today() or (until is not None and until < first):
        raise Refused("overlay_day")
    clock.require_near(first)
    said = {"name": clean_name(name, NAME_LIMIT), "kind": _kind(kind), "since": first, "until": until}
    overlay = Overlay.objects.create(**said)
    _draw(overlay, parts)
    audit.write_one("overlay_added", overlay.id, by=by, grid=parts[0].lo, **said, **_consisting(parts))
    return overlay


def change_overlay(*, by: Actor, overlay: Overlay, areas: Iterable[Area]) -> None:
    """Other places from now on; duties given for it follow at once."""
    _require(by, overlay)
    parts = _fitting(by, areas)
    if tuple(parts) == overlay.areas:
        return
    _draw(overlay, parts)
    _tell(overlay, by)
    audit.write_one("overlay_changed", overlay.id, by=by, grid=parts[0].lo, **_consisting(parts))


def correct_overlay(*, by: Actor, overlay: Overlay, name: str, kind: str, since: date, until: date | None) -> None:
    """Another name, kind or days. The first day only while it has not come: nothing is said of days that are over."""
    parts, today = _require(by, overlay), clock.today()
    said = {"name": clean_name(name, NAME_LIMIT), "kind": _kind(kind), "since": since, "until": until}
    other = {field: value for field, value in said.items() if value != getattr(overlay, field)}
    if not other:
        return
    if "since" in other and (overlay.since <= today or since < today):
        raise Refused("overlay_begun")
    clock.require_near(since)
    if until is not None and until < max(since, today):
        raise Refused("overlay_day")
    Overlay.objects.filter(id=overlay.id).update(**other)
    if other.keys() & {"since", "until"}:
        _tell(overlay, by)
    audit.write_one("overlay_corrected", overlay.id, by=by, grid=parts[0].lo, **other)


def end_overlay(*, by: Actor, overlay: Overlay) -> None:
    """From now on it is nobody's: yesterday was its last day, and what was given for it ends at once.

    Its parts stay, so that what was done in it can still be read.
    """
    parts = _require(by, overlay)
    Overlay.objects.filter(id=overlay.id).update(until=clock.today() - timedelta(days=1))
    _tell(overlay, by)
    audit.write_one("overlay_ended", overlay.id, by=by, grid=parts[0].lo)


def follow(regridding: Regridding, by: Actor) -> None:
    """A new grid belongs to an overlay when the grid most of its doors come from did; a grid that ended leaves it."""
    before = {}
    left = {step.was for step in Plan.of(regridding.plan).steps}
    for overlay in Overlay.objects.filter(parts__lo__lte=max(left, default=0), parts__hi__gt=min(left, default=0),
                                          ).distinct().prefetch_related("parts"):
        was = overlay.areas
        now = on_its_ground(was, regridding)
        if now != was:
            before[str(overlay.id)] = [[a.lo, a.hi] for a in was]
            _draw(overlay, now)
            _tell(overlay, by, regridding.id)
    if before:
        remember(regridding, overlays=before)


def on_its_ground(areas: tuple[Area, ...], regridding: Regridding) -> tuple[Area, ...]:
    """Where the ground of `areas` is after a re-gridding: a place of the tree stays what it is."""
    plan, sources = Plan.of(regridding.plan), _sources(regridding)
    came = [Area(o.code, o.code + 1) for o in plan.openings if any(sources.get(o.code, 0) in a for a in areas)]
    gone = [Area(code, code + 1) for code in plan.closings]
    stay = (part for area in areas for part in (minus([area], gone) if area.hi - area.lo < 1000 else [area]))
    return union((*stay, *came))


def remember(regridding: Regridding, **before: object) -> None:
    """What somebody who follows needs for the way back."""
    regridding.before = regridding.before | before
    Regridding.objects.filter(id=regridding.id).update(before=regridding.before)


def unfollow(regridding: Regridding, by: Actor) -> None:
    """The parts as they were; the duties come back by themselves."""
    kept = regridding.before.get("overlays", {})
    for overlay in Overlay.objects.filter(id__in=list(kept)):
        _draw(overlay, [Area(lo, hi) for lo, hi in kept[str(overlay.id)]])


def _sources(regridding: Regridding) -> dict[int, int]:
    """For every grid that doors came to, the grid most of them come from."""
    flows = [(counted.get("dwellings", 0), becomes, was) for was, becomes, counted in regridding.figures["flows"]]
    return {becomes: was for _, becomes, was in sorted(flows)}


def _fitting(by: Actor, areas: Iterable[Area]) -> list[Area]:
    asked = list(areas)
    if not asked or len(asked) > MOST_PARTS:
        raise Refused("overlay_parts", limit=MOST_PARTS)
    for area in asked:
        by.require(P.MANAGE_AREAS, area)
        if not exists(area):
            raise Refused("bad_code", code=area.code)
    return list(union(asked))


def _kind(kind: str) -> str:
    if kind not in Overlay.Kind.values:
        raise Refused("not_found")
    return kind


def _require(by: Actor, overlay: Overlay) -> tuple[Area, ...]:
    parts = overlay.areas
    if not parts or (overlay.until is not None and overlay.until < clock.today()):
        raise Refused("place_closed", name=overlay.name)
    for area in parts:
        by.require(P.MANAGE_AREAS, area)
    return parts


def _draw(overlay: Overlay, parts: Iterable[Area]) -> None:
    OverlayPart.objects.filter(overlay=overlay).delete()
    OverlayPart.objects.bulk_create(OverlayPart(overlay=overlay, lo=a.lo, hi=a.hi) for a in parts)


def _tell(overlay: Overlay, by: Actor, regridding: UUID | None = None) -> None:
    now = Overlay.objects.get(id=overlay.id)
    for told in changed:
        told(overlay, now, by, regridding)


def _consisting(parts: Sequence[Area]) -> dict[str, object]:
    """The trail is its history: an entry says what it consists of from then on."""
    return {"parts": len(parts), "codes": [code for part in parts for code in codes(part)]}
