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
_COUNTED = frozenset({"number", "bare", "lane", "group"})
_ONE_BUILDING = ("大厦", "大楼")
_DIGITS = frozenset("0123456789零〇一二两三四五六七八九十百第")
_SHANGHAI = 310000
_PHONE = 7  # digits from which a number is a telephone or an id, never a door
_BRACKETS = re.compile(r"\([^()]*\)?|[()]")
_TRIM = frozenset(" ,，、_/|;；:：。.·*-()")

Chunk = tuple[str, int, int]  # kind of the word that ends it, or "" if none does; start; end


def read_tail(text: str, start: int, gazetteer: Gazetteer, head: set[str], province: int | None) -> list[Span]:
    """`text` is folded; `head` are the parts already found; the spans come in order."""
    tail = _Tail(text, head, province)
    found = events(text, start)
    if "(" in text or ")" in text:
        found = _cut_out(found, [("remark", *remark.span()) for remark in _BRACKETS.finditer(text, start)])
    if pattern := gazetteer.own_pattern:
        kinds = gazetteer.own_kinds
        found = _cut_out(found, [(f"own {kinds[own[0]]}", *own.span()) for own in pattern.finditer(text, start)])
    tail.read(found, start)
    return tail.spans


def _cut_out(found: list[Event], wholes: list[Chunk]) -> list[Event]:
    for kind, begin, end in wholes:
        found = [event for event in found if event[2] <= begin or event[1] >= end]
        found.append((kind, begin, end, -1))
    return sorted(found, key=itemgetter(1))


