"""Which new code a code that is gone went to. Only what one sentence can explain is guessed, and only where it can be
one place alone; everything else is left to somebody who knows.

The tree is walked from above: where a county went says where its streets are to be looked for. Passes, surest first:
`parent` the same number and name under the parent's new number; `name` the same name under the same parent; `core` the
same but for its kind (乡 became 镇); `wider` the same name elsewhere in the county (for a street: the city).
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

Key = tuple[int, int]  # level and code padded to 12 digits
DIGITS_OF = {0: 0, 1: 2, 2: 4, 3: 6, 4: 9, 5: 12}
LISTED = 40  # candidates shown


@dataclass(frozen=True, slots=True)
class Gone:
    """`ours`: its name was given here, so that of the file need not be equal. `local`: its number too."""

    level: int
    code: int
    name: str
    ours: bool = False
    local: bool = False

    @property
    def key(self) -> Key:
        return self.level, self.code


@dataclass(frozen=True, slots=True)
class Guess:
    becomes: int | None
    reason: str
    candidates: tuple[int, ...] = ()


def up(level: int, code: int) -> int:
    """The code one level above."""
    return at(level - 1, code)


def at(level: int, code: int) -> int:
    unit = 10 ** (12 - DIGITS_OF[level])
    return code // unit * unit


def guess(gone: Iterable[Gone], pool: Mapping[Key, str], decided: Mapping[Key, int],
          core: Callable[[str], str], asked: Container[Key] = ()) -> dict[Key, Guess]:
    """`pool`: the codes it may have become, with their names. `core`: a name without its kind. `asked`: for which a
    person will want to see likely candidates."""
    desk = _Desk({one.key: one for one in gone}, pool, decided, core, asked)
    for level in range(1, 6):
        desk.level(level)
    return desk.found


def reused(renamed: Mapping[Key, tuple[str, str]], came: Mapping[Key, str],
           decided: Mapping[Key, int]) -> dict[Key, Guess]:
    """A number that is called otherwise: the place has a new name, unless its old name now stands beside another
    number of the same parent, when the number may have been given to another place."""
    now: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for (level, code), name in [*came.items(), *((key, new) for key, (_, new) in renamed.items())]:
        now[level, up(level, code), name].append(code)
    found = {}
    for (level, code), (old, _new) in renamed.items():
        others = now.get((level, up(level, code), old), [])
        if (level, code) in decided:
            found[level, code] = Guess(decided[level, code], "person", (code, *others))
        else:
            found[level, code] = Guess(None, "reused", (code, *others)) if others else Guess(code, "renamed")
    return found


class _Desk:
    def __init__(self, gone: dict[Key, Gone], pool: Mapping[Key, str], decided: Mapping[Key, int],
                 core: Callable[[str], str], asked: Container[Key]) -> None:
        self.gone, self.pool, self.decided, self.core, self.asked = gone, pool, decided, core, asked
        self.found: dict[Key, Guess] = {}
        self.taken: set[Key] = set()
        self.pool_of: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (level, code), name in pool.items():
            self.pool_of[level].append((code, name))
        self.gone_of: dict[int, list[Gone]] = defaultdict(list)
        for one in gone.values():
            self.gone_of[one.level].append(one)

    def level(self, level: int) -> None:
        rest = [one for one in self.gone_of[level] if not self._said(one) and not self._with_parent(one)]
        rest = self._alike(level, rest, "name", lambda n: n, self._parent, lambda code: up(level, code))
        rest = self._alike(level, rest, "core", self.core, self._parent, lambda code: up(level, code))
        if level > 2:
            rest = self._alike(level, rest, "wider", lambda n: n, self._around, lambda code: at(level - 2, code))
        beside: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for code, name in self.pool_of[level]:
            beside[up(level, code)].append((code, name))
        for one in rest:
            likely = self._likely(one, beside[self._parent(one) or 0]) if one.key in self.asked else ()
            self.found[one.key] = Guess(None, "nothing", likely)

    def _said(self, one: Gone) -> bool:
        if one.key in self.decided:
            self._take(one, self.decided[one.key], "person")
        return one.key in self.decided

    def _with_parent(self, one: Gone) -> bool:
        parent = up(one.level, one.code)
        image = self._parent(one)
        if image is None or image == parent:
            return False
        there = image + one.code - parent
        name = self.pool.get((one.level, there))
        if (name is None) if one.local else (name == one.name or one.ours and name is not None):
            self._take(one, there, "parent")
            return True
        return False

    def _alike(self, level: int, rest: list[Gone], reason: str, called: Callable[[str], str],
               mine: Callable[[Gone], int | None], theirs: Callable[[int], int]) -> list[Gone]:
        """One to one, or nothing is guessed: of several with one name somebody has to say which is which."""
        wanted: dict[tuple[int, str], list[Gone]] = defaultdict(list)
        for one in rest:
            if (where := mine(one)) is not None and not one.local:
                wanted[where, called(one.name)].append(one)
        offered: dict[tuple[int, str], list[int]] = defaultdict(list)
        for code, name in self.pool_of[level] if wanted else ():
            if (level, code) not in self.taken:
                offered[theirs(code), called(name)].append(code)
        for alike, those in wanted.items():
            if codes := offered.get(alike):
                for one in those:
                    if len(codes) == len(those) == 1:
                        self._take(one, codes[0], reason)
                    else:
                        self.found[one.key] = Guess(None, "several", tuple(codes[:LISTED]))
        return [one for one in rest if one.key not in self.found]

    def _take(self, one: Gone, becomes: int, reason: str) -> None:
        self.found[one.key] = Guess(becomes, reason)
        self.taken.add((one.level, becomes))

    def _image(self, level: int, code: int) -> int | None:
        """Where a code went; its own if it is still there; None if nobody knows."""
        return (self.found[level, code].becomes or None) if (level, code) in self.gone else code

    def _parent(self, one: Gone) -> int | None:
        return self._image(one.level - 1, up(one.level, one.code)) if one.level > 1 else 0

    def _around(self, one: Gone) -> int | None:
        return self._image(one.level - 2, at(one.level - 2, one.code))

    def _likely(self, one: Gone, beside: list[tuple[int, str]]) -> tuple[int, ...]:
        matcher = SequenceMatcher(b=self.core(one.name))
        ranked = []
        for code, name in beside[:500]:
            matcher.set_seq1(self.core(name))
            ranked.append((-matcher.ratio(), code))
        return tuple(code for _, code in sorted(ranked)[:LISTED])
