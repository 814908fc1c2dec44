"""The operator's commands, run as the operator runs them, on embedded databases of their own."""

import getpass
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from fengchao.base import postgres, testdb
from fengchao.base.testready import copy_of_home

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
    deeds = dict(AuditEntry.objects.filter(actor=None).values_list("action", "detail__operator"))
with acting(system_actor()), connection.cursor() as cursor:
    audit.seal()
    cursor.execute("SELECT has_table_privilege('base_auditentry', 'UPDATE'), tx_offset, epoch FROM base_epoch")
    may_update, offset, epoch = cursor.fetchone()
print(json.dumps({"users": list(User.objects.values_list("username", flat=True)), "tx": tx, "offset": offset,
                  "deeds": deeds, "may_update": may_update, "epoch": str(epoch)}))
"""

ENSURE = """
import sys
from pathlib import Path
from fengchao.base import postgres
postgres.ensure(Path(sys.argv[1]))
"""


def run(*words: object, **more: str) -> subprocess.CompletedProcess:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FENGCHAO_", "DJANGO_"))} | more
    return subprocess.run([sys.executable, *map(str, words)], cwd=ROOT, env=env, capture_output=True, text=True)


def admin(home: Path, *words: object, **more: str) -> subprocess.CompletedProcess:
    return run("-m", "fengchao", "--home", home, "admin", *words, **more)


@pytest.mark.slow
def test_a_backup_comes_back_in_an_empty_home_as_a_new_epoch(folder):
    old, new, file = folder / "old", folder / "new", folder / "fengchao.backup"
    copy_of_home(old)
    set_up = run("-c", LOOKING, old)  # every process takes seconds to begin: few, that do much
    assert set_up.returncode == 0, set_up.stderr
    before = json.loads(set_up.stdout)
    made = admin(old, "create-user", "heidi", "--name", "Heidi", "--role", "system_administrator", "--area", 35,
                 "--no-register", "--json")
    assert len(json.loads(made.stdout)["password"]) == 14, made.stderr
    saved = admin(old, "backup", file)
    assert saved.returncode == 0 and "master.key" in saved.stdout, saved.stderr

    refused = admin(new, "restore", file)
    assert refused.returncode == 1 and "--key" in refused.stderr
    back = admin(new, "restore", file, "--key", old / "master.key")
    assert back.returncode == 0 and "whole: " in back.stdout and "under 1 seals" in back.stdout, back.stderr
    after = json.loads(run("-c", LOOKING, new).stdout)
    assert after["users"] == ["heidi"] and not after["may_update"]
    assert after["deeds"]["restored"] == f"command line ({getpass.getuser()})", "who put an old state back is no secret"
    assert after["epoch"] != before["epoch"]
    assert len(after["tx"]) > len(before["tx"]) + 1, "what the user's making wrote came along"
    assert after["tx"][-1] > max(after["tx"][:-1]), "numbers go on above every number ever given"
    assert json.loads(admin(new, "verify-audit", "--json").stdout)["whole"]
    assert admin(new, "restore", file).returncode == 1, "not over something that is there"


@pytest.fixture
def given() -> Iterator[Callable[[], dict[str, str]]]:
    """Makes databases on the server under test that a deployer would name by URL."""
    owner, made = testdb.server().owner, []

    def database() -> dict[str, str]:
        made.append(f"fengchao_given_{os.getpid()}_{len(made)}")
        with psycopg.connect(owner, autocommit=True) as connection:
            postgres.make_database(connection, made[-1], str(connection.info.user))
        return {"FENGCHAO_DATABASE_URL": postgres.on_database(owner, made[-1])}

    yield database
    with psycopg.connect(owner, autocommit=True) as connection:
        for name in made:
            testdb.drop_on(connection, name)
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(f"{name}_app")))


def test_a_backup_of_a_folder_without_data_is_refused_and_nothing_is_made_there(folder):
    answer = admin(folder / "home", "backup", folder / "x")
    assert answer.returncode == 1 and "--home" in answer.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_a_database_given_by_url_is_backed_up_and_comes_back_in_another(folder, given):
    """With the wheel's programs, newer than most servers: those of the server's own version may be missing."""
    path = "/nowhere"
    old, new, file, here, there = folder / "old", folder / "new", folder / "fengchao.backup", given(), given()
    made = run("-c", SETTING_UP + LOOKING, old, **here)
    assert made.returncode == 0, made.stderr
    before = json.loads(made.stdout)
    saved = admin(old, "backup", file, **here, PATH=path)
    assert saved.returncode == 0, saved.stderr
    back = admin(new, "restore", file, "--key", old / "master.key", **there, PATH=path)
    assert back.returncode == 0, back.stderr
    looked = run("-c", LOOKING, new, **there)
    after = json.loads(looked.stdout)
    assert not after["may_update"] and after["tx"][-1] > max(before["tx"])
    assert not (old / "pg").exists() and not (new / "pg").exists(), "no server of our own beside the given one"


def test_a_home_stays_with_its_database_when_the_url_changes(folder, given):
    home, here, there = folder / "home", given(), given()
    assert run("-c", ENSURE, home, **here).returncode == 0
    other = admin(home, "backup", folder / "x", **there)
    assert (other.returncode, other.stderr.count("Traceback")) == (1, 0)
    assert "database.json" in other.stderr and "属于另一个数据库" in other.stderr
    assert "@" not in other.stderr, "no password of anybody on a screen"
    remembered = run("-c", ENSURE, home)
    assert remembered.returncode == 0 and not (home / "pg").exists(), "without the URL the home remembers it"


def test_a_home_with_a_server_of_its_own_is_not_left_for_a_given_one(folder, given):
    (folder / "home/pg").mkdir(parents=True)
    (folder / "home/database.json").write_text(json.dumps({"owner": "postgresql:///a", "app": "postgresql:///a"}))
    answer = run("-c", ENSURE, folder / "home", **given())
    assert "OtherDatabase" in answer.stderr


def test_a_new_password_in_the_url_is_taken_over_and_the_working_login_stays(folder, given):
    home, here = folder / "home", given()
    run("-c", ENSURE, home, **here)
    before = json.loads((home / "database.json").read_text())
    again = here["FENGCHAO_DATABASE_URL"] + ("&" if "?" in here["FENGCHAO_DATABASE_URL"] else "?") + "connect_timeout=9"
    answer = run("-c", ENSURE, home, FENGCHAO_DATABASE_URL=again)
    after = json.loads((home / "database.json").read_text())
    assert answer.returncode == 0 and after["owner"] == again and "connect_timeout" in after["app"], answer.stderr
    assert after["app"].split("@")[0] == before["app"].split("@")[0]


def test_what_is_not_a_backup_is_refused_in_words(folder):
    (folder / "x").write_bytes(b"not a backup")
    answer = admin(folder / "home", "restore", folder / "x")
    assert (answer.returncode, answer.stderr.count("Traceback")) == (1, 0)
