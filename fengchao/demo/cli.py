"""`fengchao demo`: a synthetic community with a canvass under way, and accounts for every role, served."""

import argparse
import sys
import time
from typing import Any

COMMUNITY = 350181005004


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", type=int, default=COMMUNITY, metavar="CODE", help="12-digit code")
    parser.add_argument("--households", type=int, default=4883, metavar="N", help="how many live there")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, other people")
    parser.add_argument("--only-load", action="store_true", help="fill the home folder and stop")


def run(args: argparse.Namespace) -> int:
    from fengchao import serve

    if args.only_load:
        print(prepare(args))
        return 0
    return serve.serve(args.home, args.port, prepare=lambda: prepare(args))


def prepare(args: argparse.Namespace) -> str:
    """Fills an empty home, and leaves a filled one as it is. Returns what to print about signing in."""
    from fengchao.base.django_start import start

    start(args.home)
    from fengchao.demo import cast, stage

    began = time.monotonic()
    if not stage.is_set(args.home, args.community):
        stage.set_up(args.home, args.community, args.households, args.seed, say)
        say(f"the community is ready after {time.monotonic() - began:.1f} s")
    _let_go()
    return table(cast.remembered(args.home))


def _let_go() -> None:
    """This process only watches others from here on; a pool it kept would look for the database while that stops."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL has one


def say(text: str) -> None:
    print(f"fengchao: {text}", file=sys.stderr, flush=True)


def table(accounts: list) -> str:
    """One account of each role, and where the others are."""
    from fengchao.accounts.roles import ROLES

    first: dict[str, Any] = {}
    for one in accounts:
        first.setdefault(one.role, one)
    lines = [f"  {one.username:8} {one.password}  {ROLES[one.role].name}  {one.name}" for one in first.values()]
    return "\n".join(["accounts of the demonstration (user, password, role, name):", *lines])
