"""Files in the home folder that only the program's own login may read."""

import os
from contextlib import suppress
from pathlib import Path


def write_secret(path: Path, content: bytes) -> None:
    """Replaces the file in one step, each process by a draft of its own: a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    draft.replace(path)


def load_or_make(path: Path, size: int = 32) -> bytes:
    """The random key in `path`, made once, whoever comes first. Losing the master key loses every sealed value."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        write_secret(draft, os.urandom(size))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()
