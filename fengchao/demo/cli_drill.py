"""`fengchao drill canvass`: the main job for real, by simulated workers over HTTP, and the laws it must keep.

`fengchao drill regrid`: the same, and in the middle of it 44 grids become 99.
"""

import argparse
import json
import sys
import time
from dataclasses import asdict

COMMUNITY = 350181005004


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["canvass", "regrid"],
                        help="knock on every door of a community; regrid: and divide its grids meanwhile")
    parser.add_argument("--community", type=int, default=COMMUNITY, metavar="CODE", help="12-digit code")
    parser.add_argument("--households", type=int, default=4883, metavar="N", help="how many live there")
    parser.add_argument("--workers", type=int, default=16, metavar="N", help="phones at once (default 16)")
    parser.add_argument("--open-rate", type=float, default=0.11, metavar="P", help="doors that open (default 0.11)")
    parser.add_argument("--loss", type=float, default=0.08, metavar="P", help="calls without an answer (default 0.08)")
    parser.add_argument("--rounds", type=int, default=8, metavar="N", help="visits to a shut door at most")
    parser.add_argument("--grids", type=int, default=44, metavar="N", help="regrid: grids before (default 44)")
    parser.add_argument("--into", type=int, default=99, metavar="N", help="regrid: grids after (default 99)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, other doors open")
    parser.add_argument("--url", default="", help="a server that runs already on this home folder")
    parser.add_argument("--json", action="store_true", help="the ledger as JSON")


def run(args: argparse.Namespace) -> int:
    began = time.monotonic()
    from fengchao.base.django_start import start

    start(args.home)
    from fengchao.demo.drill import canvass, regrid

    ledger = (regrid if args.what == "regrid" else canvass).drill(args, say)
    ledger.seconds = round(time.monotonic() - began, 2)
    print(json.dumps(asdict(ledger), indent=1) if args.json else ledger.text())
    return 0 if ledger.lawful else 1


def say(text: str) -> None:
    print(f"drill: {text}", file=sys.stderr, flush=True)
