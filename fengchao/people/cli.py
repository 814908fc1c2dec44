"""`fengchao import people FILE --community CODE [--dry-run] [--errors OUT.xlsx] [--json]`."""

import argparse
import json
import sys
from pathlib import Path

SHOWN = ("rows", "created", "updated", "unchanged", "refused", "disappeared", "remarks", "seconds")


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["people"], help="what the workbook holds")
    parser.add_argument("file", type=Path, metavar="FILE", help="xlsx, xls, ods or csv")
    parser.add_argument("--community", type=int, required=True, metavar="CODE", help="its 12-digit code")
    parser.add_argument("--source", default="", metavar="NAME",
                        help="whose list this is (default: as for the last file with these headings)")  # fmt: skip
    parser.add_argument("--sheet", metavar="NAME", help="the sheet to read (default: the first with a header)")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
    parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="the workbook with refused cells marked")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(args: argparse.Namespace) -> int:
    from fengchao.base.django_start import start

    start(args.home)
    from fengchao.base.actor import system_actor
    from fengchao.base.errors import Refused
    from fengchao.base.scope import acting
    from fengchao.people.importing.actions import import_people
    from fengchao.people.importing.errors import write_errors

    if not args.file.is_file():
        print(f"no such file: {args.file}", file=sys.stderr)
        return 2
    if len(str(args.community)) != 12:
        raise Refused("bad_code", code=args.community)
    report = _quiet if args.json or not sys.stderr.isatty() else _bar
    with acting(system_actor()) as by:
        outcome = import_people(
            by=by, community=args.community, path=args.file, source=args.source, sheet=args.sheet,
            dry_run=args.dry_run, report=report,
        )  # fmt: skip
    if args.errors:
        write_errors(args.file, args.errors, outcome)
    _print(outcome, args)
    return 0


def _print(outcome, args: argparse.Namespace) -> None:
    if args.json:
        print(json.dumps({name: outcome.counts[name] for name in SHOWN}))
        return
    from fengchao.people.importing.errors import sentences

    print("  ".join(f"{name} {outcome.counts[name]}" for name in SHOWN))
    for row, _place, sentence in sentences(outcome.marks)[:20]:
        print(f"  row {row}: {sentence}")
    if len(outcome.marks) > 20:
        print(f"  ... {len(outcome.marks) - 20} more; --errors OUT.xlsx marks them all")


def _quiet(done: int, total: int, message: str = "") -> None:
    """For a reader of JSON, or a log."""


def _bar(done: int, total: int, message: str = "") -> None:
    print(f"\r{message} {done:,} / {total:,}   ", end="\n" if message == "import_writing" else "", file=sys.stderr)
