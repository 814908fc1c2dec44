"""Lists that stay quick: a page continues where the last one ended, whatever the page's number.

    listing = Listing(request.GET, orders=(Order("place", _("位置"), ("grid", "place", "id")),), filters=(...,))
    page = listing.page(queryset)

Nothing is counted and nothing skipped: a page is one comparison with the last row of the page before, so it costs the
same at row 50 and at row 900,000, given an index that holds the rows in the order asked for. Order, filters and
position all stand in the address, which can therefore be saved, sent and printed.
"""

import base64
import binascii
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.fields import BooleanField
from django.db.models.lookups import GreaterThan, LessThan
from django.http import QueryDict

from .errors import Refused
from .nul import of_json

SIZE = 50


@dataclass(frozen=True, slots=True)
class Order:
    """One way the rows may stand. `fields` are unique together and all run the same way, "-" before each or none.

    `nulls_first`: the first field may be null, and such rows come first (never visited before longest ago).
    """

    code: str
    label: Any
    fields: tuple[str, ...]
    nulls_first: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name.removeprefix("-") for name in self.fields)

    def key(self, row: Any) -> tuple[Any, ...]:
        """Where a row stands; nothing stands before everything."""
        return tuple((value is not None, value) for value in (getattr(row, name) for name in self.names))

    @property
    def descending(self) -> bool:
        return self.fields[0].startswith("-")


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition a person may set: its choices as (value, label), or none for free text or, as `type`, a date.

    `default` is the choice that holds when nothing is asked; without one, nothing asked means no condition.
    """

    code: str
    label: Any
    apply: Callable[[QuerySet, str], QuerySet]
    choices: Collection[tuple[str, Any]] | None = None
    default: str = ""
    type: str = "search"

    def allows(self, value: str) -> bool:
        return self.choices is None or any(str(choice) == value for choice, _ in self.choices)


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    next_href: str = ""   # where the rows after these are, if there are any
    first_href: str = ""  # back to the beginning, if this is not it


@dataclass
class Listing:
    """What a person asked of a list, read from the address. What makes no sense is left out, not an error.

    `runs` part the rows where an index holds each part in order but not the whole: a page is merged from them.
    """

    query: QueryDict
    orders: Sequence[Order]
    filters: Sequence[Filter] = ()
    size: int = SIZE
    runs: Sequence[Q] = (Q(),)
    values: dict[str, str] = field(init=False)
    order: Order = field(init=False)

    def __post_init__(self) -> None:
        asked = self.query.get("order")
        self.order = next((order for order in self.orders if order.code == asked), self.orders[0])
        given = ((f, self.query.get(f.code, "").strip()) for f in self.filters)
        self.values = {f.code: value if value and f.allows(value) else f.default for f, value in given}

    def filtered(self, queryset: QuerySet) -> QuerySet:
        for condition in self.filters:
            if value := self.values[condition.code]:
                queryset = condition.apply(queryset, value)
        return queryset

    def ordered(self, queryset: QuerySet) -> QuerySet:
        """All rows asked for, in order: for exports and paper."""
        first = F(self.order.names[0])
        if self.order.nulls_first:
            return self.filtered(queryset).order_by(first.asc(nulls_first=True), *self.order.fields[1:])
        return self.filtered(queryset).order_by(*self.order.fields)

    def page(self, queryset: QuerySet) -> Page:
        after = _read(self.query.get("after", ""), queryset, self.order)
        wanted, limit = self.filtered(queryset), self.size + 1
        runs = [_rows(wanted.filter(run), self.order, after, limit) for run in self.runs]
        rows = list(islice(merge(*runs, key=self.order.key, reverse=self.order.descending), limit))
        more = len(rows) > self.size
        rows = rows[: self.size]
        return Page(
            rows,
            next_href=self.address(after=_write(rows[-1], self.order)) if more else "",
            first_href=self.address() if after else "",
        )

    def address(self, **changes: str) -> str:
        """The query string of this list with something changed; always from the beginning unless `after` is given."""
        query = self.query.copy()
        query.pop("after", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}" if query else "?"

    @property
    def clear(self) -> str:
        """The same list without any condition."""
        return self.address(**{f.code: "" for f in self.filters})

    @property
    def asked(self) -> bool:
        """Whether anything narrows the list beyond what it shows by itself."""
        return any(self.values[f.code] != f.default for f in self.filters)

    @property
    def rest(self) -> list[tuple[str, str]]:
        """What else stands in the address and must survive a change of filters."""
        mine = {f.code for f in self.filters} | {"after"}
        return [(name, value) for name, values in self.query.lists() if name not in mine for value in values]


class _Together(Func):
    """Several columns compared as one: (a, b) > (x, y), which an index on (a, b) answers directly."""

    template = "(%(expressions)s)"
    output_field = BooleanField()


def _rows(queryset: QuerySet, order: Order, after: list[Any] | None, limit: int) -> list[Any]:
    if not order.nulls_first:
        return list(_beyond(queryset, order.fields, after)[:limit])
    # Rows without the first value stand before all others: two runs of the same index instead of a sort. The first
    # value is named in their order too, though it says nothing there: only so does the planner see the index's order.
    first, rest = order.names[0], order.fields[1:]
    rows: list[Any] = []
    if after is None or after[0] is None:
        empty = queryset.filter(**{f"{first}__isnull": True})
        rows = list(_beyond(empty, rest, after[1:] if after else None).order_by(*order.fields)[:limit])
        after = None
    if len(rows) < limit:
        given = queryset.filter(**{f"{first}__isnull": False})
        rows += _beyond(given, order.fields, after)[: limit - len(rows)]
    return rows


def _beyond(queryset: QuerySet, fields: tuple[str, ...], after: list[Any] | None) -> QuerySet:
    names = [name.removeprefix("-") for name in fields]
    if after is not None:
        columns = _Together(*map(F, names))
        lookup = LessThan if fields[0].startswith("-") else GreaterThan
        values = [Value(value, _field(queryset, name)) for name, value in zip(names, after, strict=True)]
        queryset = queryset.filter(lookup(columns, _Together(*values)))
    return queryset.order_by(*fields)


def _field(queryset: QuerySet, name: str) -> Any:
    """The type of a column, or of what the query computes under this name."""
    computed = queryset.query.annotations.get(name)
    return computed.output_field if computed else queryset.model._meta.get_field(name)


def _write(row: Any, order: Order) -> str:
    text = json.dumps([getattr(row, name) for name in order.names], cls=_Exact)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts microseconds, and a row would come twice."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _read(text: str, queryset: QuerySet, order: Order) -> list[Any] | None:
    """Raises Refused "bad_request" for a position that this list did not write."""
    if not text:
        return None
    try:
        values = json.loads(of_json(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))
        pairs = zip(order.names, values, strict=True)
        return [_field(queryset, name).to_python(value) for name, value in pairs]
    except (binascii.Error, ValueError, TypeError, ValidationError) as error:
        raise Refused("bad_request") from error
