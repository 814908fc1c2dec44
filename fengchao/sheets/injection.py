"""Formula injection: a text that a spreadsheet might run gets an apostrophe, and loses it on the way back.

Both directions are exact: `restore(neutralise(text)) == text` for every text, so an export imports unchanged.
"""

import re

_STARTS = r"[ \u3000]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_RISKY = re.compile(f"'*{_STARTS}")
_NEUTRAL = re.compile(f"'+{_STARTS}")


def neutralise(text: str) -> str:
    return "'" + text if _RISKY.match(text) else text


def restore(text: str) -> str:
    return text[1:] if text[:1] == "'" and _NEUTRAL.match(text) else text
