"""The floor the guide states for office PCs, Chromium 86 and Firefox 78: what is newer stands where they skip it."""

import re
from pathlib import Path

import pytest

BUILT = Path(__file__).resolve().parents[2] / "fengchao/web/static/built"
# What does not stand outside: a value, a property, a rule. Beside it the first Chromium and Firefox that know it.
NEWER = {
    r"color-mix\(": (111, 113), r"@layer": (99, 97), r"@container": (105, 110), r"\d[sdl]v[hw]\b": (108, 101),
    r"[{;]inset(-inline|-block)?(-start|-end)?:": (87, 66), r"[{;]border-(start|end)-\w+-radius:": (89, 66),
    r"[{;](margin|padding)-(inline|block):": (87, 66), r"@media[^{]*[<>]": (104, 63),
}


def without_supports(css: str) -> str:
    """What is left for a browser that understands nothing new: each @supports block is skipped."""
    kept, at = [], 0
    for found in re.finditer(r"@supports[^{]*\{", css):
        if found.start() < at:
            continue
        kept.append(css[at:found.start()])
        at, depth = found.end(), 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[at], 0)
            at += 1
    return "".join([*kept, css[at:]])


@pytest.mark.parametrize("newer", NEWER)
def test_what_old_browsers_do_not_know_is_not_all_they_get(newer: str) -> None:
    plain = without_supports((BUILT / "console/console.css").read_text(encoding="utf-8"))
    assert len(plain) > 100_000
    found = [plain[max(0, m.start() - 90):m.end() + 40] for m in re.finditer(newer, plain)]
    assert not found, found[:3]
