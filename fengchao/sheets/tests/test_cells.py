"""What cells say: texts, dates, ids, phones, as people and spreadsheets write them."""

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.cn import ric

from fengchao.sheets.cells import Flaw, Remark, text
from fengchao.sheets.characters import plain, tidy
from fengchao.sheets.dates import EPOCH_1904, read_date
from fengchao.sheets.ids import Document, check_character, read_id
from fengchao.sheets.injection import neutralise, restore
from fengchao.sheets.numerals import arabic
from fengchao.sheets.phones import read_phones
from fengchao.sheets.tests.columns import Phone
from fengchao.sheets.wording import sentence

TODAY = date(2026, 11, 22)


def day(cell: object, **options: object) -> date | Flaw:
    return read_date(cell, earliest=1880, latest=TODAY, **options)


@pytest.mark.parametrize(
    "cell",
    ["1990-01-31", "1990/1/31", "1990.1.31", "1990年1月31日", "19900131", "一九九〇年一月三十一日", "90-1-31",
     "１９９０－０１－３１", " 1990-01-31 ", "1990-01-31 00:00:00", "32904", 32904, 32904.0, 19900131, 19900131.0,
     date(1990, 1, 31), datetime(1990, 1, 31, 8, 30)],
)  # fmt: skip
def test_a_day_written_in_any_style_is_that_day(cell: object) -> None:
    assert day(cell) == date(1990, 1, 31)


def test_a_serial_number_counts_from_the_epoch_of_its_workbook() -> None:
    assert day(32904 - 1462, epoch=EPOCH_1904) == date(1990, 1, 31)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("1990-02-30", "date_impossible"), ("1990年1月", "date_incomplete"), ("1990", "date_incomplete"),
     (1990.1, "date_incomplete"), ("属马", "date_unreadable"), ("2090-01-01", "date_out_of_range")],
)  # fmt: skip
def test_what_is_no_day_is_refused(cell: object, code: str) -> None:
    assert day(cell).code == code


ID = "11010519491231002X"


@pytest.mark.parametrize("cell", [ID, ID.lower(), f"'{ID}", f'="{ID}"', f" {ID[:6]} {ID[6:14]} {ID[14:]} ",
                                  "１１０１０５１９４９１２３１００２Ｘ", f"\t{ID}", f"{ID[:6]}-{ID[6:]}"])
def test_an_id_is_read_however_it_is_written(cell: str) -> None:
    assert read_id(cell, latest=TODAY) == Document("ric", ID, date(1949, 12, 31), "女")


@pytest.mark.parametrize("cell", [3.50181199001011e17, 350181199001011000, "3.50181E+17", "3.50181199001011E+17",
                                  "350181199001012000"])
def test_an_id_rounded_by_a_spreadsheet_is_refused(cell: object) -> None:
    assert read_id(cell, latest=TODAY) == Flaw("id_rounded")


@given(st.integers(100000, 699999), st.dates(date(1900, 1, 1), TODAY), st.integers(1, 999))
def test_no_id_survives_being_a_number(county: int, born: date, serial: int) -> None:
    first17 = f"{county}{born:%Y%m%d}{serial:03}"
    number = first17 + check_character(first17)
    assert number[-1] == ric.calc_check_digit(number)
    if number.isdigit():
        assert isinstance(read_id(float(number), latest=TODAY), Flaw)
        assert isinstance(read_id(f"{float(number):.14E}", latest=TODAY), Flaw)
    assert read_id(number, latest=TODAY).born == born


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place: int, by: int) -> None:
    wrong = ID[:place] + str((int(ID[place]) + by) % 10) + ID[place + 1 :]
    assert not isinstance(read_id(wrong, latest=TODAY), Document | Remark)


def test_an_unknown_county_is_a_remark() -> None:
    number = "35992719900131001"
    found = read_id(number + check_character(number), latest=TODAY, known_counties={"350181"})
    assert isinstance(found, Remark) and found.code == "id_county_unknown"


