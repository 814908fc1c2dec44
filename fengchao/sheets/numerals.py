"""Whole numbers written in Chinese: 五〇二, 十二, 二百零三, 廿一."""

import re

_SIGNS = ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {sign: value for value, signs in enumerate(_SIGNS) for sign in signs}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
NUMERAL = re.compile("[" + "".join(DIGITS) + "".join(UNITS) + "廿卅]+")


def number(text: str) -> int | None:
    """None when `text` is no Chinese numeral; read digit by digit where there is no unit (五〇二 = 502)."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text or any(sign not in DIGITS and sign not in UNITS for sign in text):
        return None
    if not any(sign in UNITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in UNITS:
            total += (digit or 1) * UNITS[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    return total + digit


def arabic(text: str) -> str:
    """Every Chinese numeral in a text as digits: 三号楼二单元五〇二 -> 3号楼2单元502."""
    return NUMERAL.sub(lambda found: str(number(found[0])), text) if NUMERAL.search(text) else text
