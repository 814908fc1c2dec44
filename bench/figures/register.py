"""A newer file of the national register held against the home: the whole country, of which one county moved."""

import lzma
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.context import Bench, undone
from bench.figure import Measured, figure

MOVED = ("350122", "350199")  # a county nobody of the bench lives in


@figure("register_compare", unit="s", target=30)
def register_compare(bench: Bench) -> Measured:
    """Read, compared and ready to be looked at, while whoever brought it waits. Floor: the file unpacked into lines."""
    bench.data  # noqa: B018  (the register must be there first)
    from fengchao.areas import actions, register
    from fengchao.base.places import COUNTRY

    old, new = MOVED
    lines = sorted(new + line[len(old):] if line.startswith(old) else line for line in register.text().splitlines())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.xz"
        path.write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode(), preset=1))
        began = time.perf_counter()
        number = len([line.split("\t") for line in lzma.decompress(path.read_bytes()).decode().splitlines()])
        floor = time.perf_counter() - began
        with undone() as by:
            began = time.perf_counter()
            file = actions.load_national(by=by, area=COUNTRY, path=path, name="new.xz", source="性能测量",
                                         as_of=date(2024, 6, 30))
            compared = time.perf_counter() - began
            began = time.perf_counter()
            actions.take_over(by=by, file=file)
            note = f"{number:,} codes; taken over in {time.perf_counter() - began:.1f} s"
    return Measured(compared, floor=floor, note=note)
