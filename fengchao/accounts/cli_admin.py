"""`fengchao admin`: what the operator of the machine does from its command line."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from fengchao.base.loading import load_django

from . import cli_national


def register(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="deed", metavar="COMMAND", required=True)
    user = commands.add_parser("create-user", help="open an account with a duty and print its one-time password")
    user.add_argument("username")
    user.add_argument("--name", required=True, help="the person's name")
    user.add_argument("--role", required=True, help="for example system_administrator or community_secretary")
    user.add_argument("--area", required=True, type=int, help="code of the division or grid the duty is for")
    user.add_argument("--no-register", action="store_true", help="the places are there already")
    user.add_argument("--json", action="store_true")
    user.set_defaults(do=create_user)

    audit = commands.add_parser("verify-audit", help="take every hash of the audit anew; exit 1 if one does not hold")
    audit.add_argument("--json", action="store_true")
    audit.add_argument("--restored", metavar="FILE", help="write down first that this backup was put back")
    audit.set_defaults(do=verify_audit)

    register_ = commands.add_parser("load-register", help="load the national register of divisions (once)")
    register_.add_argument("--json", action="store_true")
    register_.set_defaults(do=load_register)

    newer = commands.add_parser("refresh-register", help="compare a newer register, and take it over")
    cli_national.register(newer)

    save = commands.add_parser("backup", help="write the whole database to FILE while the service runs")
    save.add_argument("file", type=Path)
    save.add_argument("--json", action="store_true")
    save.set_defaults(do=backup)

    back = commands.add_parser("restore", help="put a backup into an empty home")
    back.add_argument("file", type=Path)
    back.add_argument("--key", type=Path, help="the master.key that belongs to the backup")
    back.add_argument("--json", action="store_true")
    back.set_defaults(do=restore)


def run(args: argparse.Namespace) -> int:
    return args.do(args)


def create_user(args: argparse.Namespace) -> int:
    from fengchao.base.django_start import start

    start(args.home)
    from fengchao.accounts import actions
    from fengchao.areas.actions import load_register as load
    from fengchao.base.actor import operator
    from fengchao.base.errors import Refused
    from fengchao.base.places import Area
    from fengchao.base.scope import acting

    try:
        area = Area.of(args.area)
    except ValueError as error:
        raise Refused("bad_code", code=args.area) from error
    with acting(operator()) as by:
        if not args.no_register:
            load(by=by)
        user, password = actions.create_user(by=by, username=args.username, name=args.name, home=area)
        actions.give_duty(by=by, user=user, role=args.role, area=area)
    if args.json:
        print(json.dumps({"id": str(user.id), "username": user.username, "password": password}))
    else:
        print(f"{user.username}: one-time password {password} (72 hours, to be changed at the first sign-in)")
    return 0


def verify_audit(args: argparse.Namespace) -> int:
    from fengchao.base.django_start import start

    start(args.home)
    from fengchao.base import audit
    from fengchao.base.actor import operator
    from fengchao.base.scope import acting

    if args.restored:
        with acting(operator()) as by:
            audit.write_one("restored", args.restored[:80], by=by)
    with acting(operator()):
        verdict = audit.verify()
    if args.json:
        print(json.dumps({"whole": verdict.whole, "seals": verdict.seals, "entries": verdict.entries,
                          "broken_at": verdict.broken_at}))
    elif verdict.whole:
        print(f"whole: {verdict.entries} entries under {verdict.seals} seals")
    else:
        print(f"broken at seal {verdict.broken_at}: entries of its range were changed, removed or added",
              file=sys.stderr)
    return 0 if verdict.whole else 1


def load_register(args: argparse.Namespace) -> int:
    from fengchao.base.django_start import start

    start(args.home)
    from fengchao.areas.actions import load_register as load
    from fengchao.base.actor import operator
    from fengchao.base.scope import acting
    from fengchao.base.terminal import Meter

    meter = Meter()
    with acting(operator()) as by:
        added = load(by=by, report=meter)
    meter.end()
    print(json.dumps({"added": added}) if args.json else f"{added} divisions added")
    return 0


def backup(args: argparse.Namespace) -> int:
    if not (args.home / "database.json").exists():  # nothing is made where nothing is: it would be kept as a backup
        print(f"{args.home} holds no data: name the folder with --home DIR", file=sys.stderr)
        return 1
    _settings()
    from fengchao.base.actor import operator
    from fengchao.base.audit import write_one
    from fengchao.base.backup import backup as write
    from fengchao.base.scope import acting

    print(f"backing up {args.home}", file=sys.stderr, flush=True)
    size = write(args.home, args.file.resolve())
    with acting(operator()) as by:
        write_one("backup", args.file.name[:80], by=by, size=size)
    key = args.home / "master.key"
    print(json.dumps({"file": str(args.file), "bytes": size, "key": str(key)}) if args.json else
          f"{args.file}: {size / 1e6:.1f} MB. The key is not in it: keep {key} in another place.")
    return 0


def restore(args: argparse.Namespace) -> int:
    _settings(key=args.key)
    from fengchao.base.backup import restore as read

    print(f"restoring into {args.home}", file=sys.stderr, flush=True)
    read(args.home, args.file)
    print(f"restored into {args.home}. Phones pull everything anew at their next contact; people sign in again.",
          file=sys.stderr if args.json else sys.stdout, flush=True)
    # In a process of its own, which finds the database that was not there when this one began.
    verify = ["admin", "verify-audit", "--restored", args.file.name, *(["--json"] if args.json else [])]
    return subprocess.call([sys.executable, "-m", "fengchao", "--home", str(args.home), *verify])


def _settings(key: Path | None = None) -> None:
    """Refusals are sentences, which need Django's settings; and those make a new key where there is none."""
    home = Path(os.environ["FENGCHAO_HOME"])
    if key is not None and not (home / "database.json").exists():
        from fengchao.base.keyfile import write_secret

        write_secret(home / "master.key", key.read_bytes())
    load_django()
