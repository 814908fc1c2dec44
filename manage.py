"""Django's own commands, for developers: makemigrations and the like. Users have `fengchao`."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from fengchao.base import postgres

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengchao.settings")
postgres.ensure(Path(os.environ.get("FENGCHAO_HOME", ".fengchao")).resolve())
execute_from_command_line(sys.argv)
