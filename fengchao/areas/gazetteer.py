"""The national register as the address engine reads it, compiled once and kept in the home folder."""

import hashlib
import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from fengchao.areas import register
from fengchao.engines.address import Gazetteer, OwnNames, compile_names, names
from fengchao.engines.address import gazetteer as compiler

_SHARED = Path(sys.prefix) / "share" / "fengchao"


def load(home: Path, own: OwnNames | None = None) -> Gazetteer:
    """Ready at once if some earlier call compiled it, else after some seconds."""
    national = _national(home)
    return national.with_own(own) if own else national


@cache
def _national(home: Path) -> Gazetteer:
    return Gazetteer(compiled(home))


def compiled(home: Path) -> bytes:
    for folder in (_SHARED, home / "cache"):
        try:
            return (folder / _file_name()).read_bytes()
        except OSError:
            continue
    made = compile_names(register.read())
    _keep(home / "cache" / _file_name(), made)
    return made


def warm() -> None:
    """Compile beside the installed program, once for every home. Part of `make setup`."""
    if not (_SHARED / _file_name()).exists():
        print("setup: the 665,276 names of the national register, for addresses (some seconds)", flush=True)
        _keep(_SHARED / _file_name(), compile_names(register.read()))


def _file_name() -> str:
    """Changes with the register and with the code that shortens names, so that nothing stale is ever read."""
    sources = (Path(module.__file__ or "").read_bytes() for module in (compiler, names))
    version = hashlib.sha256(register.SHA256.encode() + b"".join(sources)).hexdigest()[:12]
    return f"divisions-{version}.names"


def _keep(path: Path, made: bytes) -> None:
    """Whole or not at all, also when two start together; a folder that cannot be written only costs time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(made)
        os.chmod(file.name, 0o644)  # the program may be installed by one user and run by another
        os.replace(file.name, path)
    except OSError:
        pass


if __name__ == "__main__":
    warm()
