"""Chinese in the code, English beside it, complete; nothing a person reads is outside the translations."""

import re
import runpy

import polib
import pytest

from .source import PACKAGE, ROOT, apps, files, short

TOOL = runpy.run_path(str(ROOT / "scripts" / "messages.py"))
CHINESE = re.compile(r"[一-鿿]")
WIDE = re.compile(r"[一-鿿\u3000-\u303f\uff00-\uffef]")  # a colon as wide as a character gives it away, too
TAGS = re.compile(r"{%\s*(?:translate|trans)\s.*?%}|{%\s*blocktrans(?:late)?.*?{%\s*endblocktrans(?:late)?\s*%}"
                  r"|{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)


@pytest.mark.parametrize("app", apps())
def test_every_sentence_has_its_english(app):
    assert not TOOL["missing"](PACKAGE / app), "run scripts/messages.py update, then fill in the English"


def test_a_sentence_has_one_english_wherever_it_stands():
    assert not TOOL["twofold"](), "say it alike, or in other words where something else is meant"


@pytest.mark.parametrize("app", apps())
def test_the_sentences_in_the_code_are_chinese(app):
    latin = [text for text in TOOL["sentences"](PACKAGE / app) if not CHINESE.search(text)]
    assert not latin, "write the sentence in Chinese, its English goes to the .po file"


def test_no_template_has_chinese_outside_its_translation_tags():
    found = []
    for file in files():
        if file.suffix == ".html" and file.is_relative_to(PACKAGE) and "console" not in file.parts:
            found += [f"{short(file)}: {m.group()}" for m in WIDE.finditer(TAGS.sub("", file.read_text()))][:1]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("app", apps())
def test_places_in_sentences_are_the_same_in_both_languages(app):
    file = TOOL["catalogue"](PACKAGE / app)
    for entry in polib.pofile(str(file)) if file.exists() else ():
        for english in [entry.msgstr, *entry.msgstr_plural.values()]:
            places = set(re.findall(r"%\((\w+)\)", entry.msgid))
            assert not english or places >= set(re.findall(r"%\((\w+)\)", english)), entry.msgid
