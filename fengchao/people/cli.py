"""`fengchao import people|premises FILE --community CODE [--dry-run] [--errors OUT.xlsx] [--json]`."""

import argparse
import json
import sys
from pathlib import Path

SHOWN = ("rows", "created", "updated", "unchanged", "refused", "disappeared", "remarks", "seconds")


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["people", "premises"], help="what the workbook holds")
    parser.add_argument("file", type=Path, metavar="FILE", help="xlsx, xls, ods or csv")
    parser.add_argument("--community", type=int, required=True, metavar="CODE", help="its 12-digit code")
    parser.add_argument("--source", default="", metavar="NAME",
                        help="whose list it is (default: whose files have these headings)")  # fmt: skip
    parser.add_argument("--sheet", metavar="NAME", help="the sheet to read (default: the first with a header)")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    parser.add_argument("--errors", type=Path, metavar="OUT.xlsx",
                        help="the workbook with refused cells marked; of people, who is no longer listed")  # fmt: skip
    parser.add_argument("--json", action="store_true",
                        help="print counts, refused cells, who disappeared, unread headings as JSON")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    from fengchao.base.django_start import start

    start(args.home)
    return bring_in(args)


def bring_in(args: argparse.Namespace) -> int:
    from fengchao.areas.queries import division
    from fengchao.base.actor import operator
    from fengchao.base.errors import Refused
    from fengchao.base.scope import acting
    from fengchao.base.terminal import Meter
    from fengchao.people.importing.actions import import_people, import_premises
    from fengchao.people.importing.errors import write_errors
    from fengchao.people.importing.wording import STEPS

    if not args.file.is_file():
        print(f"no such file: {args.file}", file=sys.stderr)
        return 2
    if len(str(args.community)) != 12:
        raise Refused("bad_code", code=args.community)
    enter = {"people": import_people, "premises": import_premises}[args.what]
    meter = Meter(STEPS)
    with acting(operator()) as by:
        division(args.community)
        outcome = enter(
            by=by, community=args.community, path=args.file, source=args.source, sheet=args.sheet,
            dry_run=args.dry_run, report=meter,
        )  # fmt: skip
    meter.end()
    if args.errors:
        write_errors(args.file, args.errors, outcome)
    _print_json(outcome) if args.json else _print(outcome)
    return 0


def _print(outcome) -> None:
    from fengchao.people.importing.errors import sentences

    print("  ".join(f"{name} {outcome.counts[name]}" for name in SHOWN if name in outcome.counts))
    if outcome.unread:
        print(f"  not read: {'、'.join(outcome.unread)}")
    for row, _place, sentence in sentences(outcome.marks)[:20]:
        print(f"  row {row}: {sentence}")
    if len(outcome.marks) > 20:
        print(f"  ... {len(outcome.marks) - 20} more; --errors OUT.xlsx marks them all")


def _print_json(outcome) -> None:
    from fengchao.people.importing.errors import sentences

    heading: dict[int | None, str] = dict(enumerate(outcome.headings))
    print(json.dumps({name: outcome.counts[name] for name in SHOWN if name in outcome.counts} | {
        "refused_cells": [{"row": row, "column": heading.get(place, ""), "reason": sentence}
                          for row, place, sentence in sentences(outcome.marks)],
        "unread": outcome.unread,
    } | ({"disappeared_people": [{"name": name, "door": door} for _id, name, door in outcome.gone]}
         if "disappeared" in outcome.counts else {}), ensure_ascii=False))  # fmt: skip
