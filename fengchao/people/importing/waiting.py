"""Uploaded files between the upload and the end of their run: in the home folder, readable by the platform alone."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from fengchao.base.errors import Refused
from fengchao.sheets.limits import LIMITS, MB


def path_of(run: UUID) -> Path:
    return settings.HOME / "uploads" / str(run)


def keep(run: UUID, chunks: Iterable[bytes]) -> Path:
    path = path_of(run)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    size = 0
    path.touch(mode=0o600)
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > LIMITS.file_bytes:
                path.unlink()
                raise Refused("sheet_too_large", limit=LIMITS.file_bytes // MB)
            file.write(chunk)
    return path


def there(run: UUID) -> Path:
    """Raises Refused "import_gone" when the file has been deleted."""
    path = path_of(run)
    if not path.exists():
        raise Refused("import_gone")
    return path


def forget(run: UUID) -> None:
    path_of(run).unlink(missing_ok=True)
