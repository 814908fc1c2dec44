"""What an address becomes: spans of the written text, and the door they name."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

PARTS = (
    "province",
    "city",
    "county",
    "street",
    "community",
    "road",
    "number",
    "compound",
    "building",
    "entrance",
    "floor",
    "room",
    "rest",
)


class Span(NamedTuple):
    """`text[start:end]` is that part. A tuple, because millions of them are made."""

    part: str
    start: int
    end: int


@dataclass(frozen=True)
class DoorKey:
    """A door as the register knows it: 三号楼二单元五〇二 and 3-2-502 have the same key.

    `building` is None for a house that stands on its own: there the number on the road is the key.
    """

    building: str | None = None
    entrance: str | None = None
    floor: int | None = None
    room: str | None = None


@dataclass(frozen=True)
class Address:
    """`spans` are disjoint, in order, and together with separators they are the whole text.

    Every part has one span, except `rest`, which may have several. `code` is the deepest division that
    the gazetteer could resolve without doubt (12 digits), or None.
    """

    text: str
    spans: tuple[Span, ...]
    code: int | None = None

    @cached_property
    def parts(self) -> dict[str, str]:
        text, found = self.text, {}
        for part, start, end in self.spans:
            said = text[start:end]
            found[part] = f"{found[part]} {said}" if part in found else said
        return {part: found[part] for part in PARTS if part in found}

    def span(self, part: str) -> Span | None:
        return next((span for span in self.spans if span.part == part), None)
