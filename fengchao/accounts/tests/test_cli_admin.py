"""The operator's commands, run as the operator runs them, on embedded databases of their own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SETTING_UP = """
import sys
from pathlib import Path
from fengchao.base.django_start import start
start(Path(sys.argv[1]))
from fengchao.areas.models import Division
from fengchao.areas.actions import loading
from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
with acting(system_actor()):
    area = Area.of(35)
    Division.objects.create(code=area.lo // 1000, name="x", level=1, lo=area.lo, hi=area.hi)
"""
LOOKING = """
import sys, json
from pathlib import Path
from django.db import connection
from fengchao.base.django_start import start
start(Path(sys.argv[1]))
from fengchao.accounts.models import User
from fengchao.base import audit
from fengchao.base.actor import system_actor
from fengchao.base.crypto import unseal
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
with acting(system_actor()) as by:
    audit.write_one("looked", "x", by=by)
    tx = list(AuditEntry.objects.order_by("id").values_list("tx", flat=True))
with acting(system_actor()), connection.cursor() as cursor:
    audit.seal()
    cursor.execute("SELECT has_table_privilege('base_auditentry', 'UPDATE'), tx_offset, epoch FROM base_epoch")
    may_update, offset, epoch = cursor.fetchone()
print(json.dumps({"users": list(User.objects.values_list("username", flat=True)), "tx": tx, "offset": offset,
                  "may_update": may_update, "epoch": str(epoch)}))
"""


def run(*words: object) -> subprocess.CompletedProcess:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FENGCHAO_", "DJANGO_"))}
    return subprocess.run([sys.executable, *map(str, words)], cwd=ROOT, env=env, capture_output=True, text=True)


def admin(home: Path, *words: object) -> subprocess.CompletedProcess:
    return run("-m", "fengchao", "--home", home, "admin", *words)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: PostgreSQL runs as another user when we are root, and pytest closes its folders to others."""
    with tempfile.TemporaryDirectory(prefix="fengchao-") as name:
        yield Path(name)


@pytest.mark.slow
def test_a_backup_comes_back_in_an_empty_home_as_a_new_epoch(folder):
    old, new, file = folder / "old", folder / "new", folder / "fengchao.backup"
    made = run("-c", SETTING_UP, old)
    assert made.returncode == 0, made.stderr
    made = admin(old, "create-user", "heidi", "--name", "Heidi", "--role", "system_administrator", "--area", 35,
                 "--no-register", "--json")
    assert len(json.loads(made.stdout)["password"]) == 14, made.stderr
    before = json.loads(run("-c", LOOKING, old).stdout)
    saved = admin(old, "backup", file)
    assert saved.returncode == 0 and "master.key" in saved.stdout, saved.stderr

    refused = admin(new, "restore", file)
    assert refused.returncode == 1 and "--key" in refused.stderr
    back = admin(new, "restore", file, "--key", old / "master.key")
    assert back.returncode == 0, back.stderr
    assert json.loads(admin(new, "verify-audit", "--json").stdout)["whole"]
    after = json.loads(run("-c", LOOKING, new).stdout)
    assert after["users"] == ["heidi"] and not after["may_update"]
    assert after["epoch"] != before["epoch"]
    assert after["tx"][-1] > max(before["tx"]), "numbers go on above every number ever given"
    assert json.loads(admin(new, "verify-audit", "--json").stdout)["whole"]
    assert admin(new, "restore", file).returncode == 1, "not over something that is there"


def test_what_is_not_a_backup_is_refused_in_words(folder):
    (folder / "x").write_bytes(b"not a backup")
    answer = admin(folder / "home", "restore", folder / "x")
    assert (answer.returncode, answer.stderr.count("Traceback")) == (1, 0)
