"""How one cell is written by hand. Most slips still mean the same; `id_damage` makes those that do not."""

from dataclasses import dataclass
from datetime import date
from random import Random

from fengchao.demo.synthetic.numbers import check_digit, short_id

Cell = str | int | float | date | None

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
TRADITIONAL = str.maketrans("号楼单栋门", "號樓單棟門")
EXCEL_EPOCH = date(1899, 12, 30)
RELATIONS = {
    ("head", "m"): ("户主", "本人", "户主本人"), ("head", "f"): ("户主", "本人"),
    ("spouse", "m"): ("丈夫", "配偶", "夫"), ("spouse", "f"): ("妻子", "配偶", "妻"),
    ("child", "m"): ("儿子", "子", "长子"), ("child", "f"): ("女儿", "女", "长女"),
    ("parent", "m"): ("父亲", "父"), ("parent", "f"): ("母亲", "母"),
    ("grandchild", "m"): ("孙子", "外孙"), ("grandchild", "f"): ("孙女", "外孙女"),
    ("mate", "m"): ("合租", "同住"), ("mate", "f"): ("合租", "同住"),
    ("lodger", "m"): ("寄住", "其他"), ("lodger", "f"): ("寄住", "亲戚"),
}  # fmt: skip
TENURES = {"owner": ("自住", "自有", "业主"), "tenant": ("租住", "租户", "出租"), "lodger": ("寄住", "借住")}


@dataclass(frozen=True, slots=True)
class Mess:
    """Chance of each slip per row. `Mess.tidy()` is a workbook nobody spoiled."""

    slip: float = 0.12  # a cell written unusually but readably
    id_as_number: float = 0.02  # 15 digits survive it, 18 are rounded
    id_mistyped: float = 0.008
    short_id: float = 0.03  # of those old enough to have had one
    repeated: float = 0.012  # the same person again further down
    nameless: float = 0.003
    doorless: float = 0.003
    blank_row: float = 0.004
    header_again: float = 0.002

    @classmethod
    def tidy(cls) -> "Mess":
        return cls(*[0.0] * len(cls.__dataclass_fields__))


def numeral(number: int) -> str:
    """12 -> 十二, as buildings and entrances are spelled; rooms are spelled digit by digit."""
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def name(rng: Random, text: str) -> str:
    ways = [f" {text}", f"{text} ", f"{text}　"]
    if len(text) == 2:
        ways += [f"{text[0]} {text[1]}", f"{text[0]}　{text[1]}"]
    return rng.choice(ways)


def sex(rng: Random, value: str) -> str:
    return rng.choice({"m": ("男性", " 男", "男 "), "f": ("女性", " 女", "女 ")}[value])


def born(rng: Random, day: date) -> Cell:
    return rng.choice((
        (day - EXCEL_EPOCH).days, f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}", f"{day:%Y-%m-%d}",
    ))  # fmt: skip


def phone(rng: Random, text: str) -> Cell:
    return rng.choice((
        int(text), f"{text[:3]}-{text[3:7]}-{text[7:]}", f"{text[:3]} {text[3:7]} {text[7:]}", f"+86{text}",
        text.translate(FULL_WIDTH),
    ))  # fmt: skip


def id_text(rng: Random, text: str) -> str:
    return rng.choice((
        f" {text}", f"'{text}", f"{text[:6]} {text[6:14]} {text[14:]}",
        text.translate(FULL_WIDTH), text.lower(),
    ))  # fmt: skip


def id_damage(rng: Random, mess: Mess, ric: str, year: int) -> tuple[Cell, str | None]:
    """(what stands in the cell, why it must be refused or None)."""
    if rng.random() < mess.id_mistyped:
        return mistyped(rng, ric), "ric_checksum"
    if year < 1985 and rng.random() < mess.short_id:
        short = short_id(ric)
        return (int(short) if rng.random() < 0.5 else short), None
    if ric.isdigit() and rng.random() < mess.id_as_number:
        rounded = float(ric)
        if f"{rounded:.15g}" != ric:
            return float(f"{rounded:.15g}"), "ric_rounded"
    return ric, None


def mistyped(rng: Random, ric: str) -> str:
    """Two neighbouring digits of the serial exchanged, or one digit wrong; the checksum notices both."""
    at = rng.randrange(14, 16)
    wrong = ric[:at] + ric[at + 1] + ric[at] + ric[at + 2 :]
    if wrong == ric or check_digit(wrong[:17]) == wrong[17]:
        wrong = ric[:14] + str((int(ric[14]) + 1) % 10) + ric[15:]
    return wrong
