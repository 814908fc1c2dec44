"""The tail of an address: road, number, compound, building, entrance, floor, room, and what is left.

A number means what its neighbours make of it: 12号 is a number behind a road, a house behind a village or a compound,
a room behind an entrance. So the tail is read once, left to right, remembering what came last.
"""

import re
from collections.abc import Sequence
from operator import itemgetter

from .gazetteer import Gazetteer
from .model import Span
from .tokens import SPLIT, Event, events

_INDOORS = frozenset({"building", "entrance", "floor", "room"})
_PLACE = frozenset({"community", "compound", "name"})
# Known as a whole: the community's own names, whatever words they are made of, and remarks in brackets.
_WHOLE = {"own road": "road", "own compound": "compound", "own building": "building", "remark": "rest"}
_STARTS_ANEW = frozenset({"assist", *_WHOLE})  # these do not end the name before them
_SHANGHAI = 310000
_PHONE = 7  # digits from which a number is a telephone or an id, never a door
_BRACKETS = re.compile(r"\([^()]*\)?|[()]")
_TRIM = frozenset(" ,，、_/|;；:：。.·*-()")

Chunk = tuple[str, int, int]  # kind of the word that ends it, or "" if none does; start; end


def read_tail(text: str, start: int, gazetteer: Gazetteer, head: set[str], province: int | None) -> list[Span]:
    """`text` is folded; `head` are the parts already found; the spans come in order."""
    tail = _Tail(text, gazetteer, head, province)
    tail.read(start)
    return tail.spans