class _Tail:
    """The state of one reading."""

    __slots__ = ("text", "spans", "has", "last", "province", "after", "later")

    def __init__(self, text: str, has: set[str], province: int | None) -> None:
        self.text = text
        self.spans: list[Span] = []
        self.has = has
        self.last = "community" if "community" in has else ""  # the part read last; "name": of no known kind
        self.province = province
        self.after = ""  # the kind of the door word behind the one being read, and of the one behind that
        self.later = ""

    def read(self, found: list[Event], start: int) -> None:
        text = self.text
        doors = [event[0] for event in found if event[3] >= 0]
        doors += ("", "")
        door, chunks = 0, []
        for kind, begin, end, numeral_end in found:
            if numeral_end < 0:
                if kind in _STARTS_ANEW and begin > start:
                    chunks.append(("", start, begin))
                    start = begin
                if kind == "road" and chunks and chunks[-1][0] == "road" and "0" <= text[start] <= "9":
                    start = chunks.pop()[1]  # 兴平东路118巷
                chunks.append((kind, start, end))
            else:
                if begin > start:
                    chunks.append(("", start, begin))
                if chunks:
                    self.names(chunks, kind in _COUNTED)
                    chunks = []
                door += 1
                self.after, self.later = doors[door], doors[door + 1]
                _READERS[kind](self, begin, end, numeral_end)
            start = end
        if start < len(text):
            chunks.append(("", start, len(text)))
        if chunks:
            self.names(chunks, False)

    def put(self, part: str, start: int, end: int) -> None:
        if part in self.has:
            part = "rest"
        elif part != "rest":
            self.has.add(part)
            self.last = part
        self.spans.append((part, start, end))

    def extend(self, part: str, start: int, end: int) -> bool:
        """If the span of `part` ends at `start`, it goes on to `end`."""
        if not self.spans:
            return False
        last, begin, stop = self.spans[-1]
        if last != part or stop != start:
            return False
        self.spans[-1] = (part, begin, end)
        return True

    # Words for doors

    def ground(self, start: int, end: int, _: int) -> None:
        self.put("floor", start, end)

    def group(self, start: int, end: int, _: int) -> None:
        self.put("road", start, end)  # 村三组12号: the houses are counted within the group

    def building(self, start: int, end: int, _: int) -> None:
        if self.text[start] in _DIGITS:
            self._rename(start)
        elif self.extend("building", start, end):  # 3栋A座 is one building in the end
            return
        self.put("building", start, end)

    def _rename(self, end: int) -> None:
        """江南1号3幢: what looked like a building just before `end` belongs to the name of the compound."""
        if not self.spans or self.spans[-1][0] != "building" or self.spans[-1][2] != end:
            return
        _, start, _ = self.spans.pop()
        self.has.discard("building")
        if not self.extend("compound", start, end):
            self.put("compound", start, end)

    def floor(self, start: int, end: int, _: int) -> None:
        # 和平里五区3楼2门: in the old housing of the north 楼 is the building.
        is_building = (
            self.after in ("entrance", "floor", "ground") and self.text[end - 1] == "楼" and "building" not in self.has
        )
        self.put("building" if is_building else "floor", start, end)

    def lane(self, start: int, end: int, _: int) -> None:
        if self._lane_is_number(end - start):
            self.put("number", start, end)
        elif not self.extend("road", start, end):
            self.put("road", start, end)

    def _lane_is_number(self, length: int) -> bool:
        # In Shanghai 669弄 numbers a gate and 14号 a house behind it; elsewhere a 弄 is a small road.
        if self.province is not None:
            return self.province == _SHANGHAI
        house_is_last = self.after == "number" and not self.later
        return not house_is_last or length > 3  # small roads are few: 86弄, but not 669弄

    def number(self, start: int, end: int, _: int) -> None:
        self.put(self._meaning_of_number(start, end), start, end)

    def _meaning_of_number(self, start: int, end: int) -> str:
        if self.last in ("entrance", "floor"):
            return "room"
        if self.last == "building":
            return "entrance" if self.after in ("room", "floor", "bare") else "room"
        if "number" in self.has:
            return "room" if "building" in self.has else "building"
        if self.last == "compound" and self.text.endswith(_ONE_BUILDING, 0, start):
            return "room"  # 医药大厦1201号
        return "building" if self.last in _PLACE and "院" not in self.text[start:end] else "number"

    def gate(self, start: int, end: int, _: int) -> None:
        # 12号楼3号门402 is an entrance; 国际商贸城五区00号门 is a way in.
        indoors = "building" in self.has or self.after in ("room", "bare")
        self.put("entrance" if indoors else "rest", start, end)

    def entrance(self, start: int, end: int, numeral_end: int) -> None:
        pieces = _pieces(self.text, start, numeral_end)
        if len(pieces) == 2 and "building" not in self.has:  # 3-2单元
            self.put("building", *pieces[0])
            self.put("entrance", pieces[1][0], end)
        else:
            self.put("entrance", start, end)

    def room(self, start: int, end: int, numeral_end: int) -> None:
        pieces = _pieces(self.text, start, numeral_end)
        # 3-2-502室, but not 501-503室, and not 1层1-1室
        if len(pieces) > 1 and not _long(pieces[0]) and self.has.isdisjoint(("entrance", "floor")):
            self._short_form(pieces, end)
        else:
            self.put("room", start, end)

    def bare(self, start: int, end: int, _: int) -> None:
        pieces = _pieces(self.text, start, end)
        if any(stop - begin >= _PHONE for begin, stop in pieces):
            self.put("rest", start, end)
        elif self.last == "road":
            self.put("number", start, end)
        elif len(pieces) > 1 and not (_long(pieces[0]) and "building" in self.has):
            self._short_form(pieces, end)
        elif self.text[start] in "Bb" and end - start == 2:
            self.put("floor", start, end)  # B1: a basement
        else:
            self.put(self._meaning_of_bare(end - start), start, end)

    def _meaning_of_bare(self, digits: int) -> str:
        if self.last in _INDOORS:
            return "room"
        if digits > 2 and self.last in ("number", "compound", "name"):
            return "room"
        if self.last in ("community", "compound"):
            return "building"  # 中洋村19
        inside = self.after in ("entrance", "floor", "room", "bare")
        return "building" if inside and self.last == "name" else "rest"

    def _short_form(self, pieces: Sequence[tuple[int, int]], end: int) -> None:
        """3-2-502, 3-502, 2-502 behind a building; `end` takes in the word behind the last piece."""
        for part, (start, stop) in zip(self._shape(len(pieces), _long(pieces[1])), pieces, strict=False):
            self.put(part, start, stop)
        part, start, _ = self.spans[-1]
        self.spans[-1] = (part, start, end)

    def _shape(self, count: int, second_is_long: bool) -> tuple[str, ...]:
        if "entrance" in self.has or count > 4:
            return ("room",)
        if "building" in self.has:
            return ("entrance", "floor", "room") if count == 3 else ("entrance", "room")
        if count == 2:
            return ("building", "room") if second_is_long else ("building", "entrance")
        return ("building", "entrance", "room") if count == 3 else ("building", "entrance", "floor", "room")

    # Names

    def names(self, chunks: list[Chunk], counted: bool) -> None:
        """`counted`: a number comes right behind, which belongs to the nearest road: 江南大道创业大道288号."""
        road = None
        if "road" not in self.has:
            roads = [chunk for chunk in chunks if chunk[0] == "road"]
            if roads:
                road = roads[-1 if counted else 0]
        begin, stop, closed = -1, 0, False  # of a compound put together from several chunks: 世茂江滨花园 峻景湾
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
            if start < end:
                self.put(_WHOLE.get(kind) or (kind if kind == "community" or chunk is road else "rest"), start, end)
        if begin >= 0:
            self._name(begin, stop, closed)

    def _name(self, start: int, end: int, closed: bool) -> None:
        """`closed`: its last word says that it is a place with buildings of its own (花园, 小区, 工业园)."""
        start, end = _trimmed(self.text, start, end)
        if start >= end:
            return
        if end - start < 2 or "compound" in self.has or not self.has.isdisjoint(_INDOORS):
            self.put("rest", start, end)
            return
        self.put("compound", start, end)
        if not closed:
            self.last = "name"


# Looked up once here rather than by name for every word.
_READERS = {
    name: getattr(_Tail, name)
    for name in ("ground", "group", "building", "floor", "lane", "number", "gate", "entrance", "room", "bare")
} | {"side": _Tail.building}


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
