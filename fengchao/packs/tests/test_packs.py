"""The packs that come with the platform are complete and consistent."""

import pytest
from django.utils.translation import override

from fengchao import packs
from fengchao.packs.reader import ROOT


def broken(old: str, new: str) -> str:
    text = (ROOT / "base" / "pack.toml").read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def test_every_pack_beside_the_loader_can_be_read():
    assert "base" in packs.names()
    assert set(packs.base_pack().kinds) <= set(packs.kinds())


@pytest.mark.parametrize("name", [name for name in packs.names() if name != "base"])
def test_a_scenario_speaks_both_languages_names_its_source_and_stands_on_the_base(name):
    pack = packs.load(name)
    assert pack.source and pack.kinds and set(pack.outcomes) >= set(packs.base_pack().outcomes)
    assert all(kind.outcome("withdrawn").reopens for kind in pack.kinds.values())


def test_the_base_pack_knows_the_outcomes_of_a_canvass():
    assert set(packs.base_pack().outcomes) == {
        "met", "by_phone", "nobody_home", "refused", "vacant", "wrong_address", "withdrawn", "not_here", "caught_up"}
    verify = packs.kinds()["verify_visit"]
    assert [o.code for o in verify.outcomes if o.closes] == ["met", "by_phone", "vacant", "wrong_address"]
    assert verify.outcome("refused").closes_at == 2
    assert verify.outcome("withdrawn").reopens and not verify.outcome("withdrawn").attempt


def test_a_word_is_read_in_the_language_of_whoever_looks():
    words = packs.base_pack().outcomes["nobody_home"].words
    with override("zh-hans"):
        assert str(words) == "无人在家"
    with override("en"):
        assert str(words) == "Nobody home"


def test_outcomes_are_told_apart_without_colour():
    for kind in packs.base_pack().kinds.values():
        shown = [o for o in kind.outcomes if not o.reopens]
        assert len({o.pattern for o in shown}) == len({o.colour for o in shown}) == len(shown)


@pytest.mark.parametrize(("old", "new", "said"), [
    ('closes = true', 'closes = "yes"', "outcomes.met: closes is 'yes'; expected bool"),
    ('pattern = "solid"', 'pattern = "zigzag"', "pattern is 'zigzag'; expected one of solid"),
    ('words = { zh = "已见到", en = "Met" }', 'words = { zh = "已见到" }', "outcomes.met.words: expected"),
    ('"wrong_address", "withdrawn"]', '"lost"]', "kinds.verify_visit: unknown outcomes ['lost']"),
    ("escalate_hours = [2", "escalate_hour = [2", "kinds.verify_visit: escalate_hours is missing"),
    ("best_hours = [19", "best_hours = [25", "expected whole numbers from 0 to 23"),
    ('source = "tasks"', 'source = "tasks"\nextra = 1', "daily_return.doors: unknown extra"),
    ("[wording]", "[wording", "base/pack.toml: "),
])
def test_wrong_data_are_refused_with_their_place(old, new, said):
    with pytest.raises(packs.PackError) as error:
        packs.parse("base", broken(old, new))
    assert said in str(error.value)


def test_a_pack_that_does_not_exist_names_those_that_do():
    with pytest.raises(packs.PackError, match="there are base"):
        packs.load("plague")


def test_a_word_of_a_workbook_means_one_tag():
    words = [word for tag in packs.tags().values() for word in {tag.code, tag.words.zh, tag.words.en, *tag.also}]
    assert len(words) == len(set(words)) > 60
