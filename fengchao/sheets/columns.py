"""A column: what it is called in the workbooks people really have, and what its cells may say."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any, ClassVar

from fengchao.sheets.cells import Flaw, Remark, says_nothing, text
from fengchao.sheets.characters import plain
from fengchao.sheets.phones import MOBILE, read_phones


class Column:
    """One column, one class. `clean` gets a cell that says something; returns a value, a Remark or a Flaw."""

    identifier: ClassVar[str]
    title: ClassVar[Any]  # a lazy translation: the heading of exports
    synonyms: ClassVar[tuple[str, ...]] = ()
    household: bool = False  # blank below means: the same as above
    required: ClassVar[bool] = False
    prose: ClassVar[bool] = False  # a comma in it separates words, not people
    unique: ClassVar[bool] = False  # no two people of a household have the same
    few: ClassVar[bool] = False  # few distinct values: each is cleaned once
    width: ClassVar[int] = 14
    note: ClassVar[Any] = ""  # the line under the heading of an empty template

    def clean(self, cell: Any) -> Any:
        raise NotImplementedError

    def begins_household(self, cell: Any) -> bool:
        """Whether this cell starts a new household, whose own door must then be written beside it."""
        return False

    def read(self, cell: Any) -> Any:
        """`clean`, with nothing said as None and a required cell insisted upon."""
        if says_nothing(cell):
            return Flaw("cell_required") if self.required else None
        return self.clean(cell)


class Heading(Column):
    """A column that is only written, such as one question of a form."""

    def __init__(self, title: Any, width: int = 18) -> None:
        self.title, self.width = title, width  # type: ignore[misc]


class TextColumn(Column):
    prose = True
    longest: ClassVar[int] = 200

    def clean(self, cell: Any) -> str | Flaw:
        value = text(cell)
        return value if len(value) <= self.longest else Flaw("cell_too_long", {"limit": self.longest})


class ChoiceColumn(Column):
    """A value out of a few, each known by several words."""

    few = True
    choices: ClassVar[dict[str, tuple[str, ...]]]
    otherwise: ClassVar[str | None] = None  # for words nobody foresaw; None refuses them

    def __init__(self) -> None:
        self._known = {
            plain(word): value for value, words in self.choices.items() for word in (value, *words)
        }

    def clean(self, cell: Any) -> Any:
        written = text(cell)
        if (value := self._known.get(plain(written))) is not None:
            return value
        if self.otherwise is None:
            return Flaw("choice_unknown", {"written": written[:20], "known": "、".join(self.choices)})
        return Remark(self.otherwise, "choice_other", {"written": written[:20]})


class YesNoColumn(Column):
    few = True
    YES = frozenset(("是", "有", "对", "√", "✓", "✔", "1", "y", "yes", "true", "○"))
    NO = frozenset(("否", "没有", "不", "不是", "×", "✗", "x", "0", "n", "no", "false"))

    def clean(self, cell: Any) -> bool | Flaw:
        written = plain(text(cell))
        if written in self.YES:
            return True
        if written in self.NO:
            return False
        return Flaw("choice_unknown", {"written": written[:20], "known": "是、否"})


class PhoneColumn(Column):
    """One number a person: the cell's first mobile, else its first. Which one, and how many are left, is remarked."""

    def clean(self, cell: Any) -> str | Remark | Flaw:
        found = read_phones(cell)
        if isinstance(found, Flaw):
            return found
        if not found:
            return Flaw("phone_unreadable")
        if len(found) == 1:
            return found[0]
        kept = next((number for number in found if MOBILE.fullmatch(number)), found[0])
        told = {"count": len(found), "kept": found.index(kept) + 1, "left": len(found) - 1}
        return Remark(kept, "phone_several", told)


def by_identifier(columns: Iterable[Column]) -> dict[str, Column]:
    return {column.identifier: column for column in columns}


def columns_of(target: str) -> list[Column]:
    """The columns named `package.module:FUNCTION`: the guarded process gets names, not objects."""
    module, function = target.split(":")
    return getattr(import_module(module), function)()
