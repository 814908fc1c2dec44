"""What holds for any text at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fengchao.engines.address import LIMIT, PARTS, door_of, each_building, parse, with_floor
from fengchao.engines.address.divisions import SEPARATORS
from fengchao.engines.address.grammar import _TRIM
from fengchao.engines.address.tests.places import small_country
from fengchao.engines.address.text import fold

_WORDS = """
福建省 福州市 福清 宏路街道 宏侨社区 鼓楼区 三村村 文一西路 村 路 号 省 市 区 甲 地下 第 # 1 〇
12号 3号楼 三号楼 3# B座 二单元 2门 五〇二 502 502室 5层 地下二层 3-2-502 12-1502
花园 一期 A区 对面 ( ) （ ） - — 、 至 附3号 669弄 五组
""".split()  # noqa: SIM905 (forty words in quotes would say no more)
_addresses = st.lists(st.sampled_from([*_WORDS, "\u3000", "\n"]), max_size=14).map("".join)
_any = st.one_of(st.text(max_size=60), _addresses)


@given(_any)
@settings(max_examples=400, deadline=None)
def test_spans_are_disjoint_and_in_order_and_say_what_is_written(text):
    address = parse(text, small_country())
    end = 0
    for part, start, stop in address.spans:
        assert part in PARTS
        assert end <= start < stop <= len(text)
        assert address.parts[part] == text[start:stop] or part == "rest"
        end = stop


@given(_any)
@settings(max_examples=400, deadline=None)
def test_every_character_is_in_a_part_unless_it_separates(text):
    address = parse(text, small_country())
    covered = {index for _, start, stop in address.spans for index in range(start, stop)}
    folded = fold(text)
    left = "".join(char for index, char in enumerate(folded) if index not in covered)
    assert not set(left.removeprefix("中国")) - SEPARATORS - _TRIM


@given(_any)
@settings(max_examples=200, deadline=None)
def test_no_part_but_rest_is_written_twice(text):
    parts = [part for part, _, _ in parse(text, small_country()).spans if part != "rest"]
    assert len(parts) == len(set(parts))


@given(_any)
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold(text)) == len(text)


@given(_any)
@settings(deadline=None)
def test_a_door_can_always_be_asked_for(text):
    address = parse(text, small_country())
    with_floor(door_of(address))
    assert len(each_building(address.parts.get("building", ""))) <= 10_000


def test_what_is_beyond_the_limit_is_not_read():
    address = parse("3号楼" * LIMIT, small_country())
    assert all(stop <= LIMIT for _, _, stop in address.spans)


def test_hostile_text_takes_no_time():
    for text in ("1-" * 250, "一" * 500, "(" * 500, "路" * 500, "3号楼-" * 100, "A" * 500, "福" * 500):
        parse(text, small_country())
