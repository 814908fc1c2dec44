"""No function over 60 lines, no file over 500: what is longer holds two thoughts. These lists may only shrink."""

import ast

from .source import files, python, short, walk

LONG_FUNCTIONS: set[str] = set()
LONG_FILES: set[str] = set()
SUFFIXES = {".py", ".ts", ".vue", ".js", ".html", ".css", ".toml", ".yaml"}


def functions():
    for file in python():
        for node in walk(file):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{short(file)}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_function_is_longer_than_60_lines():
    long = {name for name, lines in functions() if lines > 60}
    assert long == LONG_FUNCTIONS


def test_no_file_is_longer_than_500_lines():
    long = {short(f) for f in files() if f.suffix in SUFFIXES and f.read_text().count("\n") > 500}
    assert long == LONG_FILES
