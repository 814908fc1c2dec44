"""The one command. Every subcommand is a module that is imported only when it is called.

A module listed here has `register(parser)`, which adds its arguments, and `run(args) -> int`, its exit code.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

COMMANDS = {
    "serve": ("fengchao.serve", "run the platform: pages, the phones' interface and background jobs"),
    "demo": ("fengchao.demo.cli", "serve a synthetic community with accounts to try"),
    "import": ("fengchao.people.cli", "import a register, or premises, from a workbook"),
    "address": ("fengchao.areas.cli_address", "take written addresses apart, one a line"),
    "drill": ("fengchao.demo.cli_drill", "run a whole campaign with simulated workers and check the laws"),
    "bench": ("bench.cli", "measure, and compare with the targets"),
    "admin": ("fengchao.accounts.cli_admin", "users, audit, backup and restore"),
}
HOMES = {"drill": ".fengchao-drill", "bench": ".fengchao-bench"}  # made-up people never enter a real register


def main(argv: Sequence[str] | None = None) -> None:
    try:
        code = run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)


def run(words: Sequence[str]) -> int:
    args = _parser().parse_args(words)
    home = args.home or os.environ.get("FENGCHAO_HOME") or HOMES.get(args.command, ".fengchao")
    args.home = Path(home).expanduser().resolve()
    os.environ["FENGCHAO_HOME"] = str(args.home)
    try:
        return args.run(args) or 0
    except Exception as problem:
        if (sentence := _refusal(problem)) is None:
            raise
        print(sentence, file=sys.stderr)
        return 1


def _refusal(problem: Exception) -> str | None:
    """A sentence for a person rather than a fault of ours; asked without importing Django for it."""
    errors = sys.modules.get("fengchao.base.errors")
    return problem.message if errors is not None and isinstance(problem, errors.Refused) else None


class _Lazy(argparse._SubParsersAction):
    """Imports the module of a command at the moment its name is read."""

    def __call__(self, parser, namespace, values, option_string=None) -> None:
        command = self.choices.get(values[0])
        if command is not None:
            _load(command, COMMANDS[values[0]][0])
        super().__call__(parser, namespace, values, option_string)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fengchao", description="Fengchao: nobody missed, household by household.")
    _common(parser, None, 8000)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, action=_Lazy)
    for name, (_module, sentence) in COMMANDS.items():
        command = commands.add_parser(name, help=sentence, description=sentence[0].upper() + sentence[1:] + ".")
        _common(command, argparse.SUPPRESS, argparse.SUPPRESS)
    return parser


def _common(parser: argparse.ArgumentParser, home: object, port: object) -> None:
    """Accepted before and after the command's name."""
    parser.add_argument("--home", type=Path, metavar="DIR", default=home, help="where data lives (default: .fengchao)")
    parser.add_argument("--port", type=int, metavar="N", default=port, help="port to serve on (default: 8000)")


def _load(command: argparse.ArgumentParser, module: str) -> None:
    if module.startswith("bench"):  # stands beside the package, in a source tree only
        sys.path.append(str(Path(__file__).resolve().parents[1]))
    loaded = import_module(module)
    loaded.register(command)
    command.set_defaults(run=loaded.run)
