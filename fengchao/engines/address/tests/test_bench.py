from fengchao.engines.address.bench import address_parse, made_up
from fengchao.engines.address.parse import parse
from fengchao.engines.address.tests.places import HERE, small_country
from fengchao.engines.address.tokens import _FIRST_OF_WORDS, _WORD


def test_the_benchmark_says_what_it_measured_beside_its_floor():
    result = address_parse(small_country(), made_up(50))
    assert set(result) == {"name", "value", "unit", "target", "ok", "floor", "ratio"}
    assert result["value"] > 0
    assert result["floor"] > 0


def test_an_address_read_again_is_read_the_same():
    for line in made_up(300):
        assert parse(line, small_country()) == parse(line, small_country())


def test_the_shortcut_of_the_tail_misses_no_word():
    text = (HERE / "examples.txt").read_text(encoding="utf-8")
    assert {found[0][0] for found in _WORD.finditer(text)} <= set(_FIRST_OF_WORDS)
