"""Decides by content, never by name, what an uploaded file is, and turns away what must not be opened.

Runs inside the guarded process.
"""

import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from fengchao.base.errors import Refused
from fengchao.sheets.limits import MB, Limits

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WEB = (b"<!doctype html", b"<html", b"<table", b"<meta", b"mime-version:")
SMALL = 10 * MB  # below this no ratio matters
LOOK = 4096
BOOKS, OLD_BOOKS = ("Workbook", "WORKBOOK"), ("Book", "BOOK")


class Kind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    EXCEL95 = "excel95"
    ODS = "ods"
    CSV = "csv"


def recognise(path: Path, limits: Limits) -> Kind:
    size = path.stat().st_size
    if size == 0:
        raise Refused("sheet_empty")
    if size > limits.file_bytes:
        raise Refused("sheet_too_large", limit=limits.file_bytes // MB)
    with path.open("rb") as file:
        start = file.read(LOOK)
    if start.startswith(ZIP):
        return _package(path, limits)
    if start.startswith(OLE):
        return _compound(path)
    return _text(start)


def _package(path: Path, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            _weigh(parts, limits)
            names = {part.filename.lower() for part in parts}
            if any(part.flag_bits & 1 for part in parts) or _encrypted_ods(package, names):
                raise Refused("sheet_password")
            if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
                raise Refused("sheet_macros")
            _no_entities(package, parts)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error):
        raise Refused("sheet_damaged") from None
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "content.xml" in names:
        return Kind.ODS
    raise Refused("sheet_unknown")


def _weigh(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    unzipped = sum(part.file_size for part in parts)
    zipped = sum(part.compress_size for part in parts) or 1
    if len(parts) > limits.parts or unzipped > limits.unzipped_bytes:
        raise Refused("sheet_bomb")
    if unzipped > SMALL and unzipped / zipped > limits.ratio:
        raise Refused("sheet_bomb")


def _encrypted_ods(package: zipfile.ZipFile, names: set[str]) -> bool:
    if "meta-inf/manifest.xml" not in names:
        return False
    with package.open("META-INF/manifest.xml") as manifest:
        return b"encryption-data" in manifest.read(MB)


def _no_entities(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with package.open(part) as opened:
                start = opened.read(LOOK).upper()
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise Refused("sheet_entities")


def _compound(path: Path) -> Kind:
    """An OLE file names its streams in UTF-16: looking for those needs no walk along its sector chains."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("sheet_password")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise Refused("sheet_macros")
    for kind, streams in ((Kind.XLS, BOOKS), (Kind.EXCEL95, OLD_BOOKS)):  # who kept both: the newer one
        if any(name.encode("utf-16-le") + b"\0\0" in content for name in streams):
            return kind
    raise Refused("sheet_unknown")


def _text(start: bytes) -> Kind:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(WEB) or b"urn:schemas-microsoft-com:office" in head:
        raise Refused("sheet_web_page")
    if head.startswith((b"<?xml", b"%pdf", b"{\\rtf")):
        raise Refused("sheet_unknown")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Kind.CSV
    if any(byte < 9 or 13 < byte < 32 for byte in start.replace(b"\x1a", b"")):
        raise Refused("sheet_unknown")
    return Kind.CSV
