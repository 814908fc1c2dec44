import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("address-home")


def address(home, written: bytes, *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "fengchao", "address", "--home", str(home), *options]
    return subprocess.run(command, input=written, capture_output=True, timeout=120)


def answers(done: subprocess.CompletedProcess) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_address_a_line_gives_one_json_a_line(home):
    done = address(home, "福清市宏路街道宏侨社区三号楼二单元五〇二\n\n3-2-502".encode())
    assert done.returncode == 0
    assert answers(done) == [
        {
            "text": "福清市宏路街道宏侨社区三号楼二单元五〇二",
            "parts": {
                "county": "福清市",
                "street": "宏路街道",
                "community": "宏侨社区",
                "building": "三号楼",
                "entrance": "二单元",
                "room": "五〇二",
            },
        },
        {"text": "", "parts": {}},
        {"text": "3-2-502", "parts": {"building": "3", "entrance": "2", "room": "502"}},
    ]


def test_a_community_is_the_default_context(home):
    done = address(home, "宏侨社区3号楼502".encode(), "--community", "350181005000", "--codes")
    assert answers(done)[0]["code"] == 350181005004
    assert answers(done)[0]["door"] == {"building": "3", "entrance": None, "floor": 5, "room": "502"}


def test_a_file_that_is_not_utf8_is_refused_with_the_line_and_a_way_out(home):
    done = address(home, "3号楼\n".encode() + "福清市".encode("gb18030"))
    assert done.returncode == 2
    assert "line 2 is not UTF-8" in done.stderr.decode()
    assert "iconv -f GB18030" in done.stderr.decode()


def test_a_line_of_megabytes_is_answered_and_the_next_one_too(home):
    done = address(home, "3号楼".encode() * 500_000 + "\n5栋\n".encode())
    first, second = answers(done)
    assert len(first["text"]) <= 500
    assert second["parts"] == {"building": "5栋"}


def test_several_processes_answer_in_the_order_of_the_lines(home, tmp_path):
    file = tmp_path / "addresses.txt"
    file.write_text("".join(f"文一西路{number}号\n" for number in range(1, 12001)), encoding="utf-8")
    done = address(home, b"", str(file), "--processes", "2")
    assert [answer["parts"]["number"] for answer in answers(done)] == [f"{number}号" for number in range(1, 12001)]


def test_a_code_that_is_none_is_refused(home):
    assert address(home, b"", "--community", "12").returncode == 2


def test_a_file_that_is_not_there_is_named(home):
    done = address(home, b"", "nowhere.txt")
    assert (done.returncode, b"nowhere.txt" in done.stderr) == (2, True)
