"""The register is the one whose checksum stands in the code, whole and with its names."""

from collections import Counter

import pytest

from fengchao.areas import register


@pytest.fixture(scope="module")
def rows() -> list[tuple[int, str, int]]:
    return list(register.read())


def test_the_register_has_every_division_of_the_country(rows):
    assert Counter(level for _, _, level in rows) == {1: 31, 2: 342, 3: 2978, 4: 41352, 5: 620573}


def test_a_code_and_its_level_are_unique(rows):
    assert len({(code, level) for code, _, level in rows}) == len(rows)


def test_every_division_stands_after_its_parent(rows):
    unit = {1: 10**10, 2: 10**8, 3: 10**6, 4: 10**3}
    seen = set()
    for code, _, level in rows:
        seen.add((code, level))
        assert level == 1 or (code // unit[level - 1] * unit[level - 1], level - 1) in seen


def test_the_places_of_the_sources_are_in_it(rows):
    names = {code: name for code, name, _ in rows}
    assert names[350181005004] == "宏侨社区居委会"
    assert names[440308001000] == "梅沙街道"
    assert names[140106005000] == "桥东街道"


def test_a_changed_file_is_refused(tmp_path, monkeypatch):
    changed = tmp_path / "divisions.tsv.xz"
    changed.write_bytes(register.PATH.read_bytes() + b"\0")
    monkeypatch.setattr(register, "PATH", changed)
    with pytest.raises(register.DamagedRegister, match="make it again"):
        next(register.read())
