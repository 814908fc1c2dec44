"""Every file says in one sentence what it is, and no file knows where it was written."""

import ast
import re

from .source import files, python, short, tree

# Django's own shape says all there is to say in these; tests are named as sentences.
SILENT = {"__init__.py", "__main__.py", "urls.py", "apps.py", "wsgi.py", "errors.py"}

# A path into somebody's home folder works on one machine only.
PRIVATE = re.compile(r"(?<![\w.}/])/(?:root|home/\w+|Users/\w+)/")
TEXT = {".py", ".md", ".ts", ".js", ".vue", ".html", ".css", ".toml", ".yaml", ".yml", ".json", ".txt", ".po", ".svg"}


def test_every_file_says_what_it_is():
    silent = [short(f) for f in python(tests=False) if f.name not in SILENT and f.read_text().strip()
              and ast.get_docstring(tree(f)) is None]
    assert not silent, "begin with a sentence:\n" + "\n".join(silent)


def test_no_file_knows_where_it_was_written():
    found = [
        f"{short(f)}: {match.group()}"
        for f in files() if f.suffix in TEXT and f.name != "test_files.py"
        for match in [PRIVATE.search(f.read_text(errors="ignore"))] if match
    ]
    assert not found, "\n".join(found)
