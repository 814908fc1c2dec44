"""Whose outline a feature is: by a code or a name in one of its columns, or in two of them together."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

TOGETHER = " + "  # how two columns are shown as one: 小区 + 楼号
PAIRED, SAMPLE = 12, 500  # columns tried in pairs, and features looked at to choose


@dataclass(frozen=True, slots=True)
class Target:
    """A place or building that an outline may be of. `key`: a code of 2 to 15 digits, or the id of a building."""

    key: str
    name: str
    answers_to: tuple[str, ...]


class Names:
    def __init__(self, targets: Iterable[Target]):
        self._keys: dict[str, set[str]] = {}
        for target in targets:
            for text in {plain(text) for text in (target.key, target.name, *target.answers_to)} - {""}:
                self._keys.setdefault(text, set()).add(target.key)

    def keys(self, text: str) -> set[str]:
        return self._keys.get(plain(text), set())


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def columns(features: Sequence[Mapping[str, str]]) -> list[str]:
    """Every column, then every two that could make a name together, in the order of the file."""
    single = list(dict.fromkeys(name for names in features[:SAMPLE] for name in names if name))
    return single + [TOGETHER.join(pair) for pair in permutations(single[:PAIRED], 2)]


def best(features: Sequence[Mapping[str, str]], names: Names) -> str:
    """The column by which most features are of exactly one place, and different ones of different places."""
    looked_at = features[:SAMPLE]

    def score(column: str) -> int:
        found = Counter(key for text in texts(looked_at, column) if len(keys := names.keys(text)) == 1 for key in keys)
        return sum(1 for n in found.values() if n == 1)

    return max(columns(features), key=score, default="")


def texts(features: Iterable[Mapping[str, str]], column: str) -> Iterator[str]:
    """What each feature is called by a column, or by two together; a column of that very name comes first."""
    for names in features:
        yield names[column] if column in names else "".join(names.get(one, "") for one in column.split(TOGETHER))
