"""Databases for tests: one template a state of the migrations, one clone a test run.

Lives in `base` because the drill and the benchmarks make throw-away databases in the same way.
"""

import os
from hashlib import sha256

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from . import postgres
from .django_start import fingerprint

TEST_APP = "fengchao_test_app"
_counter = 0


def server() -> postgres.Urls:
    """Owner and working login on the server under test, made if missing."""
    given = os.environ.get("FENGCHAO_TEST_DATABASE_URL")
    if not given:
        return postgres.ensure(settings.HOME)
    password = sha256(given.encode()).hexdigest()[:24]
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('fengchao.tests.role'))")
        postgres.make_role(connection, TEST_APP, password, "LOGIN")
    return postgres.Urls(given, postgres.with_login(given, TEST_APP, password, "postgres"))


def create(worker: str = "main") -> str:
    """A migrated, empty database; both aliases point to it. Returns its name."""
    global _counter
    _counter += 1
    urls = server()
    template = _template(urls)
    name = f"fengchao_test_{os.getpid()}_{worker}_{_counter}"
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    point_to(urls, name)
    return name


def point_to(urls: postgres.Urls, name: str) -> None:
    for alias, url in (("owner", urls.owner), ("default", urls.app)):
        connections[alias].close()
        target = connections[alias].settings_dict
        target.update(postgres.django_settings(url), NAME=name)
        target["OPTIONS"].pop("pool", None)


def drop(name: str) -> None:
    connections.close_all()
    with psycopg.connect(server().owner, autocommit=True) as connection:
        drop_on(connection, name)


OURS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"


def drop_on(connection: psycopg.Connection, name: str) -> None:
    """Not WITH (FORCE): that would have to end the server's own cleaning (autovacuum) too, which an ordinary login may
    not, while a plain DROP sends it away."""
    connection.execute(OURS, [name])
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _template(urls: postgres.Urls) -> str:
    name = f"fengchao_template_{fingerprint()}"
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('fengchao.tests.template'))")
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
            return name
        _build(urls, connection, f"{name}_draft")
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(f"{name}_draft"), sql.Identifier(name))
        )
    return name


def _build(urls: postgres.Urls, connection: psycopg.Connection, name: str) -> None:
    drop_on(connection, name)
    owner = postgres.django_settings(urls.owner)["USER"] or connection.info.user
    postgres.make_database(connection, name, str(owner))
    app = str(postgres.django_settings(urls.app)["USER"])
    postgres.grant(postgres.on_database(urls.owner, name), app)
    point_to(urls, name)
    call_command("migrate", database="owner", verbosity=0)
    connections.close_all()
