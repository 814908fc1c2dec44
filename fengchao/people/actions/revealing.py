"""A masked number is shown in full only to somebody who says what for; that they looked stays written down."""

from uuid import UUID

from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.crypto import unseal
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.base.scope import acting

from ..models import Person

SHORTEST = 2  # characters of a purpose; what is a good one the person concerned can ask
MASKED = {"ric": "ric_sealed", "phone": "phone_sealed", "hukou": "hukou"}


def reveal(*, by: Actor, person: UUID, what: str, purpose: str) -> str:
    """The whole of a masked column of a person. Raises Refused without a purpose, a duty, or the person in scope."""
    if what not in MASKED:
        raise Refused("bad_request")
    if len(purpose.strip()) < SHORTEST:
        raise Refused("purpose_needed")
    row = Person.objects.filter(id=person).first()
    if row is None:
        raise Refused("not_found")
    by.require(Permission.REVEAL, row.grid)
    with acting(by, purpose=purpose.strip()[:200]):
        write_one("reveal", person, by=by, grid=row.grid, what=what)
    value = getattr(row, MASKED[what])
    return value if isinstance(value, str) else unseal(value)
