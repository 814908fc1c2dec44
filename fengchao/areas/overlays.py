"""Overlays as they are read: which there are somewhere, and the ground of one."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from fengchao.base.places import Area

from .models import Overlay
from .queries import in_force


def overlays_on(areas: Iterable[Area], day: date | None = None) -> list[Overlay]:
    """In force, with a grid in common with `areas`."""
    near = Q()
    for area in areas:
        near |= Q(parts__lo__lt=area.hi, parts__hi__gt=area.lo)
    if not near:
        return []
    found = Overlay.objects.filter(in_force(day), near).distinct()
    return list(found.order_by("kind", "name", "id").prefetch_related("parts"))


def ground_of(id: UUID | None, otherwise: Area) -> Area:
    """The ground an overlay has today; of no overlay, `otherwise`."""
    overlay = overlay_with_id(id) if id else None
    return overlay.ground if overlay else otherwise


def overlays_in_force(ids: Iterable[UUID]) -> list[Overlay]:
    return list(Overlay.objects.filter(in_force(), id__in=list(ids)).prefetch_related("parts"))


def overlay_with_id(id: UUID | str) -> Overlay | None:
    """In force or not, so that what was done in it stays readable; None if it never had any ground."""
    try:
        found = Overlay.objects.filter(id=UUID(str(id))).prefetch_related("parts").first()
    except ValueError:
        return None
    return found if found and found.areas else None
