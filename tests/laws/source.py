"""The source as the laws read it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "fengchao"


@cache
def files() -> tuple[Path, ...]:
    """Everything that is, or is about to be, under version control."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    return tuple(path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file())


def python(*, tests: bool = True) -> list[Path]:
    found = [f for f in files() if f.suffix == ".py" and "migrations" not in f.parts]
    return found if tests else [f for f in found if not is_test(f)]


def is_test(file: Path) -> bool:
    name = file.relative_to(ROOT)
    return "tests" in name.parts or name.name.startswith(("test", "conftest"))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def walk(file: Path) -> Iterator[ast.AST]:
    return ast.walk(tree(file))


def short(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def apps() -> list[str]:
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
