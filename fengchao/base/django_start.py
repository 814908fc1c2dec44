"""How every command begins: the database answers, Django is set up, the tables are those of this version."""

import os
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from . import messages, postgres
from .loading import load_django

PACKAGE = Path(__file__).resolve().parents[1]
WITH_TABLES = ("django", "django-allauth", "django-axes", "procrastinate")  # bring migrations of their own


def start(home: Path) -> postgres.Urls:
    """`ready`, and Django with all its tables may be used from here on."""
    urls = ready(home)
    load_django()
    return urls


def ready(home: Path) -> postgres.Urls:
    """All that a process needs which only starts others: without Django's tables, which take a second to load.

    Quick when nothing has to be done: the state of the tables is written on the table of migrations itself, so it
    travels with a backup and cannot be left behind in a folder."""
    os.environ["FENGCHAO_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengchao.settings")
    messages.compile_all()
    urls = postgres.ensure(home)
    migrate(urls.owner)
    return urls


def migrate(owner_url: str) -> None:
    wanted = fingerprint()
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('fengchao.migrate'))")
        if _found(connection) == wanted:
            return
        load_django()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", database="owner", verbosity=0, interactive=False)
        connections["owner"].close()
        connection.execute(sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(sql.Literal(wanted)))


def fingerprint() -> str:
    """Changes with every migration of ours, with every release of a package that has some, and with which are used."""
    from django.conf import settings

    digest = sha256(" ".join(settings.INSTALLED_APPS).encode())
    for file in sorted([*PACKAGE.glob("*/migrations/*.py"), PACKAGE / "base" / "rls.py"]):
        digest.update(file.read_bytes())
    digest.update(" ".join(version(name) for name in WITH_TABLES).encode())
    return digest.hexdigest()[:24]


def _found(connection: psycopg.Connection) -> str | None:
    row = connection.execute("SELECT obj_description(to_regclass('django_migrations'), 'pg_class')").fetchone()
    return row[0] if row else None
