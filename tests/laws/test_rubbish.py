"""Rubbish where an id, a number or a word is asked for is refused in words, or means nothing; it is never a fault."""

import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlencode

import pytest
from django.urls import resolve

from fengchao.base.ids import uuid7
from fengchao.testing import CAROL, DAVE, FRANK, GRID, HEIDI, HONGQIAO, browser

from .permission_table import COLUMNS
from .test_urls import ROWS, status

ASKED = re.compile(r"""(?:(?:GET|POST)(?:\.get|\.getlist)?[(\[]|\bFilter\()"(\w+)\"""")
SENSELESS = ("x", "9" * 5000)
NOWHERE = ("9" * 14, str(uuid7()))  # well formed, and nothing of ours
WHO = {"Carol": CAROL, "Dave": DAVE, "Heidi": HEIDI}  # between them they may open every page


@cache
def asked_in(module: str) -> set[str]:
    """What a module reads of an address or a form by its name; fields of Django's forms check themselves."""
    return set(ASKED.findall(inspect.getsource(sys.modules[module])))


def attempts(path: str) -> Iterator[str]:
    """What makes no sense alone, as what is refused first hides the rest; and where a page looks and leads to."""
    names = sorted(asked_in(resolve(path.partition("?")[0]).func.__module__))
    for words in SENSELESS:
        yield from (urlencode({name: words}) for name in names)
        yield urlencode(dict.fromkeys(("area", "campaign", "next"), words))
    if names:
        yield from (urlencode(dict.fromkeys(names, words)) for words in NOWHERE)


def pages(by: str) -> Iterator[tuple[str, str]]:
    """Every address that is asked so, once, and who of the three may."""
    seen = set()
    for _, method, path, *expected in ROWS:
        may = [who for who in WHO if expected[COLUMNS.index(who)] != "403"]
        if method == by and may and path.partition("?")[0] not in seen:
            seen.add(path.partition("?")[0])
            yield path, may[0]


@pytest.fixture
def clients(world):
    found = {name: browser(actor) for name, actor in WHO.items()}
    for client in found.values():
        client.raise_request_exception = False
    return found


@pytest.mark.parametrize("by", ["GET", "POST"])
def test_no_address_answers_rubbish_with_a_fault(clients, world, by):
    places = {"community": HONGQIAO, "grid": GRID, "frank": FRANK.id, "door": world.task.dwelling_id} | {
        name: row.id for name, row in vars(world).items()}
    faults = []
    for path, who in pages(by):
        path = path.format(**places)
        for words in attempts(path):
            asked = f"{path}{'&' if '?' in path else '?'}{words}"
            if status(clients[who], by, asked if by == "GET" else path, words) == "500":
                faults.append(f"{by} {path} {words[:60]}")
    assert not faults, "\n".join(faults)
