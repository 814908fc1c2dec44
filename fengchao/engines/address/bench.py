"""How many addresses a second one core takes apart, beside the least that anyone could do: one regex a line."""

import re
import time
from collections.abc import Callable, Iterable
from random import Random

import orjson

from .gazetteer import Gazetteer
from .parse import parse

TARGET = 20_000

# Splits at the words alone: no register, no spans, no meaning.
_FLOOR = re.compile(
    "(?P<province>[^省]{2,3}省)?(?P<city>[^市]{2,4}市)?(?P<county>[^区县市]{1,4}[区县市])?(?P<street>.{1,6}?(?:街道|镇|乡))?"
    "(?P<road>.{1,8}?[路街巷])?(?P<number>[0-9-]+号)?(?P<compound>[^0-9]*)(?P<building>[0-9]+(?:号楼|[幢栋座]))?"
    "(?P<entrance>[0-9]+单元)?(?P<floor>[0-9]+[层楼])?(?P<room>[0-9]+室?)?(?P<rest>.*)"
)
_HEADS = (
    "浙江省杭州市余杭区五常街道",
    "福建省福州市福清市宏路街道宏侨社区",
    "杭州萧山区宁围镇新发村",
    "义乌市",
    "上海市徐汇区",
    "",
)
_ROADS = ("文一西路", "解放南路", "江场三路", "莫干山路", "人民大道", "后城里街", "")
_COMPOUNDS = ("阳光花园", "世茂江滨花园峻景湾", "翔鹭花城三期", "国际商贸城", "东方润园", "")
_DOORS = (
    "{b}号楼{e}单元{r}室",
    "{b}幢{r}",
    "{b}-{e}-{r}",
    "三号楼二单元五〇二",
    "{b}栋",
    "A座{f}层",
    "{f}楼",
    "",
    "对面",
)


def made_up(count: int, seed: int = 1) -> list[str]:
    """Addresses with the shapes that real ones have; the real ones stay out of the repository."""
    rng = Random(seed)

    def one() -> str:
        road = rng.choice(_ROADS)
        number = f"{rng.randint(1, 2000)}号" if road and rng.random() < 0.8 else ""
        door = rng.choice(_DOORS).format(b=rng.randint(1, 99), e=rng.randint(1, 4), r=rng.randint(101, 2904), f=9)
        return rng.choice(_HEADS) + road + number + rng.choice(_COMPOUNDS) + door

    return [one() for _ in range(count)]


def rate(convert: Callable[[str], object], lines: Iterable[str], rounds: int = 200) -> float:
    """Lines in a second of one core, in the quickest round: on a shared machine the others measure the neighbours."""
    lines = list(lines)
    quickest = min(_seconds(convert, lines) for _ in range(rounds))
    return len(lines) / quickest


def _seconds(convert: Callable[[str], object], lines: list[str]) -> float:
    began = time.process_time()
    for line in lines:
        convert(line)
    return time.process_time() - began


def address_parse(gazetteer: Gazetteer, lines: Iterable[str] | None = None) -> dict:
    """From a line to the JSON of its parts, on one core."""
    lines = list(lines) if lines is not None else made_up(100)
    value = rate(lambda line: orjson.dumps({"text": line, "parts": parse(line, gazetteer).parts}), lines)
    floor = rate(lambda line: orjson.dumps({"text": line, "parts": _split(line)}), lines)
    return {
        "name": "address_parse", "value": round(value), "unit": "addresses/s", "target": TARGET,
        "ok": value >= TARGET, "floor": round(floor), "ratio": round(value / floor, 3),
    }  # fmt: skip


def _split(line: str) -> dict:
    found = _FLOOR.match(line)
    return {part: said for part, said in found.groupdict().items() if said} if found else {}
