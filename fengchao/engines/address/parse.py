"""A written address -> its parts."""

from collections.abc import Iterable
from operator import itemgetter

from .divisions import read_head
from .gazetteer import Gazetteer, province_of
from .grammar import read_tail
from .model import Address
from .text import fold

LIMIT = 500  # characters: no address is longer, and what is beyond is not read

_start = itemgetter(1)


def parse(text: str, gazetteer: Gazetteer, context: int | None = None) -> Address:
    """`context` is the code of the division that the text takes for granted, if any."""
    folded = fold(text[:LIMIT])
    head = read_head(folded, gazetteer, context)
    province = province_of(head.codes[0]) if head.codes else None
    spans = head.spans + read_tail(folded, head.end, gazetteer, {span.part for span in head.spans}, province)
    code = head.codes[0] if len(head.codes) == 1 and head.spans else None
    spans.sort(key=_start)
    return Address(text, tuple(spans), code)


def parse_many(texts: Iterable[str], gazetteer: Gazetteer, context: int | None = None) -> list[Address]:
    return [parse(text, gazetteer, context) for text in texts]
