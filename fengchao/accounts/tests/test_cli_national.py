"""The operator of the machine compares a newer file of the register, decides what is not plain, and takes it over."""

import json
import lzma
from pathlib import Path

import pytest

from fengchao.areas.models import Division
from fengchao.areas.tests.national import of_home, packed, renumbered
from fengchao.areas.tests.regridding import lay, where
from fengchao.base import django_start
from fengchao.cli import run
from fengchao.testing import HONGQIAO

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(monkeypatch):
    monkeypatch.setattr(django_start, "start", lambda home: None)  # the database of the test is there already
    return lay()


def ask(capsys, file: Path, *more: str) -> tuple[int, dict]:
    code = run(["admin", "refresh-register", str(file), "--source", "国家统计局", "--as-of", "2024-06-30", "--json",
                *more])
    return code, json.loads(capsys.readouterr().out)


def test_first_it_only_says_what_it_would_do(ground, tmp_path, capsys):
    code, said = ask(capsys, packed(tmp_path / "a.xz", renumbered(of_home(), str(HONGQIAO), "350181005044")))
    assert code == 0 and said["state"] == "waiting" and said["plans"] == []
    assert [(row["code"], row["becomes"], row["reason"]) for row in said["touched"]] == [
        (HONGQIAO, 350181005044, "name")]
    assert not Division.objects.filter(code=350181005044).exists()


def test_what_is_not_plain_must_be_decided_and_plans_can_be_carried_out_at_once(ground, tmp_path, capsys):
    rows = of_home()
    del rows[str(HONGQIAO)]
    file = packed(tmp_path / "a.xz", rows | {"350181005044": "别的社区居委会"})
    code, said = ask(capsys, file, "--take")
    assert code == 1 and said["open"] == 1 and said["state"] == "waiting"
    code, said = ask(capsys, file, "--decide", f"{HONGQIAO}=350181005044", "--take", "--at-once")
    assert code == 0 and [plan["state"] for plan in said["plans"]] == ["done"]
    assert where(ground.one) == 350181005044001


def test_a_damaged_file_ends_with_a_sentence_and_a_code(ground, tmp_path, capsys):
    file = tmp_path / "a.xz"
    file.write_bytes(lzma.compress(b"35\t")[:-8])
    assert run(["admin", "refresh-register", str(file), "--source", "s", "--as-of", "2024-06-30"]) == 1
    assert "不完整" in capsys.readouterr().err
    assert run(["admin", "refresh-register", str(tmp_path / "none"), "--source", "s", "--as-of", "2024-06-30"]) == 2
