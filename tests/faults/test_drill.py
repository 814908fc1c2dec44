"""The drill itself, small: the main job from end to end over HTTP, and every law."""

import json
import os
import subprocess
import sys

import pytest

from .place import COMMUNITY, ROOT, prepare

pytestmark = pytest.mark.slow
LAWS = {
    "every_door_has_its_task", "every_door_accounted_for", "counters_equal_recount", "acknowledged_all_present",
    "each_record_once", "each_person_once", "nothing_left_on_a_phone", "audit_chain_whole",
    "pulled_equals_pulled_anew",
}  # fmt: skip


def test_a_canvass_with_a_bad_line_reaches_every_door_and_breaks_no_law(home):
    prepare(home)
    words = ["drill", "canvass", "--home", str(home), "--community", str(COMMUNITY), "--workers", "4", "--json"]
    done = subprocess.run([sys.executable, "-m", "fengchao", *words], cwd=ROOT, capture_output=True, text=True,
                          env={key: value for key, value in os.environ.items() if key != "FENGCHAO_HOME"})  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    ledger = json.loads(done.stdout)
    assert ledger["laws"] == dict.fromkeys(LAWS, True)
    assert sum(ledger["outcomes"].values()) + ledger["remaining"] == ledger["targets"] > 150
    assert ledger["repeats"] and ledger["lost_answers"] and ledger["conflicts"]
    assert not ledger["refused"]
