"""What an address becomes: spans of the written text, and the door they name."""

from dataclasses import dataclass

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


Span = tuple[str, int, int]  # part, start, end: text[start:end] is that part. Millions are made, so no class of its own


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

    @property
    def parts(self) -> dict[str, str]:
        """What each part says, in the order of the text; several pieces of rest with a blank between."""
        text = self.text
        found: dict[str, str] = {}
        for part, start, end in self.spans:
            said = text[start:end]
            found[part] = f"{found[part]} {said}" if part in found else said
        return found

    def span(self, part: str) -> Span | None:
        return next((span for span in self.spans if span[0] == part), None)
