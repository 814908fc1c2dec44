"""One request, one transaction, one statement of who acts: the database refuses the rest.

The policies (base.rls) compare every place-bound row with the settings made here. They are local to the
transaction, so a pooled connection cannot carry them to the next request, and with nothing stated they are
empty and no row is visible.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from .actor import Actor
from .errors import Refused
from .places import Area, common, multirange
from .sql import run, together, uuid_array

_actor: ContextVar[Actor | None] = ContextVar("fengchao_actor", default=None)
_purpose: ContextVar[str] = ContextVar("fengchao_purpose", default="")
_looking: ContextVar[Area | None] = ContextVar("fengchao_looking", default=None)

STATE = """SELECT set_config('fengchao.actor', %s, true), set_config('fengchao.lo', %s, true),
 set_config('fengchao.hi', %s, true), set_config('fengchao.scope', %s, true),
 set_config('fengchao.buildings', %s, true), set_config('fengchao.whole', %s, true),
 set_config('fengchao.people', %s, true)"""


def statement(actor: Actor, looking: Area | None = None) -> tuple[str, ...]:
    """The parameters of `STATE`: empty bounds for an actor without duties, who then sees nothing."""
    scope = common(actor.scope, looking.parts) if looking else actor.scope
    lo, hi = (str(scope[0].lo), str(scope[-1].hi)) if scope else ("", "")
    return (
        str(actor.id or ""),
        lo,
        hi,
        multirange(scope) if len(scope) > 1 else "",
        uuid_array(actor.buildings) if actor.buildings else "",
        multirange(actor.whole) if actor.buildings else "",
        "on" if actor.sees_people else "",
    )


@contextmanager
def acting(actor: Actor, *, purpose: str = "") -> Iterator[Actor]:
    """Opens a transaction in which `actor` acts. Inside another one it is a savepoint that speaks for
    `actor` and gives the word back afterwards."""
    outer, looking = _actor.get(), _looking.get()
    tokens = _actor.set(actor), _purpose.set(purpose)
    _looking.set(None)
    try:
        with transaction.atomic():
            with together():  # with the statement that begins the transaction
                state(actor)
            yield actor
            _looking.set(looking)
            if outer is not None:
                state(outer)
    finally:
        _looking.set(looking)
        _purpose.reset(tokens[1])
        _actor.reset(tokens[0])


def state(actor: Actor) -> None:
    run(STATE, statement(actor, _looking.get()))


def look_at(area: Area) -> None:
    """From here on the transaction shows of the actor's scope only what lies in `area`.

    A place of several ranges is read like any other, by its bounds: what lies between them is not shown. What may be
    done there is asked of the actor as ever, range by range.
    """
    _looking.set(area)
    state(current_actor())


@contextmanager
def everywhere() -> Iterator[None]:
    """Inside it the whole scope is shown again: for what a page asks beside the place it looks at."""
    area = _looking.get()
    if area is None:
        yield
        return
    _looking.set(None)
    state(current_actor())
    yield
    look_at(area)


def current_actor() -> Actor:
    """Raises Refused "sign_in" when nobody has said who acts."""
    actor = _actor.get()
    if actor is None:
        raise Refused("sign_in")
    return actor


def current_purpose() -> str:
    return _purpose.get()
