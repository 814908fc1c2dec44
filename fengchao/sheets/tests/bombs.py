"""Small files that would cost a reader gigabytes, minutes or its life."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
RELATIONS = f"""<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/%s" Target="%s"/></Relationships>"""
BOOK = f"""<?xml version="1.0"?><workbook {NAMESPACE} xmlns:r="{OFFICE}">
<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"""
CELL = '<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>'
HEAD = '<row r="1">' + CELL % ("A", "姓名") + CELL % ("B", "电话") + "</row>"


def xlsx(path: Path, sheet: bytes | Callable[[io.BufferedIOBase], None], **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS % ("officeDocument", "xl/workbook.xml"))
        package.writestr("xl/workbook.xml", BOOK)
        package.writestr("xl/_rels/workbook.xml.rels", RELATIONS % ("worksheet", "worksheets/sheet1.xml"))
        for name, content in parts.items():
            package.writestr(name, content)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            if callable(sheet):
                sheet(part)
            else:
                part.write(sheet)
    return path


def page(rows: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>'.encode()


def last_cell(path: Path) -> Path:
    """A1 and XFD1048576: 17 thousand million cells between them."""
    return xlsx(path, page(HEAD + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'))


def endless_rows(path: Path, count: int = 2_000_000) -> Path:
    def write(part: io.BufferedIOBase) -> None:
        part.write(page(HEAD).removesuffix(b"</sheetData></worksheet>"))
        for start in range(2, count + 2, 10_000):
            rows = (f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(start, start + 10_000))
            part.write("".join(rows).encode())
        part.write(b"</sheetData></worksheet>")

    return xlsx(path, write)


def zip_bomb(path: Path, megabytes: int = 300) -> Path:
    def write(part: io.BufferedIOBase) -> None:
        part.write(page(HEAD).removesuffix(b"</sheetData></worksheet>"))
        for _ in range(megabytes):
            part.write(b" " * 1024 * 1024)
        part.write(b"</sheetData></worksheet>")

    return xlsx(path, write)


def lying_zip_bomb(path: Path, megabytes: int = 300) -> Path:
    """The directory claims that the sheet unpacks to a thousand bytes."""
    zip_bomb(path, megabytes)
    content = bytearray(path.read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    assert b"sheet1.xml" in content[entry : entry + 120]
    size_at = entry + 24
    content[size_at : size_at + 4] = struct.pack("<I", 1000)
    path.write_bytes(content)
    return path


def billion_laughs(path: Path) -> Path:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return xlsx(path, page(text, f'<!DOCTYPE w [<!ENTITY l0 "lol">{levels}]>'))


def outside_entity(path: Path) -> Path:
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return xlsx(path, page(text, '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))


def macros(path: Path) -> Path:
    return xlsx(path, page(HEAD), **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(64)})


def compound(path: Path, stream: str, next_sector: int | None = None) -> Path:
    """An OLE file with one stream. `next_sector` closes the chain of sectors into a ring."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    table = [0xFFFFFFFD, 0xFFFFFFFE] + [3 if next_sector is None else next_sector] + [0xFFFFFFFE] * 125
    sectors = struct.pack("<128I", *table) + _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    sectors += _entry(stream, 2, 0xFFFFFFFF, 2, 0x7FFFFFFF) + bytes(256)
    path.write_bytes(bytes(head) + sectors + bytes(512 * 8))
    return path


def excel95(path: Path, rows: list[list[str | float]], code_page: int = 936) -> Path:
    """A workbook as Excel 95 in Chinese wrote it: strings in the code page, their length counted in bytes."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def text(words: str) -> bytes:
        return words.encode("gbk")

    def head(offset: int) -> bytes:
        name = text("花名册")
        font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0) + b"\5Arial"
        style = struct.pack("<8H", 0, 0, 0xFFF5, 0x20, 0x20C0, 0, 0, 0)
        parts = [
            (0x809, struct.pack("<4H", 0x500, 5, 0, 0)), (0x42, struct.pack("<H", code_page)), (0x22, bytes(2)),
            (0x31, font), (0xE0, style), (0x85, struct.pack("<IHB", offset, 0, len(name)) + name), (0xA, b""),
        ]  # fmt: skip
        return b"".join(record(kind, data) for kind, data in parts)

    body = record(0x809, struct.pack("<4H", 0x500, 0x10, 0, 0))
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            where = struct.pack("<3H", row, place, 0)
            if isinstance(cell, str):
                body += record(0x204, where + struct.pack("<H", len(text(cell))) + text(cell))
            else:
                body += record(0x203, where + struct.pack("<d", cell))
    book = head(len(head(0))) + body + record(0xA, b"")
    return _file(path, "Book", book.ljust(max(4096, -(-len(book) // 512) * 512), b"\0"))


def _file(path: Path, stream: str, content: bytes) -> Path:
    """An OLE file with one sound stream of whole sectors."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    sectors = len(content) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(stream, 2, 0xFFFFFFFF, 2, len(content)) + bytes(256)
    path.write_bytes(bytes(head) + struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table))) + folder + content)
    return path


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    entry = bytearray(128)
    written = name.encode("utf-16-le") + b"\0\0"
    entry[: len(written)] = written
    struct.pack_into("<HBB", entry, 64, len(written), kind, 1)
    struct.pack_into("<III", entry, 68, 0xFFFFFFFF, 0xFFFFFFFF, child)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)
