"""Which division a piece of text names, and under which parent.

One trie holds every name of the register, each behind a character that stands for its parent. To look a name up
under a county is then one walk along the text, which gives all names that begin there; a street or community is
never looked up without saying where. Names that several places share give several codes.
"""

import re
import struct
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import marisa_trie

from .names import FORMER, forms
from .text import fold

ROOT = 0
UNITS = (0, 10**10, 10**8, 10**6, 10**3, 1)  # what a code of each level counts in: the rest is below it
_LONGEST_NAME = 16
_FULL = re.compile("(?:[省市区县旗盟]|..州)$")  # 杭州 and 鄞州 are short names, 延边州 is a full one


def level_of(code: int) -> int:
    """1 province, 2 city, 3 county, 4 street, 5 community."""
    if code % 10**8 == 0:
        return 1 if code % 10**10 == 0 else 2
    if code % 10**6 == 0:
        return 3
    return 4 if code % 1000 == 0 else 5


def county_of(code: int) -> int:
    return code // 10**6


def city_of(code: int) -> int:
    return code // 10**8 * 100


def province_of(code: int) -> int:
    return code // 10**10 * 10**4


class Division(NamedTuple):
    """A name of a province, city or county, as it may be written."""

    name: str
    level: int
    full: bool  # 杭州市, not 杭州
    codes: tuple[int, ...]


Named = tuple[tuple[int, ...], tuple[int, ...]]  # what a name means under one parent: streets, communities


def _behind(scope: int) -> str:
    # Six digits fit above the plane of ordinary characters, so a scope is one character that no text contains.
    return chr(0x10000 + scope)


def _scopes(code: int, level: int) -> tuple[int, ...]:
    """Where a division may be looked up. The county is often left out, so streets answer to their city too."""
    if level < 4:
        return (ROOT,)
    return (ROOT, city_of(code), county_of(code)) if level == 4 else (county_of(code),)


def _entries(divisions: Iterable[tuple[int, str, int]]) -> Iterable[tuple[str, int]]:
    counties: dict[tuple[int, str], list[int]] = {}
    cities: dict[str, int] = {}
    for code, name, level in divisions:
        if level <= 2:
            cities[name] = code
        if level == 3:
            counties.setdefault((city_of(code), name), []).append(code)
        yield from _keys(code, name, level)
    for city, former, now in FORMER:
        for code in _heirs(cities.get(city), now, counties):
            yield from _keys(code, former, 3)


def _keys(code: int, name: str, level: int) -> Iterable[tuple[str, int]]:
    for scope in _scopes(code, level):
        for form in forms(name, level):
            yield _behind(scope) + form, code


def _heirs(city: int | None, now: str, counties: Mapping[tuple[int, str], list[int]]) -> list[int]:
    if city is None:
        return []
    # The districts of a municipality stand under 市辖区, the city 01 of the province.
    return counties.get((city_of(city), now)) or counties.get((province_of(city) + 100, now), [])


# Names of several divisions point, with this bit set, to a list of codes at the end of the same array.
_MANY = 1 << 63


def compile_names(divisions: Iterable[tuple[int, str, int]]) -> bytes:
    """(12-digit code, name, level) of every division -> what `Gazetteer` reads. Takes seconds: keep the result."""
    codes: dict[str, list[int]] = {}
    for key, code in _entries(divisions):
        known = codes.setdefault(key, [])
        if code not in known:
            known.append(code)
    trie = marisa_trie.Trie(codes)
    table = array("Q", bytes(8 * len(trie)))
    for key, known in codes.items():
        table[trie.key_id(key)] = known[0] if len(known) == 1 else _MANY | len(table)
        if len(known) > 1:
            table.extend((len(known), *known))
    return b"".join((struct.pack("<Q", len(table)), table.tobytes(), trie.tobytes()))


