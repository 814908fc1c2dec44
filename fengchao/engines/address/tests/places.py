"""A small country for the tests: the divisions that the examples name, and some that they must not be taken for."""

from functools import cache
from pathlib import Path

from fengchao.engines.address import Gazetteer

HERE = Path(__file__).parent


@cache
def small_country() -> Gazetteer:
    lines = (HERE / "places.tsv").read_text(encoding="utf-8").splitlines()
    return Gazetteer.of((int(code), name) for code, name in (line.split("\t") for line in lines))
