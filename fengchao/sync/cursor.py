"""How far a phone has read, as a text that only we understand.

A round of pulls reads everything that changed since `since`, page by page; `until` is `fc_tx_safe()` as it was when the
round began, and becomes the `since` of the next round. `at` is the grid where the next page begins, 0 when the round is
complete. `basis` names what the reading rests on (the database's epoch, the running campaigns): when that changes, the
rows the phone holds are no longer the right ones and it reads everything anew. `reach` is what it held; where that has
grown, the round reads the places that came (`whole`) from the beginning and the others by what changed.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Self

import orjson

LONGEST = 6_000


@dataclass(frozen=True, slots=True)
class Cursor:
    basis: str
    since: int
    until: int
    at: int = 0
    reach: str = ""
    whole: str = ""

    def __str__(self) -> str:
        packed = orjson.dumps([self.basis, self.since, self.until, self.at, self.reach, self.whole])
        return urlsafe_b64encode(packed).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for anything that is not a cursor of ours: the phone then reads everything anew."""
        if not text or len(text) > LONGEST or not text.isascii():
            return None
        try:
            values = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (NotBase64, orjson.JSONDecodeError):
            return None
        if not isinstance(values, list) or [type(v) for v in values] != [str, int, int, int, str, str]:
            return None
        return cls(*values) if all(0 <= v < 2**63 for v in values[1:4]) else None