class _Tail:
    """The state of one reading."""

    __slots__ = ("text", "spans", "has", "last", "gazetteer", "province", "after", "later")

    def __init__(self, text: str, gazetteer: Gazetteer, has: set[str], province: int | None) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.spans: list[Span] = []
        self.has = has
        self.last = "community" if "community" in has else ""  # the part read last; "name": of no known kind
        self.province = province
        self.after: Event | None = None  # the door word behind the one being read, and the one behind that
        self.later: Event | None = None

    def read(self, start: int) -> None:
        text = self.text
        found = events(text, start)
        if "(" in text or ")" in text:
            found = _cut_out(found, [("remark", *remark.span()) for remark in _BRACKETS.finditer(text, start)])
        if pattern := self.gazetteer.own_pattern:
            kinds = self.gazetteer.own_kinds
            found = _cut_out(found, [(f"own {kinds[own[0]]}", *own.span()) for own in pattern.finditer(text, start)])
        doors: list[Event | None] = [event for event in found if event.numeral_end >= 0]
        doors += (None, None)
        door, chunks = 0, []
        for event in found:
            if event.numeral_end < 0:
                if event.kind in _STARTS_ANEW and event.start > start:
                    chunks.append(("", start, event.start))
                    start = event.start
                if event.kind == "road" and chunks and chunks[-1][0] == "road" and "0" <= text[start] <= "9":
                    start = chunks.pop()[1]  # 兴平东路118巷
                chunks.append((event.kind, start, event.end))
            else:
                door += 1
                self.after, self.later = doors[door], doors[door + 1]
                self.names(chunks, start, event.start, event)
                chunks = []
                _READERS.get(event.kind, _Tail.plain)(self, event)
            start = event.end
        self.names(chunks, start, len(text), None)

    def put(self, part: str, start: int, end: int) -> None:
        if part in self.has and part != "rest":
            part = "rest"
        elif part != "rest":
            self.has.add(part)
            self.last = part
        self.spans.append(Span(part, start, end))

    def extend(self, part: str, event: Event) -> bool:
        """If `event` follows the span of `part` at once, that span goes on over it."""
        last = self.spans[-1] if self.spans else None
        if not last or last.part != part or last.end != event.start:
            return False
        self.spans[-1] = Span(part, last.start, event.end)
        return True

    # Words for doors

    def plain(self, event: Event) -> None:
        self.put(event.kind, event.start, event.end)

    def ground(self, event: Event) -> None:
        self.put("floor", event.start, event.end)

    def group(self, event: Event) -> None:
        self.put("road", event.start, event.end)  # 村三组12号: the houses are counted within the group

    def building(self, event: Event) -> None:
        if not self.extend("building", event):  # 3栋A座 is one building in the end
            self.put("building", event.start, event.end)

    def floor(self, event: Event) -> None:
        # 和平里五区3楼2门: in the old housing of the north 楼 is the building.
        inside = self.after is not None and self.after.kind in ("entrance", "floor", "ground")
        is_building = inside and self.text[event.end - 1] == "楼" and "building" not in self.has
        self.put("building" if is_building else "floor", event.start, event.end)

    def lane(self, event: Event) -> None:
        if self._lane_is_number():
            self.put("number", event.start, event.end)
        elif not self.extend("road", event):
            self.put("road", event.start, event.end)

    def _lane_is_number(self) -> bool:
        # In Shanghai 669弄 numbers a gate and 14号 a house behind it; elsewhere a 弄 is a small road.
        if self.province is not None:
            return self.province == _SHANGHAI
        house_is_last = self.after is not None and self.after.kind == "number" and self.later is None
        return not house_is_last

    def number(self, event: Event) -> None:
        self.put(self._meaning_of_number(event), event.start, event.end)

    def _meaning_of_number(self, event: Event) -> str:
        if self.last in ("entrance", "floor"):
            return "room"
        if self.last == "building":
            return "entrance" if self.after and self.after.kind in ("room", "floor", "bare") else "room"
        if "number" in self.has:
            return "room" if "building" in self.has else "building"
        is_house = self.last in _PLACE and "院" not in self.text[event.start : event.end]
        return "building" if is_house else "number"

    def entrance(self, event: Event) -> None:
        pieces = _pieces(self.text, event.start, event.numeral_end)
        if len(pieces) == 2 and "building" not in self.has:  # 3-2单元
            self.put("building", *pieces[0])
            self.put("entrance", pieces[1][0], event.end)
        else:
            self.put("entrance", event.start, event.end)

    def room(self, event: Event) -> None:
        pieces = _pieces(self.text, event.start, event.numeral_end)
        if len(pieces) > 1 and not _long(pieces[0]) and "entrance" not in self.has:  # 3-2-502室, but not 501-503室
            self._short_form(pieces, event.end)
        else:
            self.put("room", event.start, event.end)

    def bare(self, event: Event) -> None:
        start, end = event.start, event.end
        pieces = _pieces(self.text, start, end)
        if any(stop - begin >= _PHONE for begin, stop in pieces):
            self.put("rest", start, end)
        elif self.last == "road":
            self.put("number", start, end)
        elif len(pieces) > 1:
            self._short_form(pieces, end)
        else:
            self.put(self._meaning_of_bare(end - start), start, end)

    def _meaning_of_bare(self, digits: int) -> str:
        if self.last in _INDOORS:
            return "room"
        if digits > 2 and self.last in ("number", "compound", "name"):
            return "room"
        named = self.last in ("compound", "name")
        return (
            "building" if named and self.after and self.after.kind in ("entrance", "floor", "room", "bare") else "rest"
        )

    def _short_form(self, pieces: Sequence[tuple[int, int]], end: int) -> None:
        """3-2-502, 3-502, 2-502 behind a building; `end` takes in the word behind the last piece."""
        shape = self._shape(pieces)
        for part, (start, stop) in zip(shape, pieces, strict=False):
            self.put(part, start, stop)
        last = self.spans[-1]
        self.spans[-1] = Span(last.part, last.start, end)

    def _shape(self, pieces: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        count = len(pieces)
        if "entrance" in self.has or count > 4:
            return ("room",)
        if "building" in self.has:
            return ("entrance", "floor", "room") if count == 3 else ("entrance", "room")
        if count == 2:
            return ("building", "room") if _long(pieces[1]) else ("building", "entrance")
        return ("building", "entrance", "room") if count == 3 else ("building", "entrance", "floor", "room")

    # Names

    def names(self, chunks: list[Chunk], start: int, end: int, door: Event | None) -> None:
        """Names up to `end`: those cut by a word, and from `start` what no word ends. `door` comes right behind."""
        if start < end:
            chunks.append(("", start, end))
        if not chunks:
            return
        road = None
        if "road" not in self.has:
            roads = [chunk for chunk in chunks if chunk[0] == "road"]
            if roads:  # 江南大道创业大道288号: the number is on the nearer one
                road = roads[-1 if door and door.kind in ("number", "bare", "lane", "group") else 0]
        self._place(chunks, road)

    def _place(self, chunks: list[Chunk], road: Chunk | None) -> None:
        begin, closed = -1, False  # of a compound put together from several chunks: 世茂江滨花园 峻景湾
        for chunk in chunks:
            kind, start, end = chunk
            if kind == "community" and not self.has.isdisjoint(("community", "number", "compound")):
                kind = ""
            if kind in ("", "compound", "zone"):
                begin = start if begin < 0 else begin
                stop, closed = end, kind != ""
                continue
            if begin >= 0:
                self._name(begin, stop, closed)
                begin = -1
            start, end = _trimmed(self.text, start, end)
            part = _WHOLE.get(kind) or (kind if kind == "community" or chunk is road else "rest")
            if start < end:
                self.put(part, start, end)
        if begin >= 0:
            self._name(begin, stop, closed)

    def _name(self, start: int, end: int, closed: bool) -> None:
        """`closed`: its last word says that it is a place with buildings of its own (花园, 小区, 工业园)."""
        start, end = _trimmed(self.text, start, end)
        if start >= end:
            return
        is_rest = end - start < 2 or not self.has.isdisjoint(_INDOORS) or "compound" in self.has
        self.put("rest" if is_rest else "compound", start, end)
        if not is_rest and not closed:
            self.last = "name"


# Looked up once here rather than by name for every word.
_READERS = {
    name: getattr(_Tail, name)
    for name in ("ground", "group", "building", "floor", "lane", "number", "entrance", "room", "bare")
} | {"side": _Tail.building}


def _cut_out(found: list[Event], wholes: list[Chunk]) -> list[Event]:
    for kind, begin, end in wholes:
        found = [event for event in found if event.end <= begin or event.start >= end]
        found.append(Event(kind, begin, end, -1))
    return sorted(found, key=itemgetter(1))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces = []
    for found in SPLIT.finditer(text, start, end):
        pieces.append((start, found.start()))
        start = found.end()
    return [*pieces, (start, end)]


def _long(piece: tuple[int, int]) -> bool:
    return piece[1] - piece[0] > 2


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end
