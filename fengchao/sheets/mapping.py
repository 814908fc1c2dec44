"""Which column of the file is which of ours: proposed by synonyms, corrected by a person, remembered."""

import hashlib
import re
from collections.abc import Iterable

from fengchao.base.errors import Refused
from fengchao.sheets.characters import plain
from fengchao.sheets.columns import Column
from fengchao.sheets.header import Header, readings, words_of

Mapping = dict[int, str]  # position in the file -> identifier of a column

_OF_OTHERS = re.compile(
    "紧急|监护|单位|公司|物业|网格|社区|街道|房东|业主|户主|原|旧|曾|配偶|父|母|子女|责任|包保|联系人|关系"
)
_MEMBER = re.compile("第?[一二三四五六七八九十]+|家庭|成员|家属|同住人?|人员")  # 成员二姓名
_SAYS_MORE = re.compile(r"[(（\[【](?![\d一二三四五六七八九十]+[)）\]】])")  # 姓名（拼音） is nobody else's
_ABOUT = re.compile("是否|有无|时间|日期|情况|类型|类别|备注|原因|数|年龄|颜色|照片|变更|有效|地$")


def propose(header: Header, columns: Iterable[Column]) -> Mapping:
    """Each of our columns once: the place that names it exactly wins, then the longest likeness.

    A person's columns may come again for the next person of the household: see `beside`.
    """
    columns = list(columns)
    known = {words_of(word): column.identifier for column in columns for word in synonyms(column)}
    mapping: Mapping = {}
    for alike in (_exact, _likeness):
        for place, names in enumerate(header.labels):
            if names and place not in mapping:
                found = alike(names, known)
                if found is not None and found not in mapping.values():
                    mapping[place] = found
    return dict(sorted((mapping | _again(header, known, columns, mapping)).items()))


def _again(header: Header, known: dict[str, str], columns: Iterable[Column], mapping: Mapping) -> Mapping:
    """The columns of further people in the same row. Where a door comes again too, two lists stand side by side: no."""
    household = {column.identifier for column in columns if column.household}
    lead = {column.identifier for column in columns if column.required}
    again: Mapping = {}
    for place, names in enumerate(header.labels):
        if names and place not in mapping and (found := _member(names, known)) and found in mapping.values():
            again[place] = found
    return again if lead & set(again.values()) and not household & set(again.values()) else {}


def _member(names: tuple[str, ...], known: dict[str, str]) -> str | None:
    if any(_SAYS_MORE.search(name) for name in names):
        return None
    spoken = "".join(words_of(name) for name in reversed(names))
    return known.get(spoken) or known.get(_MEMBER.sub("", spoken))


def synonyms(column: Column) -> tuple[str, ...]:
    return (column.identifier, *column.synonyms)


def vocabulary(columns: Iterable[Column]) -> list[str]:
    return [word for column in columns for word in synonyms(column)]


def signature(header: Header) -> str:
    """The same for two files with the same headings in the same order."""
    spoken = "\n".join("|".join(plain(name) for name in names) for names in header.labels)
    return hashlib.sha256(spoken.rstrip().encode()).hexdigest()[:32]


def complete(mapping: Mapping, columns: Iterable[Column]) -> None:
    """Refuses a mapping that lacks a column without which no row could be accepted.

    Names it by its identifier: in the guarded process nothing can be translated. See `uploads.in_words`.
    """
    for column in columns:
        if column.required and column.identifier not in mapping.values():
            raise Refused("sheet_column_missing", column=column.identifier)


def _exact(names: tuple[str, ...], known: dict[str, str]) -> str | None:
    return next((known[words] for words in readings(names) if words in known), None)


def _likeness(names: tuple[str, ...], known: dict[str, str]) -> str | None:
    """The longest synonym that ends or begins the label, unless the rest says it is about something else."""
    label = words_of(names[0])
    for word in sorted(known, key=len, reverse=True):
        if len(word) > 1 and (label.endswith(word) or label.startswith(word)):
            rest = label.removesuffix(word) if label.endswith(word) else label.removeprefix(word)
            if len(rest) <= 4 and not _OF_OTHERS.search(rest) and not _ABOUT.search(rest):
                return known[word]
    return None
