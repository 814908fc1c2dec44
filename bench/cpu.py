"""Processor time of the server and its database, from /proc: what a figure costs however busy the machine is."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def seconds(root: int) -> float:
    """Of a process and everything below it, while they live."""
    return sum(_own(pid) for pid in family(root))


def family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def postmaster(home: Path) -> int:
    return int((home / "pg" / "postmaster.pid").read_text().splitlines()[0])


def _own(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICK  # its own and that of children it has buried
