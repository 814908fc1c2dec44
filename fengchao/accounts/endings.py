"""What ends with somebody's sign-ins, or with a duty, besides sessions and phones: nouns above say it at start.

Each is called with the users concerned, in the transaction of the deed that ends them and by whoever does it; it
returns how much it has ended.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from fengchao.base.actor import Actor

Ending = Callable[[Actor, Collection[UUID]], int]

with_sign_ins: list[Ending] = []
with_duty: list[Ending] = []
