"""Nobody writes unseen, least of all an administrator: every deed leaves its line in the audit trail."""

import ast

import pytest
from django.db import connection
from django.test import Client

from fengchao.accounts.models import Duty, User
from fengchao.base.actor import system_actor
from fengchao.base.models import AuditEntry
from fengchao.base.scope import acting
from fengchao.testing import ALICE, BOB, FRANK, GRID, HEIDI, HONGQIAO, browser, user_of

from .source import apps
from .test_urls import ROWS
from .test_writes import actions

PASSWORD = "nine lives of a cat"
# Where somebody is signed in, what they were shown once, what limits their guesses, how far a job is: no deed.
BOOKKEEPING = ("django_session", "usersessions_usersession", "accounts_cache", "axes_", "base_auditentry",
               "base_progress")


# Actions that leave the line to another, and why. May only shrink.
ELSEWHERE = {
    "make_collect_token": "the step that all tokens end with writes it",
    "touch_token": "when a token was last used stands on the token",
    "note_attempt": "the log of deliveries is the record of it",
    "confirm_people": "the record made at the door says so",
    "leave_people": "the record made at the door says so",
    "refresh": "matches and counts again what is there",
}


def _audits(function: ast.FunctionDef) -> bool:
    calls = {ast.unparse(node.func).split(".")[-1] for node in ast.walk(function) if isinstance(node, ast.Call)}
    return bool(calls & {"write", "write_one"})


def test_every_action_leaves_a_line_in_the_trail():
    silent = [f"{file}:{function.name}" for app in apps() for file, function in actions(app)
              if not _audits(function) and function.name not in ELSEWHERE]
    assert not silent, "end with audit.write_one:\n" + "\n".join(silent)


class Writes:
    """The tables that a request changed, as Django's connection saw it."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        words = str(sql).replace('"', "").split()
        at = {"INSERT": 2, "UPDATE": 1, "DELETE": 2}.get(words[0].upper())
        if at and not words[at].startswith(BOOKKEEPING):
            self.tables.add(words[at])
        return execute(sql, params, many, context)


def lines() -> int:
    with acting(system_actor()):
        return AuditEntry.objects.count()


def unlogged(client: Client, path: str) -> str | None:
    """What a post changed without a line in the trail; nothing if all is well. A refusal undoes what was written."""
    before, writes = lines(), Writes()
    with connection.execute_wrapper(writes):
        answer = client.post(path)
    if answer.status_code < 400 and writes.tables and lines() == before:
        return f"{path} changed {', '.join(sorted(writes.tables))}"
    return None


@pytest.fixture
def heidi(world) -> Client:
    client = browser(HEIDI)
    client.raise_request_exception = False
    return client


def test_an_administrator_posts_to_every_address_and_changes_nothing_unlogged(heidi, world):
    places = {"community": HONGQIAO, "grid": GRID, "frank": FRANK.id, "door": world.task.dwelling_id} | {
        name: row.id for name, row in vars(world).items()}
    found = [unlogged(heidi, path.format(**places)) for _name, method, path, *_ in ROWS if method == "POST"]
    assert not list(filter(None, found))


def test_whatever_an_administrator_can_do_with_an_account_is_logged(heidi, world):
    duty = Duty.objects.get(user_id=BOB.id, overlay=None)
    deeds = [
        ("/users/new", {"username": "walter", "name": "Walter", "home": 35}),
        (f"/duties/give?area={GRID}&role=grid_worker", {"user": FRANK.id}),
        (f"/duties/{duty.id}/end", {}),
        (f"/users/{ALICE.id}/reset", {}), (f"/users/{ALICE.id}/sign-out", {}),
        (f"/users/{ALICE.id}/close", {}), (f"/users/{ALICE.id}/open", {}),
        ("/emergency", {"area": GRID, "reason": "life", "words": "有人走失"}),
        ("/filters/save?role=inspector", {"name": "督导员", "next": "/users?role=inspector"}),
    ]
    for path, body in deeds:
        before = lines()
        assert heidi.post(path, body).status_code in (200, 302), path
        assert lines() > before, path


def test_signing_in_and_out_and_failing_to_is_logged(world):
    alice = user_of(ALICE)
    alice.set_password(PASSWORD)
    User.objects.filter(id=alice.id).update(password=alice.password)
    client = Client()
    for page, password, action in (("login", "wrong", "sign_in_failed"), ("login", PASSWORD, "signed_in"),
                                   ("logout", "", "signed_out")):
        client.post(f"/accounts/{page}/", {"login": "alice", "password": password})
        with acting(system_actor()):
            assert AuditEntry.objects.latest("id").action == action