@pytest.mark.parametrize("cell", ["110105491231002", 110105491231002, 110105491231002.0])
def test_an_old_id_becomes_a_new_one_and_keeps_its_first_form(cell: object) -> None:
    found = read_id(cell, latest=TODAY)
    assert (found.code, found.value.number, found.value.written) == ("id_15_digits", ID, "110105491231002")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("810000199201300013", "gat_residence"), ("E12345678", "passport_cn"), ("EA1234567", "passport_cn"),
     ("H12345678", "hkmo_permit"), ("M1234567801", "hkmo_permit"), ("12345678", "taiwan_permit"),
     ("USA123456789012", "foreign_residence"), ("X1234567", "passport")],
)  # fmt: skip
def test_other_papers_are_people_too(cell: str, kind: str) -> None:
    if kind == "gat_residence":
        cell = cell[:17] + check_character(cell[:17])
    found = read_id(cell, latest=TODAY)
    assert (found.value if isinstance(found, Remark) else found).kind == kind


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [("13800000000", ["13800000000"]), (13800000000.0, ["13800000000"]), ("138 0000 0000", ["13800000000"]),
     ("138-0000-0000", ["13800000000"]), ("+86 13800000000", ["13800000000"]), ("008613800000000", ["13800000000"]),
     ("１３８００００００００", ["13800000000"]), ("0591-87654321转801", ["059187654321"]),
     ("13800000000/13900000000", ["13800000000", "13900000000"]), ("0591-8765432、13800000000",
     ["05918765432", "13800000000"]), ("13800000000\n13900000000", ["13800000000", "13900000000"]),
     ("儿子：13800000000（微信）", ["13800000000"]), ("+852 9123 4567", ["+85291234567"])],
)  # fmt: skip
def test_phones_are_found_in_what_people_write(cell: object, numbers: list[str]) -> None:
    assert read_phones(cell) == numbers


@pytest.mark.parametrize(("cell", "kept", "told"), [
    ("0591-8765432、13800000000", "13800000000", {"count": 2, "kept": 2, "left": 1}),
    ("13800000000/13900000000/0591-8765432", "13800000000", {"count": 3, "kept": 1, "left": 2}),
    ("0591-8765432 或 0591-8765433", "05918765432", {"count": 2, "kept": 1, "left": 1}),
])  # fmt: skip
def test_of_several_phones_one_is_kept_and_the_remark_says_which(cell: str, kept: str, told: dict[str, int]) -> None:
    found = Phone().clean(cell)
    assert (found.value, found.params) == (kept, told)
    assert f"登记第 {told['kept']} 个" in sentence(found.code, found.params)


@pytest.mark.parametrize("cell", ["1.38E+10", "1380000000", "12345", "没有", 1.5])
def test_what_is_no_phone_is_refused(cell: object) -> None:
    assert isinstance(read_phones(cell), Flaw) or read_phones(cell) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [("三号楼二单元五〇二", "3号楼2单元502"), ("十二栋", "12栋"), ("一百一十号", "110号"), ("廿一楼", "21楼")],
)
def test_chinese_numerals_become_digits(written: str, read: str) -> None:
    assert arabic(written) == read


def test_labels_are_compared_without_width_form_and_spaces() -> None:
    assert plain(" 身 份　證 號 ") == "身份证号"
    assert plain("ＱＱ号") == "qq号"


def test_a_name_keeps_its_traditional_characters() -> None:
    assert text(" 張\u200b　三 ") == "張 三"


@given(st.text())
def test_tidying_twice_changes_nothing_more(written: str) -> None:
    assert tidy(tidy(written)) == tidy(written)


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n ＝＋－＠　ab"), max_size=12))
@example("'=1+1")
@example("''@x")
def test_a_neutralised_text_comes_back_and_cannot_run(written: str) -> None:
    safe = neutralise(written)
    assert restore(safe) == written
    assert safe[:1] not in tuple("=+-@\t\r\n＝＋－＠")


@given(st.one_of(st.text(), st.floats(), st.integers(), st.dates(), st.booleans(), st.none()))
def test_no_cell_makes_the_readers_stumble(cell: object) -> None:
    assert isinstance(text(cell), str)
    assert day(cell) is not None
    assert read_id(cell, latest=TODAY) is not None
    assert read_phones(cell) is not None
