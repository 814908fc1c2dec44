"""Translations: Chinese is written in the code, English stands in each app's locale/en/LC_MESSAGES/django.po.

    python scripts/messages.py update    add new sentences, with an empty translation, and drop those no longer used
    python scripts/messages.py missing   list what is not translated, or in two ways; exit 1 if there is anything
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1] / "fengchao"
KEYWORDS = {
    "_": None, "translate": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Language": "en", "Plural-Forms": "nplurals=2; plural=(n != 1);"}


def apps() -> Iterator[Path]:
    return (folder for folder in sorted(ROOT.iterdir()) if (folder / "__init__.py").exists())


def catalogue(app: Path) -> Path:
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def sentences(app: Path) -> dict[str, list[str]]:
    """Every sentence of an app that a person may read, with the files it stands in."""
    found: dict[str, list[str]] = {}
    for file in sorted([*app.rglob("*.py"), *app.rglob("templates/**/*.html"), *app.rglob("templates/**/*.txt")]):
        if "tests" not in file.parts and "node_modules" not in file.parts:
            for sentence in _of(file):
                found.setdefault(sentence, []).append(file.relative_to(ROOT).as_posix())
    return found


def _of(file: Path) -> Iterator[str]:
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    text = file.read_text()
    if file.suffix != ".py":
        text = templatize(text, origin=str(file))
    for _line, message, _comments, _context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        yield message[0] if isinstance(message, tuple) else message


def update() -> None:
    for app in apps():
        used, file = sentences(app), catalogue(app)
        if not used and not file.exists():
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        book = polib.pofile(str(file)) if file.exists() else polib.POFile()
        book.metadata, book.wrapwidth = HEADER, 1000
        known = {entry.msgid: entry for entry in book}
        if set(known) == set(used):
            continue
        book[:] = [known.get(sentence) or polib.POEntry(msgid=sentence) for sentence in used]
        for entry in book:
            entry.occurrences = []
        book.save(str(file))


def missing(app: Path) -> list[str]:
    """Sentences of the code without English, and English of sentences that are gone."""
    used, file = sentences(app), catalogue(app)
    english = {e.msgid: e.msgstr or e.msgstr_plural for e in polib.pofile(str(file))} if file.exists() else {}
    return [*(f"{files[0]}: no English for “{text}”" for text, files in used.items() if not english.get(text)),
            *(f"{app.name}: “{text}” is translated but no longer used" for text in english if text not in used)]


def twofold() -> list[str]:
    """Sentences with other English in another app. Django joins the catalogues: one would be shown in both."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for app in filter(lambda app: catalogue(app).exists(), apps()):
        for entry in polib.pofile(str(catalogue(app))):
            said.setdefault((entry.msgctxt or "", entry.msgid), {})[app.name] = entry.msgstr or str(entry.msgstr_plural)
    return [f"“{text}” is said in several ways: {ways}"
            for (_, text), ways in said.items() if len({*ways.values()}) > 1]


def main(words: list[str]) -> int:
    if words == ["update"]:
        update()
    elif words == ["missing"]:
        found = [problem for app in apps() for problem in missing(app)] + twofold()
        print("\n".join(found))
        return 1 if found else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT.parent))
    sys.exit(main(sys.argv[1:]))
