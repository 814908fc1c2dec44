"""Initials of names, as people type them to search: 张伟 -> zw, 单小红 -> sxh."""

from functools import lru_cache

# Characters that are read differently as surnames; pypinyin gives the everyday reading.
SURNAMES = {
    "单": "s", "仇": "q", "解": "x", "查": "z", "曾": "z", "任": "r", "朴": "p", "盖": "g", "区": "o", "华": "h",
    "尉迟": "yc", "万俟": "mq", "员": "y", "秘": "b", "冼": "x", "折": "s", "繁": "p", "种": "c", "乐": "y", "覃": "q",
    "缪": "m", "逄": "p", "令狐": "lh", "宿": "s", "那": "n", "都": "d", "薄": "b", "长孙": "zs", "隗": "w", "召": "s",
}


@lru_cache(maxsize=200_000)
def initials(name: str) -> str:
    """Lower-case first letters, at most 20; letters and digits of foreign names are kept as they are."""
    for length in (2, 1):
        if (head := name[:length]) in SURNAMES:
            return (SURNAMES[head] + _letters(name[length:]))[:20]
    return _letters(name)[:20]


def _letters(text: str) -> str:
    return "".join(map(_letter, text))


@lru_cache(maxsize=50_000)
def _letter(sign: str) -> str:
    """Sign by sign: a given name is no phrase whose reading would depend on its neighbours, and names are many."""
    from pypinyin import (  # here: its dictionaries take a third of a second, and few processes write names
        Style,
        lazy_pinyin,
    )

    return "" if sign in " ·" else "".join(lazy_pinyin(sign, style=Style.FIRST_LETTER)).lower()
