"""Place names in templates, and the field with which any form asks for a place."""

from typing import Any

from django import template

from fengchao.areas.queries import label

register = template.Library()


@register.filter
def place_name(code: int | None) -> str:
    """What a grid or division is called."""
    return label(code) if code else ""


@register.inclusion_tag("areas/parts/picker.html")
def place_picker(field: str, title: str, inside: int | str = "", level: int | str = "",
                 value: int | None = None) -> dict[str, Any]:
    """A search field whose answers are radio buttons named `field`; `inside` and `level` (1-5, 6 grids) narrow it."""
    return {"field": field, "title": title, "inside": inside, "level": level, "value": value}
