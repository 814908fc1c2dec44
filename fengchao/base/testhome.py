"""A pytest plugin, loaded before Django's settings: tests have a home folder of their own."""

import os
from pathlib import Path

os.environ.setdefault("FENGCHAO_HOME", str(Path(__file__).parents[2] / ".fengchao-test"))
(Path(os.environ["FENGCHAO_HOME"]) / "static").mkdir(parents=True, exist_ok=True)
