"""The drill itself, small: the main job from end to end over HTTP, and every law."""

import json
import os
import subprocess
import sys

import pytest

from .place import COMMUNITY, ROOT, register_in

pytestmark = pytest.mark.slow
LAWS = {
    "every_door_has_its_task", "every_door_accounted_for", "every_door_as_the_phones_say", "counters_equal_recount",
    "acknowledged_all_present",
    "each_record_once", "each_person_once", "nothing_left_on_a_phone", "audit_chain_whole",
    "pulled_equals_pulled_anew",
}  # fmt: skip


MOVING = {
    "every_row_where_its_building_is", "every_building_in_one_open_grid", "as_many_grids_as_planned",
    "every_grid_has_somebody", "nothing_refused", "what_was_stored_is_unchanged",
    "no_phone_was_sent_everything_again", "undone_all_is_whole",
}  # fmt: skip


def run(home, *words) -> dict:
    words = ["drill", *words, "--home", str(home), "--community", str(COMMUNITY), "--workers", "4", "--json"]
    done = subprocess.run([sys.executable, "-m", "fengchao", *words], cwd=ROOT, capture_output=True, text=True,
                          env={key: value for key, value in os.environ.items() if key != "FENGCHAO_HOME"})  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)


def test_grids_are_divided_while_phones_are_out_and_no_law_breaks(home):
    register_in(home)
    ledger = run(home, "regrid", "--grids", "3", "--into", "7")
    assert ledger["laws"] == dict.fromkeys(LAWS | MOVING, True)
    assert ledger["figures"]["grids_after"] == 7


def test_a_canvass_with_a_bad_line_reaches_every_door_and_breaks_no_law(home):
    register_in(home)
    ledger = run(home, "canvass")
    assert ledger["laws"] == dict.fromkeys(LAWS, True)
    assert sum(ledger["outcomes"].values()) + ledger["remaining"] == ledger["targets"] > 150
    assert ledger["repeats"] and ledger["lost_answers"] and ledger["conflicts"]
    assert not ledger["refused"]
