"""`fengchao bench [NAME...] [--json]`: measures, prints a table or a list of figures."""

import argparse
import json
import sys


def register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these figures (default: all)")
    parser.add_argument("--people", type=int, default=1_000_000, help="people in the data set (default 1,000,000)")
    parser.add_argument("--list", action="store_true", help="print the names and targets, measure nothing")
    parser.add_argument("--json", action="store_true", help="a JSON list instead of a table")


def run(args: argparse.Namespace) -> int:
    from bench.figure import load

    figures = load()
    unknown = [name for name in args.names if name not in figures]
    if unknown:
        print(f"no figure is called {', '.join(unknown)}; there are {', '.join(figures)}", file=sys.stderr)
        return 2
    if args.list:
        for one in figures.values():
            print(f"{one.name:20} {'>=' if one.at_least else '<='} {one.target:>10,} {one.unit}")
        return 0
    results = measure([figures[name] for name in args.names or figures], args)
    if args.json:
        print(json.dumps(results, indent=1))
    return 0 if all(result["ok"] for result in results) else 1


def measure(figures: list, args: argparse.Namespace) -> list[dict]:
    """One after the other in one home. A figure that fails is a figure not reached, and the rest still run."""
    from bench.context import Bench

    results = []
    with Bench(args.home, args.people) as bench:
        for one in figures:
            print(f"{one.name} ...", file=sys.stderr, flush=True)
            result = one.result(one.measure(bench))
            results.append(result)
            if not args.json:
                print(row(result), flush=True)
    return results


def row(result: dict) -> str:
    floor = "" if result["floor"] is None else f"floor {result['floor']:,} (x {result['ratio']})"
    mark = "ok  " if result["ok"] else "MISS"
    return (
        f"{mark} {result['name']:20} {result['value']:>12,} {result['unit']:10} "
        f"target {result['target']:>10,}  {floor} {result.get('note', '')}"
    ).rstrip()
