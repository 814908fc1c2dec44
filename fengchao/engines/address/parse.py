"""A written address -> its parts."""

from collections.abc import Iterable

from .divisions import read_head
from .gazetteer import Gazetteer, province_of
from .grammar import read_tail
from .model import Address
from .text import fold

LIMIT = 500  # characters: no address is longer, and what is beyond is not read


def parse(text: str, gazetteer: Gazetteer, context: int | None = None) -> Address:
    """`context` is the code of the division that the text takes for granted, if any."""
    folded = fold(text[:LIMIT])
    head, codes, end = read_head(folded, gazetteer, context)
    province = province_of(codes[0]) if codes else None
    spans = head + read_tail(folded, end, gazetteer, {span[0] for span in head}, province)
    code = codes[0] if len(codes) == 1 and head else None
    return Address(text, tuple(spans), code)


def parse_many(texts: Iterable[str], gazetteer: Gazetteer, context: int | None = None) -> list[Address]:
    return [parse(text, gazetteer, context) for text in texts]
