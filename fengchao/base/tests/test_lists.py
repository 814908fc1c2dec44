"""Pages of a list together are the list: nothing twice, nothing left out, whatever the order."""

import pytest
from django.db.models import Q
from django.http import QueryDict

from fengchao.base.actor import system_actor
from fengchao.base.audit import Deed, write
from fengchao.base.errors import Refused
from fengchao.base.ids import uuid7
from fengchao.base.lists import Filter, Listing, Order
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting

PLACE = Order("place", "place", ("grid", "id"))
NEWEST = Order("newest", "newest", ("-at", "-id"))
ACTOR = Order("actor", "actor", ("actor", "id"), nulls_first=True)
ACTION = Filter("action", "action", lambda rows, value: rows.filter(action=value), [("seen", "seen"), ("did", "did")])
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def entries():
    with acting(system_actor()) as actor:
        for number in range(7):
            write([Deed("seen" if number % 2 else "did", str(number), grid=number % 3)], by=actor)
        yield


def pages(address: str, **options):
    """All pages from an address on, followed as a person follows "next"."""
    while True:
        listing = Listing(QueryDict(address), orders=(PLACE, NEWEST, ACTOR), filters=(ACTION,), **options)
        page = listing.page(AuditEntry.objects.all())
        yield page
        if not page.next_href:
            return
        address = page.next_href.removeprefix("?")


@pytest.mark.parametrize("order", ["place", "newest", "actor"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_the_pages_of_every_order_are_the_whole_list(order, size):
    listing = Listing(QueryDict(f"order={order}"), orders=(PLACE, NEWEST, ACTOR))
    whole = list(listing.ordered(AuditEntry.objects.all()))
    assert [row for page in pages(f"order={order}", size=size) for row in page.rows] == whole
    assert len(whole) == 7


def test_rows_without_the_first_value_come_first(entries):
    from dataclasses import replace

    with acting(replace(system_actor(), id=uuid7())) as somebody:
        write([Deed("did", "known")], by=somebody)
    found = [row.actor for page in pages("order=actor", size=3) for row in page.rows]
    assert found == [None] * 7 + [somebody.id]


def test_a_filter_goes_on_over_pages():
    found = [row.action for page in pages("action=seen", size=2) for row in page.rows]
    assert found == ["seen"] * 3


def test_what_makes_no_sense_in_the_address_is_left_out():
    listing = Listing(QueryDict("order=upside_down&action=danced&campaign=7"), orders=(PLACE,), filters=(ACTION,))
    assert (listing.order, listing.values) == (PLACE, {"action": ""})
    assert listing.address(order="place") == "?action=danced&campaign=7&order=place"


@pytest.mark.parametrize("after", ["x", "W10", "WyJhIiwiYiJd", "bnVsbA", "eyJhIjoxfQ", "%00"])
def test_a_position_that_the_list_did_not_write_is_refused(after):
    listing = Listing(QueryDict(f"after={after}"), orders=(PLACE,))
    with pytest.raises(Refused) as refused:
        listing.page(AuditEntry.objects.all())
    assert refused.value.code == "bad_request"


def test_a_page_is_one_query(django_assert_num_queries):
    listing = Listing(QueryDict("order=place"), orders=(PLACE,), size=2)
    with django_assert_num_queries(1):
        listing.page(AuditEntry.objects.all())


@pytest.mark.parametrize("order", ["place", "newest", "actor"])
def test_a_list_merged_from_runs_is_the_same_list(order):
    runs = [Q(action="seen"), Q(action="did")]
    whole = list(Listing(QueryDict(f"order={order}"), orders=(PLACE, NEWEST, ACTOR)).ordered(AuditEntry.objects.all()))
    assert [row for page in pages(f"order={order}", size=3, runs=runs) for row in page.rows] == whole
