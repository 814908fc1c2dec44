"""Every setting and every command stands in the guide, in both languages."""

import re

import pytest

from fengchao.cli import COMMANDS
from fengchao.exchange.feeds import FEEDS

from .source import PACKAGE, ROOT, python

GUIDE = ROOT / "docs" / "guide"
SETTING = re.compile(r"\bFENGCHAO_[A-Z_]+\b")
INTERNAL = {"FENGCHAO_KEY"}  # a value in Django's settings


def settings() -> set[str]:
    used = (SETTING.findall(f.read_text()) for f in python(tests=False) if f.is_relative_to(PACKAGE))
    return {name for names in used for name in names if "TEST" not in name} - INTERNAL


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_setting_is_in_the_guide(language):
    text = "".join(page.read_text() for page in (GUIDE / language).glob("*.md"))
    assert not {name for name in settings() if name not in text}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_is_in_the_guide(language):
    text = "".join(page.read_text() for page in (GUIDE / language).glob("*.md"))
    assert not {name for name in COMMANDS if f"fengchao {name}" not in text}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_that_leaves_is_in_the_guide(language):
    text = (GUIDE / language / "systems.md").read_text()
    assert not {code for code in FEEDS if f"`{code}`" not in text}
