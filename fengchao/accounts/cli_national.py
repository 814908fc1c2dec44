"""`fengchao admin refresh-register`: a newer file of the national register, compared with what this home holds.

Without --take it only says what it would do. What stands on an old code becomes plans, to be looked at and carried out
on their pages; --at-once carries them out here.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a code and a name a line, all five levels: csv, xlsx, ods or xz")
    parser.add_argument("--source", required=True, help="where the file is from, kept with it")
    parser.add_argument("--as-of", required=True, type=date.fromisoformat, metavar="DAY", help="the day it speaks of")
    parser.add_argument("--area", type=int, metavar="CODE", help="only what lies inside (default: the whole country)")
    parser.add_argument("--decide", action="append", default=[], metavar="OLD=NEW",
                        help="where a code went that the file does not make plain; NEW 0: it just ended")
    parser.add_argument("--take", action="store_true", help="take it over, and plan what stands on old codes")
    parser.add_argument("--at-once", action="store_true", help="with --take: carry the plans out")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(do=run)


def run(args: argparse.Namespace) -> int:
    from fengchao.base.django_start import start

    if not args.file.is_file():
        print(f"{args.file}: no such file", file=sys.stderr)
        return 2
    start(args.home)
    from fengchao.base.actor import operator
    from fengchao.base.scope import acting

    with acting(operator()) as by:
        said = _refresh(args, by)
    if args.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        _say(said)
    return 1 if said["open"] else 0


def _refresh(args: argparse.Namespace, by: Any) -> dict[str, Any]:
    from fengchao.areas import actions
    from fengchao.areas.models import NationalFile, Regridding
    from fengchao.areas.national.drafting import written
    from fengchao.base.errors import Refused
    from fengchao.base.places import COUNTRY, Area

    try:
        area = Area.of(args.area) if args.area else COUNTRY
    except ValueError as error:
        raise Refused("bad_code", code=args.area) from error
    file = actions.load_national(by=by, area=area, path=args.file, name=args.file.name, source=args.source,
                                 as_of=args.as_of)
    waiting = file.state == NationalFile.State.WAITING
    for pair in args.decide if waiting else ():
        _decide(by, file, pair)
    touched = [{"level": row.level, "code": written(row.level, row.code), "name": row.name, "standing": row.standing,
                "becomes": row.becomes and written(row.level, row.becomes), "reason": row.reason,
                "candidates": [written(row.level, code) for code in row.candidates]}
               for row in file.differences.exclude(standing={}).order_by("level", "code")] if waiting else []
    file.refresh_from_db()
    still = file.counts.get("open", 0) if waiting else 0
    if args.take and waiting and not still:
        file = actions.take_over(by=by, file=file)
    plans = list(Regridding.objects.filter(id__in=file.differences.values("regridding")).order_by("id"))
    if args.take and args.at_once:
        plans = [actions.carry_out(by=by, regridding=plan) if plan.state == plan.State.PLANNED else plan
                 for plan in plans]
    return {"id": str(file.id), "state": file.state, "sha256": file.sha256, "codes": file.codes,
            "counts": file.counts, "open": still, "touched": touched,
            "plans": [{"id": str(plan.id), "title": plan.title, "state": plan.state} for plan in plans]}


def _decide(by: Any, file: Any, pair: str) -> None:
    from fengchao.areas import actions
    from fengchao.areas.queries import LEVEL_OF, padded
    from fengchao.base.errors import Refused

    old, _, new = pair.partition("=")
    if len(old) not in LEVEL_OF or not (old + new).isdecimal() or new != "0" and len(new) != len(old):
        raise Refused("bad_code", code=pair[:40])
    row = file.differences.exclude(kind="came").filter(level=LEVEL_OF[len(old)], code=padded(old)).first()
    if row is None:
        raise Refused("place_unknown", name=old)
    actions.decide_difference(by=by, difference=row, becomes=padded(new) if new != "0" else 0)


def _say(said: dict[str, Any]) -> None:
    counts = said["counts"]
    print(f"{said['codes']:,} codes, sha256 {said['sha256'][:12]}: " + (", ".join(
        f"{counts[what]:,} {word}" for what, word in (
            ("came", "new"), ("renamed", "renamed"), ("renumbered", "renumbered or merged"), ("ended", "closed"),
            ("kept", "kept as they were made here")) if counts.get(what)) or "nothing new"))
    for row in said["touched"]:
        where = "to be decided" if row["becomes"] is None else row["becomes"] or "ends"
        standing = ", ".join(f"{number} {what}" for what, number in row["standing"].items())
        print(f"  {row['code']} {row['name']} -> {where} ({row['reason']}): {standing}")
    for plan in said["plans"]:
        print(f"  plan {plan['state']}: {plan['title']}")
    if said["open"]:
        print(f"{said['open']} to be decided: run again with --decide OLD=NEW", file=sys.stderr)
    elif said["state"] == "waiting":
        print("nothing is changed yet: run again with --take")
