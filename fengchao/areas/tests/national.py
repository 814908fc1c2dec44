"""Files of a register, as somebody would make one: that of the home with some lines changed."""

import lzma
from collections.abc import Iterable
from pathlib import Path

from fengchao.areas.models import Division
from fengchao.areas.national.drafting import written

Rows = dict[str, str]  # code as long as its level -> name


def of_home() -> Rows:
    """What a file would say that says nothing new."""
    rows = Division.objects.filter(local=False, until=None).values_list("level", "code", "name")
    return {str(written(level, code)): name for level, code, name in rows}


def renumbered(rows: Rows, old: str, new: str) -> Rows:
    """A place with everything below it."""
    return {new + code[len(old):] if code.startswith(old) and (len(code) > len(old) or code == old) else code: name
            for code, name in rows.items()}


def tsv(rows: Rows) -> bytes:
    return "".join(f"{code}\t{name}\n" for code, name in sorted(rows.items())).encode()


def packed(path: Path, rows: Rows) -> Path:
    path.write_bytes(lzma.compress(tsv(rows), preset=1))
    return path


def csv(path: Path, lines: Iterable[Iterable[str]]) -> Path:
    path.write_text("".join(",".join(cells) + "\n" for cells in lines), encoding="utf-8")
    return path
