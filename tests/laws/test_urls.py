"""Every address stands in the permission table, and answers each of the cast as the table says."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from fengchao import testing
from fengchao.accounts.emergency.showing import PAGES
from fengchao.testing import GRID, HONGQIAO, browser

from .permission_table import COLUMNS, GUARDED_ELSEWHERE, TABLE

ROWS = [line.split() for line in TABLE.splitlines() if line and not line.startswith("#")]


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name}"


def test_every_address_stands_in_the_table():
    known = {row[0] for row in ROWS}
    missing = {n for n in names(get_resolver()) if n not in known and not n.startswith(GUARDED_ELSEWHERE)}
    assert not missing, "say in permission_table.py who may open it"


def test_the_table_has_no_address_that_is_gone():
    assert {row[0] for row in ROWS} <= set(names(get_resolver()))


def test_whoever_reviews_an_emergency_access_reads_every_page_in_words():
    pages = {name for name, method, *_ in ROWS if method == "GET"}
    assert not pages - PAGES.keys(), "say in accounts/emergency/showing.py what is looked at there"
    assert PAGES.keys() <= {row[0] for row in ROWS}


@pytest.fixture
def clients(world) -> dict[str, Client]:
    signed_in = {name: browser(getattr(testing, name.upper())) for name in COLUMNS[1:]}
    for client in [nobody := Client(), *signed_in.values()]:
        client.raise_request_exception = False
    return {"nobody": nobody} | signed_in


def status(client: Client, method: str, path: str, form: str = "") -> str:
    with transaction.atomic():  # what one did does not change what the next one finds
        response = client.generic(method, path, form, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return str(response.status_code)


def test_every_address_answers_each_of_the_cast_as_the_table_says(clients, world):
    places = {"community": HONGQIAO, "grid": GRID} | {name: row.id for name, row in vars(world).items()}
    places |= {"door": world.task.dwelling_id, "frank": testing.FRANK.id}
    wrong = []
    for name, method, path, *expected in ROWS:
        found = [status(client, method, path.format(**places)) for client in clients.values()]
        wrong += [f"{name} {method} {path}: {who} got {is_}, the table says {should}"
                  for who, is_, should in zip(COLUMNS, found, expected, strict=True) if is_ != should]
    assert not wrong, "\n".join(wrong)
