"""A home with a register in it, made once for a state of the migrations and copied: to make one takes ten seconds."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import fasteners
from django.conf import settings

from .django_start import fingerprint

COMMUNITY = 350181005004

# In a process of its own, because Django in this one belongs to the tests' database. Five places instead of the whole
# national register: nobody here looks for another.
MAKE = """
import sys
from pathlib import Path
home, code = Path(sys.argv[1]), int(sys.argv[2])
from fengchao.base.django_start import start
start(home)
from fengchao.areas.models import Division
from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo import stage
from fengchao.demo.synthetic import community
from fengchao.work.forms.actions import install_pack_forms
for level, digits in enumerate((2, 4, 6, 9, 12), 1):
    area = Area.of(str(code)[:digits])
    Division.objects.create(code=area.lo // 1000, name="虚构", level=level, lo=area.lo, hi=area.hi)
stage.register(home, community(code, 150, 1))
with acting(system_actor()) as by:
    install_pack_forms(by=by)
"""


def copy_of_home(home: Path) -> None:
    """At `home`, which must not be there yet: stopped, with 150 households in COMMUNITY and nobody who signs in."""
    ready = settings.HOME / "ready" / sha256((fingerprint() + MAKE).encode()).hexdigest()[:16]
    ready.parent.mkdir(exist_ok=True)
    with fasteners.InterProcessLock(ready.parent / "lock"):
        if not ready.exists():
            _make(ready)
    subprocess.run(["cp", "-a", str(ready), str(home)], check=True)  # keeps the owner: PostgreSQL is never root


def _make(ready: Path) -> None:
    draft = ready.with_name(f"{ready.name}-draft")
    shutil.rmtree(draft, ignore_errors=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith("FENGCHAO_")}
    done = subprocess.run([sys.executable, "-c", MAKE, str(draft), str(COMMUNITY)], capture_output=True, text=True,
                          env=own | {"FENGCHAO_HOME": str(draft)})
    if done.returncode:
        raise RuntimeError(done.stderr)
    draft.rename(ready)
