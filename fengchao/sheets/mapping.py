"""Which column of the file is which of ours: proposed by synonyms, corrected by a person, remembered."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator

from fengchao.base.errors import Refused
from fengchao.sheets.characters import plain
from fengchao.sheets.columns import Column
from fengchao.sheets.header import Header, readings, words_of

Mapping = dict[int, str]  # position in the file -> identifier of a column

_OF_OTHERS = re.compile(
    "紧急|监护|单位|公司|物业|网格|社区|街道|房东|业主|户主|原|旧|曾|配偶|父|母|子女|责任|包保|联系人|关系"
)
_MEMBER = re.compile("第?[一二三四五六七八九十]+|家庭|成员|家属|同住人?|人员")  # 成员二姓名
_NUMBERED = re.compile("(?<=[^0-9])[0-9一二三四五六七八九十]")  # 家庭成员1姓名, but not 2、姓名
HEAD = "户主"
_SAYS_MORE = re.compile(r"[(（\[【](?![\d一二三四五六七八九十]+[)）\]】])")  # 姓名（拼音） is nobody else's
_ABOUT = re.compile("是否|有无|时间|日期|情况|类型|类别|备注|原因|数|年龄|颜色|照片|变更|有效|地$")


def propose(header: Header, columns: Iterable[Column]) -> Mapping:
    """Each of our columns once: the place that names it exactly wins, then the closest likeness.

    A person's columns may come again for the next person of the household: see `beside`.
    """
    columns = list(columns)
    known = {words_of(word): column.identifier for column in columns for word in synonyms(column)}
    mapping: Mapping = {}
    for alike in (_exact, _likeness):
        for place, names in enumerate(header.labels):
            if names and place not in mapping:
                free = (found for found in alike(names, known) if found not in mapping.values())
                if (found := next(free, None)) is not None:
                    mapping[place] = found
    heads = _heads(header, known, columns, mapping)
    return dict(sorted((mapping | heads | _again(header, known, columns, mapping, heads)).items()))


def _heads(header: Header, known: dict[str, str], columns: Iterable[Column], mapping: Mapping) -> Mapping:
    """户主姓名 names a person where nothing else does, or before numbered members; else only whose household it is."""
    lead = {column.identifier for column in columns if column.required}
    members = counted(header)
    taken = {found for place, found in mapping.items() if place not in members}
    heads: Mapping = {}
    for place, names in enumerate(header.labels):
        spoken = _spoken(names, words_of)
        if place not in mapping and spoken.startswith(HEAD):
            found = known.get(spoken.removeprefix(HEAD)) if spoken != HEAD else next(iter(lead), None)
            if found is not None and found not in taken | set(heads.values()):
                heads[place] = found
    return heads if lead & set(heads.values()) else {}


def _again(
    header: Header, known: dict[str, str], columns: Iterable[Column], mapping: Mapping, heads: Mapping
) -> Mapping:
    """The columns of further people in the same row. Where a door comes again too, two lists stand side by side: no."""
    household = {column.identifier for column in columns if column.household}
    lead = {column.identifier for column in columns if column.required}
    again: Mapping = {}
    for place, names in enumerate(header.labels):
        free = names and place not in mapping and place not in heads
        if free and (found := _member(names, known)) and found in {*mapping.values(), *heads.values()}:
            again[place] = found
    several = lead & {*again.values(), *heads.values()}
    return again if several and not household & set(again.values()) else {}


def _member(names: tuple[str, ...], known: dict[str, str]) -> str | None:
    if any(_SAYS_MORE.search(name) for name in names):
        return None
    spoken = _spoken(names, words_of)
    return known.get(spoken) or known.get(_MEMBER.sub("", spoken))


def counted(header: Header) -> set[int]:
    """The columns whose headings say which person of the row they are about."""
    return {place for place, names in enumerate(header.labels) if _NUMBERED.search(_spoken(names, plain))}


def _spoken(names: tuple[str, ...], read: Callable[[str], str]) -> str:
    """A label in one breath, the merged cell above first."""
    return "".join(read(name) for name in reversed(names))


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


def _exact(names: tuple[str, ...], known: dict[str, str]) -> Iterator[str]:
    yield from (known[words] for words in readings(names) if words in known)


def _likeness(names: tuple[str, ...], known: dict[str, str]) -> Iterator[str]:
    """Synonyms that end the label, then those that begin it, the longest first, unless the rest says it is about
    something else."""
    label = words_of(names[0])
    words = sorted((word for word in known if len(word) > 1), key=len, reverse=True)
    rests = [(word, label.removesuffix(word)) for word in words if label.endswith(word)]
    rests += [(word, label.removeprefix(word)) for word in words if label.startswith(word)]
    for word, rest in rests:
        if len(rest) <= 4 and not _OF_OTHERS.search(rest) and not _ABOUT.search(rest):
            yield known[word]
