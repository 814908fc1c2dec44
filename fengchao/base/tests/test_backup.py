"""What a file that calls itself a backup may hold, before anything of it is believed."""

import io
import tarfile

import pytest

from fengchao.base.backup import DUMP, MANIFEST, _dump, _manifest
from fengchao.base.errors import Refused


def archive(path, entries):
    with tarfile.open(path, "w") as made:
        for entry, content in entries:
            entry.size = len(content)
            made.addfile(entry, io.BytesIO(content))
    return path


def entry(name, mode=0o644):
    made = tarfile.TarInfo(name)
    made.mode = mode
    return made


def link(name, to):
    made = entry(name)
    made.type, made.linkname = tarfile.SYMTYPE, to
    return made


def test_the_dump_is_taken_out_whatever_the_archive_says_of_its_owner_and_mode(tmp_path):
    file = archive(tmp_path / "x", [(entry(MANIFEST), b"{}"), (entry(DUMP, mode=0o4777), b"PGDMP")])
    taken = _dump(file, tmp_path)
    assert taken.read_bytes() == b"PGDMP" and not taken.stat().st_mode & 0o7111


def test_one_that_was_cut_short_is_refused_in_words(tmp_path):
    file = archive(tmp_path / "x", [(entry(MANIFEST), b"{}"), (entry(DUMP), b"x" * 100_000)])
    with file.open("r+b") as half:
        half.truncate(50_000)
    with pytest.raises(Refused, match="backup_damaged"):
        _dump(file, tmp_path)


@pytest.mark.parametrize("entries", [
    [],
    [(link(MANIFEST, "/etc/passwd"), b""), (link(DUMP, "/etc/passwd"), b"")],
    [(entry(MANIFEST + "x"), b"{}"), (entry("../" + DUMP), b"x")],
], ids=["nothing", "links", "elsewhere"])
def test_one_without_its_two_parts_is_refused_in_words(tmp_path, entries):
    file = archive(tmp_path / "x", entries)
    for part in (lambda: _manifest(file), lambda: _dump(file, tmp_path)):
        with pytest.raises(Refused, match="backup_damaged"):
            part()
