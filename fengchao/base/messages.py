"""Compiles the translations (.po) for Django (.mo) without gettext on the machine; only those that have changed."""

from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1]


def compile_all() -> list[Path]:
    changed = [po for po in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")) if _stale(po)]
    for po in changed:
        draft = po.with_suffix(".mo.new")
        polib.pofile(str(po)).save_as_mofile(str(draft))
        draft.replace(po.with_suffix(".mo"))
    return changed


def _stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


if __name__ == "__main__":
    compile_all()
