"""Reads packs from their folders, and says which line of data is wrong in words."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from .model import Element, KindRules, Outcome, Pack, Tag, Words

ROOT = Path(__file__).parent
SUBJECTS = ("dwelling", "person", "premises", "sighting")
PATTERNS = ("solid", "dots", "stripes", "cross", "outline", "grid")
GROUPS = ("care", "priority")
DEFAULTS: dict[str, Any] = {"return_due_hour": 18, "campaign_days": 180, "retention_days": 90, "reveals_per_hour": 30,
                            "emergency_hours": 3, "emergency_pause_hours": 12, "emergency_per_week": 3}


class PackError(ValueError):
    """A pack's data are wrong: where, and what was expected."""


class _Table:
    """A TOML table that remembers where it stands, and what of it was read."""

    def __init__(self, where: str, data: dict[str, Any]) -> None:
        self.where, self.data, self.read = where, data, set[str]()

    def get(self, key: str, kind: type, default: Any = None) -> Any:
        self.read.add(key)
        value = self.data.get(key, default)
        if type(value) is not kind:
            said = f"is {value!r}" if key in self.data else "is missing"
            raise PackError(f"{self.where}: {key} {said}; expected {kind.__name__}")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.get(key, str)
        if value not in allowed:
            raise PackError(f"{self.where}: {key} is {value!r}; expected one of {', '.join(allowed)}")
        return value

    def words(self, key: str) -> Words:
        return _words(f"{self.where}.{key}", self.get(key, dict))

    def all_words(self, key: str) -> dict[str, Words]:
        found = self.get(key, dict, {})
        return {code: _words(f"{self.where}.{key}.{code}", value) for code, value in found.items()}

    def hours(self, key: str, most: int) -> tuple[int, ...]:
        values = self.get(key, list)
        if not all(type(hour) is int and 0 <= hour <= most for hour in values):
            raise PackError(f"{self.where}: {key} is {values!r}; expected whole numbers from 0 to {most}")
        return tuple(values)

    def synonyms(self, key: str) -> tuple[str, ...]:
        words = self.get(key, list, [])
        if not all(type(word) is str and word for word in words):
            raise PackError(f"{self.where}: {key} is {words!r}; expected a list of words")
        return tuple(words)

    def tables(self, key: str) -> list[tuple[str, "_Table"]]:
        values = self.get(key, dict, {})
        return [(code, _Table(f"{self.where}.{key}.{code}", value)) for code, value in values.items()]

    def done(self) -> None:
        if unknown := sorted(set(self.data) - self.read):
            known = ", ".join(sorted(self.read))
            raise PackError(f"{self.where}: unknown {', '.join(unknown)}; known here are {known}")


def _words(where: str, data: dict[str, Any]) -> Words:
    if set(data) != {"zh", "en"} or not all(type(text) is str and text for text in data.values()):
        raise PackError(f"{where}: expected {{ zh = \"...\", en = \"...\" }}, got {data!r}")
    return Words(**data)


def _outcome(code: str, table: _Table) -> Outcome:
    outcome = Outcome(
        code, table.words("words"), table.get("colour", str), table.one_of("pattern", PATTERNS),
        table.get("closes", bool), table.get("reached", bool), table.get("attempt", bool, True),
        table.get("reopens", bool, False), table.get("needs_form", bool, False),
        table.get("closes_at", int, 0), table.get("retry_hours", int, 0), table.get("by_system", bool, False),
    )
    table.done()
    return outcome


def _kind(code: str, table: _Table, outcomes: dict[str, Outcome]) -> KindRules:
    wanted = table.get("outcomes", list)
    if unknown := [name for name in wanted if name not in outcomes]:
        raise PackError(f"{table.where}: unknown outcomes {unknown}; known are {', '.join(outcomes)}")
    kind = KindRules(
        code, table.words("name"), table.one_of("subject", SUBJECTS), table.get("form", str, "") or None,
        tuple(outcomes[name] for name in wanted), table.get("retry_hours", int),
        table.hours("best_hours", 23), table.hours("escalate_hours", 24 * 365), table.words("sentence"),
        table.get("where", dict, {}), next((name for name in wanted if outcomes[name].by_system), None),
    )
    table.done()
    return kind


def _tag(code: str, table: _Table) -> Tag:
    tag = Tag(code, table.words("words"), table.one_of("group", GROUPS), table.synonyms("also"))
    table.done()
    return tag


def _element(code: str, table: _Table) -> Element:
    element = Element(code, table.words("words"), table.get("source", str), table.get("daily", bool))
    table.done()
    return element


def parse(code: str, text: str, base: Pack | None = None) -> Pack:
    """A pack from its TOML; outcomes and tags of `base` may be used in it. Raises PackError."""
    try:
        table = _Table(f"{code}/pack.toml", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{code}/pack.toml: {error}") from error
    outcomes = (base.outcomes if base else {}) | {c: _outcome(c, t) for c, t in table.tables("outcomes")}
    tags = (base.tags if base else {}) | {c: _tag(c, t) for c, t in table.tables("tags")}
    kinds = {c: _kind(c, t, outcomes) for c, t in table.tables("kinds")}
    elements = tuple(_element(c, t) for c, t in table.tables("daily_return"))
    numbers = {key: table.get(key, int, default) for key, default in DEFAULTS.items()}
    pack = Pack(code, table.words("name"), table.get("source", str), kinds, outcomes, tags, elements,
                wording=table.all_words("wording"), purposes=table.all_words("purposes"),
                emergency_reasons=table.all_words("emergency_reasons"), **numbers)
    table.done()
    return pack


@cache
def load(code: str) -> Pack:
    path = ROOT / code / "pack.toml"
    if not path.is_file():
        raise PackError(f"there is no pack {code!r}; there are {', '.join(names())}")
    return parse(code, path.read_text(encoding="utf-8"), None if code == "base" else load("base"))


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in ROOT.glob("*/pack.toml")))


def form_workbooks() -> list[Path]:
    """The questionnaires that come with the packs."""
    return sorted(ROOT.glob("*/forms/*.xlsx"))


def base_pack() -> Pack:
    return load("base")


@cache
def tags() -> dict[str, Tag]:
    """Every reason for care and every priority group of every pack, by its code; the base pack's first."""
    return {code: tag for name in ("base", *names()) for code, tag in load(name).tags.items()}


@cache
def kinds() -> dict[str, KindRules]:
    """Every task kind of every pack, by its code; one code means one kind."""
    found: dict[str, KindRules] = {}
    for name in names():
        for code, kind in load(name).kinds.items():
            if code in found:
                raise PackError(f"{name}/pack.toml: the kind {code!r} exists in another pack already")
            found[code] = kind
    return found
