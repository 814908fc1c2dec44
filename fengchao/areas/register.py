"""The national register of divisions: 665,276 codes, kept as one file (see data/README.md)."""

import hashlib
import lzma
from collections.abc import Iterator
from pathlib import Path

PATH = Path(__file__).with_name("data") / "divisions.tsv.xz"
SHA256 = "fc692723887ca956861956f3c24579b2984f4d5fcf3ebdcec91e8a7163168b24"
LEVEL_OF_LENGTH = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}  # province, city, county, street, community


class DamagedRegister(Exception):
    """The file is not the one whose checksum stands here."""


def text() -> str:
    packed = PATH.read_bytes()
    if hashlib.sha256(packed).hexdigest() != SHA256:
        raise DamagedRegister(f"{PATH} has been changed: restore it, or make it again with data/make.py")
    return lzma.decompress(packed).decode()


def read() -> Iterator[tuple[int, str, int]]:
    """Every division as (code padded to 12 digits, name, level 1-5), parents before children.

    A padded code alone is not unique: a city without counties (东莞 4419) has one county of the same name
    (441900), and both pad to 441900000000. The pair (code, level) is.
    """
    for line in text().splitlines():
        code, name = line.split("\t")
        yield int(code.ljust(12, "0")), name, LEVEL_OF_LENGTH[len(code)]
