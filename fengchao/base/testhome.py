"""A pytest plugin, loaded before all others and before Django's settings.

Tests have a home folder of their own. And they keep what Python compiles, also where it is told not to: the fifty
processes they start would each compile everything anew, which is a third of the time of all tests.
"""

import os
import sys
from pathlib import Path

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

os.environ.setdefault("FENGCHAO_HOME", str(Path(__file__).parents[2] / ".fengchao-test"))
(Path(os.environ["FENGCHAO_HOME"]) / "static").mkdir(parents=True, exist_ok=True)
