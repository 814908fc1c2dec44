"""A new home, entered by several processes in the same moment: a server's workers, or tests side by side."""

import os
import subprocess
import sys

from fengchao.base.keyfile import write_secret

BEGIN = """
import sys
from pathlib import Path
import psycopg
from fengchao.base import keyfile, postgres
home = Path(sys.argv[1])
key = keyfile.load_or_make(home / "master.key")
with psycopg.connect(postgres.ensure(home).app) as connection:
    connection.execute("SELECT 1")
print(key.hex())
"""


def test_processes_that_begin_together_agree_on_keys_and_passwords(folder):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FENGCHAO_")}
    begun = [subprocess.Popen([sys.executable, "-c", BEGIN, str(folder / "home")], env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    ended = [(*each.communicate(timeout=120), each.returncode) for each in begun]
    assert [code for _, _, code in ended] == [0, 0, 0], ended
    assert len({key for key, _, _ in ended}) == 1


WATCHING = """
import sys
import fengchao.serve
from fengchao.base.django_start import fingerprint
fingerprint()
print([name for name in sys.modules if name.startswith(("django.db", "fengchao.settings"))])
"""


def test_the_process_that_starts_and_watches_the_others_loads_no_tables(tmp_path):
    home = {"FENGCHAO_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "fengchao.settings"}
    done = subprocess.run([sys.executable, "-c", WATCHING], capture_output=True, text=True, check=True,
                          env=os.environ | home)
    assert done.stdout.strip() == "['fengchao.settings']"


def test_a_secret_written_by_another_process_meanwhile_takes_nothing_away(tmp_path, monkeypatch):
    path, sync, pid = tmp_path / "secret", os.fsync, os.getpid()

    def overtaken(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        monkeypatch.setattr(os, "getpid", lambda: pid + 1)
        write_secret(path, b"the other's")
        monkeypatch.setattr(os, "getpid", lambda: pid)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", overtaken)
    write_secret(path, b"mine")
    assert path.read_bytes() == b"mine" and [file.name for file in tmp_path.iterdir()] == ["secret"]
