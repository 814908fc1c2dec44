"""Install what the lock files say, with nothing but Python >= 3.11 on the machine; quick when nothing has changed.

uv does the work. It comes by the machine's pip, or, on a Debian that has neither pip nor python3-venv, straight from
the wheel whose address and checksum stand in the lock file.
"""

import hashlib
import io
import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMP = VENV / ".installed"


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (an older one reads this far)
        sys.exit(f"Fengchao needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12")
    os.chdir(ROOT)
    if VENV.is_symlink():
        print("setup: .venv belongs to another folder, left as it is")
    else:
        python_packages()
    frontend()
    subprocess.run([PYTHON, "-m", "fengchao.base.messages"], check=True)
    subprocess.run([PYTHON, "-m", "fengchao.areas.gazetteer"], check=True)


def python_packages() -> None:
    wanted = hashlib.sha256((ROOT / "uv.lock").read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted and PYTHON.exists():
        return
    with step("Python packages into .venv (about a minute the first time)"):
        if not PYTHON.exists():
            run([sys.executable, "-m", "venv", "--without-pip", VENV])
        uv = VENV / ".uv" / locked("uv")["version"]
        if not uv.exists():
            install_uv(uv)
        run([uv / "bin/uv", "sync", "--frozen", "--no-progress", "--python", PYTHON], env=os.environ | {
            "UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy",
        })
        compile_what_is_served()
        STAMP.write_text(wanted)


def compile_what_is_served() -> None:
    """As pip would, and also where Python is told to keep nothing it has compiled, as in many containers: there each
    process of `fengchao serve` would compile for two seconds before it begins."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "static").mkdir()
        run([PYTHON, "-c", "import fengchao.web_processes, fengchao.wsgi"], env=kept | {"FENGCHAO_HOME": home})


def install_uv(target: Path) -> None:
    """By a pip, which knows the machine's mirrors; without one, the wheel that the lock file names."""
    draft = target.with_suffix(".draft")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", draft, f"uv=={target.name}"]
    if subprocess.run(pip, capture_output=True).returncode:
        unpack_wheel(locked("uv"), draft)
    draft.rename(target)


def locked(name: str) -> dict:
    import tomllib  # from 3.11 on: an older Python shall read this file as far as its message

    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return next(package for package in packages if package["name"] == name)


def unpack_wheel(package: dict, target: Path) -> None:
    """A wheel is a zip; the programs in it stand under *.data/scripts."""
    wanted = ("manylinux", platform.machine()) if sys.platform == "linux" else ("macosx", platform.machine())
    wheel = next(w for w in package["wheels"] if all(part in w["url"].rpartition("/")[2] for part in wanted))
    with urllib.request.urlopen(wheel["url"], timeout=120) as answer:
        content = answer.read()
    if "sha256:" + hashlib.sha256(content).hexdigest() != wheel["hash"]:
        sys.exit(f"setup: {wheel['url']} is not the file the lock names: stopped")
    (target / "bin").mkdir(parents=True, exist_ok=True)
    archive = zipfile.ZipFile(io.BytesIO(content))
    for member in archive.namelist():
        if ".data/scripts/" in member:
            program = target / "bin" / Path(member).name
            program.write_bytes(archive.read(member))
            program.chmod(0o755)


def frontend() -> None:
    """Prints its own steps, and nothing when it is up to date."""
    if (ROOT / "scripts/frontend").exists():
        run([PYTHON, "scripts/frontend"])


def run(command: list[str | Path], **options: object) -> None:
    done = subprocess.run(command, **options)
    if done.returncode:
        sys.exit(f"setup: stopped at: {' '.join(map(str, command))}")


class step:
    """Says what begins and how long it took."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        print(f"setup: {self.what}", flush=True)
        self.began = time.monotonic()

    def __exit__(self, kind: type | None, *_: object) -> None:
        if kind is None:
            print(f"setup: done in {time.monotonic() - self.began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
