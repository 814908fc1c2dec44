"""Scenario packs: what an emergency needs to be told, as data in folders beside this file."""

from .model import Element, KindRules, Outcome, Pack, Tag, Words
from .reader import PackError, base_pack, form_workbooks, kinds, load, names, parse, tags

__all__ = ["Element", "KindRules", "Outcome", "Pack", "PackError", "Tag", "Words", "base_pack", "form_workbooks",
           "kinds", "load", "names", "parse", "tags"]
