import pytest

from fengchao.engines.address import parse
from fengchao.engines.address.tests.places import HERE, small_country


def examples() -> list[tuple[str, str]]:
    lines = (HERE / "examples.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" -> ")) for line in lines if " -> " in line and not line.startswith("#")]


@pytest.mark.parametrize(("written", "expected"), examples(), ids=[written for written, _ in examples()])
def test_an_address_is_taken_apart(written, expected):
    address = parse(written, small_country())
    said = " ".join(f"{part}={text.replace(' ', '_')}" for part, text in address.parts.items())
    assert (f"{said} code={address.code}" if address.code else said) == expected
