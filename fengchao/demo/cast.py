"""The people who serve a synthetic community, each with a duty and a password made here.

Passwords are kept in the home folder (0600), so that a second `fengchao demo` can print them again: they open a
community that does not exist, and only on this machine.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from fengchao.base.keyfile import write_secret
from fengchao.demo.synthetic import names

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
FILE = "demo-accounts.json"


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    password: str
    name: str
    role: str
    area: int
    building: str = ""
    phone: str = ""


def password() -> str:
    """Three groups of four, as a person can read aloud: 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def of(community: int, grids: list[int], captains: dict[str, int], seed: int = 1) -> Iterator[Account]:
    """Everybody a community needs; `captains` are buildings (id -> grid) that have one."""
    rng = Random(f"{seed}:cast:{community}")
    street, county, province = community // 1000, community // 1_000_000, community // 10**10

    def account(username: str, role: str, area: int, building: str = "") -> Account:
        sex = rng.choice("mf")
        name = names.surnames(coast=True).spin(rng) + names.given(rng, rng.randrange(1970, 2000), sex)
        phone = f"161{rng.randrange(10**8):08}"  # no operator was given 161 either
        return Account(username, password(), name, role, area, building, phone)

    yield account("shuji", "community_secretary", community)
    yield account("jiedao", "street_officer", street)
    yield account("dudao", "inspector", county)
    yield account("shuju", "data_steward", community)
    yield account("guanli", "system_administrator", province)
    for nth, grid in enumerate(grids, 1):
        yield account(f"wg{nth:02}", "grid_worker", grid)
    for nth, grid in enumerate(grids[::3], 1):
        yield account(f"bb{nth:02}", "responsible_cadre", grid)
    for nth, (building, grid) in enumerate(captains.items(), 1):
        yield account(f"ld{nth:02}", "building_captain", grid, building)


def remember(home: Path, accounts: list[Account]) -> None:
    text = json.dumps([asdict(one) for one in accounts], ensure_ascii=False, indent=1)
    write_secret(home / FILE, text.encode())


def remembered(home: Path) -> list[Account]:
    path = home / FILE
    return [Account(**one) for one in json.loads(path.read_text())] if path.exists() else []