@dataclass(frozen=True)
class OwnNames:
    """What a community calls its own places; the names win over the grammar inside it."""

    roads: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)  # short names: 并四 -> 140106005010

    def kinds(self) -> dict[str, str]:
        return {
            fold(name): kind
            for kind, names in (("road", self.roads), ("compound", self.compounds), ("building", self.buildings))
            for name in names
            if name
        }


class Gazetteer:
    """Names of places. Made once, used for many addresses; what it says never changes."""

    def __init__(self, compiled: bytes = b"", own: OwnNames | None = None) -> None:
        self._trie, self._codes = _unpack(compiled or compile_names(()))
        self._named: dict[int, Named] = {}  # by number in the trie: sorted out on first use
        self.beginnings: dict[str, Any] = {}  # heads that many addresses share, kept by the reader of heads
        self.divisions = self._divisions()
        self.own = own or OwnNames()
        self.own_kinds = self.own.kinds()
        self.own_pattern = _any_of(self.own_kinds)
        self.places = {fold(name): code for name, code in self.own.places.items() if name}
        self.place_pattern = _any_of(self.places)

    @classmethod
    def of(cls, divisions: Iterable[tuple[int, str]], own: OwnNames | None = None) -> "Gazetteer":
        """From (12-digit code, name) pairs: a few counties in a test, or what a district really uses."""
        return cls(compile_names((code, name, level_of(code)) for code, name in divisions), own)

    def with_own(self, own: OwnNames) -> "Gazetteer":
        """The same register with the names of another community."""
        other = object.__new__(Gazetteer)
        other.__dict__.update(self.__dict__, beginnings={})
        other.own, other.own_kinds = own, own.kinds()
        other.own_pattern = _any_of(other.own_kinds)
        other.places = {fold(name): code for name, code in own.places.items() if name}
        other.place_pattern = _any_of(other.places)
        return other

    def _divisions(self) -> dict[str, tuple[Division, ...]]:
        """Provinces, cities and counties by their first two characters, the longest name first.

        There are few of them and every address begins with some: this is three times as fast as the trie.
        """
        found: dict[str, list[Division]] = {}
        for key, number in self._trie.iteritems(_behind(ROOT)):
            name = key[1:]
            by_level: dict[int, list[int]] = {}
            for code in self._known(number):
                by_level.setdefault(level_of(code), []).append(code)
            for level in sorted(by_level)[:3]:
                if level < 4:
                    division = Division(name, level, bool(_FULL.search(name)), tuple(by_level[level]))
                    found.setdefault(name[:2], []).append(division)
        return {head: tuple(sorted(names, key=lambda d: (-len(d.name), d.level))) for head, names in found.items()}

    def _known(self, number: int) -> Sequence[int]:
        code = self._codes[number]
        if code < _MANY:
            return (code,)
        start = code ^ _MANY
        return self._codes[start + 1 : start + 1 + self._codes[start]]

    def names_at(self, scope: int, text: str, start: int) -> list[tuple[int, Named]]:
        """Streets and communities under `scope` whose names begin at `start`: (length, meaning), longest first."""
        behind = chr(0x10000 + scope) + text[start : start + _LONGEST_NAME]
        named = self._named
        found = [
            (len(key) - 1, named.get(number) or self._name(number))
            for key, number in self._trie.iter_prefixes_with_ids(behind)
        ]
        if len(found) > 1:
            found.reverse()
        return found

    def _name(self, number: int) -> Named:
        codes = self._known(number)
        streets = tuple(code for code in codes if code % 1000 == 0 and code % 10**6)
        named = self._named[number] = (streets, tuple(code for code in codes if code % 1000))
        return named


def _unpack(compiled: bytes) -> tuple[marisa_trie.Trie, array]:
    (length,) = struct.unpack_from("<Q", compiled)
    end = 8 + 8 * length
    codes, trie = array("Q", compiled[8:end]), marisa_trie.Trie()
    trie.frombytes(compiled[end:])
    return trie, codes


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
