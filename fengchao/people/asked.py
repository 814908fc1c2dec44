"""What the rooms below ask of the register; given to them at start (see apps.py)."""

from uuid import UUID

from .models import Building


def buildings_of_grid(grid: int) -> list[tuple[UUID, str]]:
    return [(building.id, str(building)) for building in Building.objects.filter(grid=grid).order_by("seq", "name")]


def grid_has_buildings(grid: int) -> bool:
    return Building.objects.filter(grid=grid).exists()
