"""What a file of the register may look like, what is refused of it, and how long the whole country takes."""

import lzma
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from fengchao.areas import register
from fengchao.areas.actions import load_national, load_register, take_over
from fengchao.areas.models import Division
from fengchao.areas.national.reading import LIMITS
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.sheets import uploads

from .national import csv, packed, renumbered, tsv

ROWS = {"35": "福建省", "3501": "福州市", "350181": "福清市", "350181005": "宏路街道", "350181005004": "宏侨社区居委会",
        "44": "广东省", "4419": "东莞市", "441900": "东莞市", "441900003": "东城街道"}


def read(path: Path) -> list[tuple[int, int, str]]:
    return [tuple(line) for chunk in uploads.read("fengchao.areas.national.reading:lines", path, limits=LIMITS)
            for line in chunk]


def refused(path: Path) -> tuple[str, dict]:
    with pytest.raises(Refused) as why:
        read(path)
    return why.value.code, why.value.params


@pytest.fixture
def whole(tmp_path) -> list[tuple[int, int, str]]:
    return read(packed(tmp_path / "a.xz", ROWS))


def book(path: Path, lines: list[tuple]) -> Path:
    with Workbook(path) as made:
        sheet = made.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return path


def test_the_packed_form_csv_and_workbooks_say_the_same(whole, tmp_path):
    assert whole[4] == (5, 350181005004, "宏侨社区居委会") and len(whole) == len(ROWS)
    titled = [("统计用区划代码", "上级", "名称"), *((code, code[:2], name) for code, name in ROWS.items())]
    assert read(csv(tmp_path / "a.csv", titled)) == whole
    assert read(csv(tmp_path / "b.csv", ROWS.items())) == whole
    assert read(book(tmp_path / "a.xlsx", [("全国区划",), *titled])) == whole
    numbers = [("代码", "名称"), *((int(code), name) for code, name in ROWS.items())]
    assert read(book(tmp_path / "b.xlsx", numbers)) == whole, "numbers that Excel made of codes"
    path = tmp_path / "gb.csv"
    path.write_bytes(tsv(ROWS).decode().encode("gb18030"))
    assert read(path) == whole


def test_codes_padded_to_twelve_digits_find_their_level_and_a_city_without_counties_has_one(whole, tmp_path):
    padded = [(code.ljust(12, "0"), name) for code, name in ROWS.items() if code != "441900"]
    assert sorted(read(csv(tmp_path / "a.csv", padded))) == sorted(whole)


@pytest.mark.parametrize("line", [
    ("3501810050", "少一位的社区"), ("35018100500x", "不是数字"), ("350181005005", ""), ("350181005005", "123"),
    ("350181005005", "=HYPERLINK(1)"), ("=1+1", "公式"), ("", "没有代码"), ("350181005005",),
    ("3.50181005005E+11", "被表格改坏"), ("350181005005", "名" * 81),
])
def test_a_line_that_is_not_a_code_with_a_name_refuses_the_whole_file_and_is_named(line, tmp_path):
    code, params = refused(csv(tmp_path / "a.csv", [*ROWS.items(), line]))
    assert (code, params) == ("national_line", {"row": len(ROWS) + 1})


def test_a_formula_in_a_workbook_is_never_taken_for_a_name(tmp_path):
    path = tmp_path / "a.xlsx"
    with Workbook(path) as made:
        sheet = made.add_worksheet()
        for number, line in enumerate([("代码", "名称"), *ROWS.items()]):
            sheet.write_row(number, 0, line)
        sheet.write(len(ROWS) + 1, 0, "350181005005")
        sheet.write_formula(len(ROWS) + 1, 1, '=CMD|"/c calc"!A1')
    assert refused(path)[0] == "national_line"


def test_other_columns_are_asked_for_by_name(tmp_path):
    assert refused(csv(tmp_path / "a.csv", [("姓名", "电话"), ("某人", "1")]))[0] == "national_columns"
    only = [("代码", "备注"), ("35", "福建省")]
    assert refused(csv(tmp_path / "b.csv", only))[0] == "national_columns"


def test_a_bomb_a_truncated_and_a_foreign_file_end_with_a_sentence(tmp_path):
    bomb = tmp_path / "bomb.xz"
    bomb.write_bytes(lzma.compress(b"0" * 400_000_000, preset=0))
    assert refused(bomb)[0] == "sheet_bomb"
    cut = packed(tmp_path / "cut.xz", {str(n): "名" for n in range(10, 99)})
    cut.write_bytes(cut.read_bytes()[:-30])
    assert refused(cut)[0] == "sheet_damaged"
    cut.write_bytes(b"\xfd7zXZ\x00" + b"rubbish" * 100)
    assert refused(cut)[0] == "sheet_damaged"
    greedy = tmp_path / "greedy.xz"
    greedy.write_bytes(lzma.compress(b"35\tx\n", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]))
    assert refused(greedy)[0] == "sheet_damaged"
    book(tmp_path / "whole.xlsx", list(ROWS.items()))
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes((tmp_path / "whole.xlsx").read_bytes()[:-200])
    assert refused(cut)[0] == "sheet_damaged"
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert refused(empty)[0] == "sheet_empty"


@pytest.mark.django_db
def test_a_province_is_compared_and_taken_over(tmp_path):
    """A county with everything below renumbered, a community closed, one new, one renamed. The whole country: see
    `fengchao bench register_compare`."""
    lines = (line.split("\t") for line in register.text().splitlines() if line.startswith("35"))
    rows = renumbered(dict(lines), "350181", "350199")
    del rows[next(code for code in rows if len(code) == 12 and code.startswith("350203"))]
    rows |= {"350203001099": "新设社区居委会", "350206001001": "改了名的社区居委会"}
    path = packed(tmp_path / "new.xz", rows)
    below = sum(code.startswith("350199") for code in rows)
    said = {"area": Area.of(35), "path": path, "name": "new.xz", "source": "试验", "as_of": date(2024, 6, 30)}
    with acting(system_actor()) as by:
        load_register(by=by)
        file = load_national(by=by, **said)
        assert {key: file.counts[key] for key in ("came", "renamed", "renumbered", "ended", "touched")} == {
            "came": below + 1, "renamed": 1, "renumbered": below, "ended": 1, "touched": 0}
        take_over(by=by, file=file)
        assert Division.objects.filter(code=350199005004, level=5, until=None).exists()
        assert Division.objects.get(code=350181005004, level=5).merged_into == 350199005004
        assert load_national(by=by, **said) == file
