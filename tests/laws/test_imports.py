"""Imports run one way (pyproject.toml, [tool.importlinter]); engines know nothing of ours."""

import subprocess
import sys

from .source import ROOT


def test_imports_keep_their_direction():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-1000:]
