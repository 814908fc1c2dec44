"""Every write to the database is an action: named with a verb, with an actor, in actions.py or actions/."""

import ast
import re

from .source import PACKAGE, apps, python, short, tree, walk

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
NOUNS = {"areas", "accounts", "people", "sightings", "work", "maps", "reports", "privacy", "designs", "sync",
         "exchange", "web"}

# Where a write may stand outside actions, and why. May only shrink.
ELSEWHERE = {
    "fengchao/accounts/cli_admin.py": "commands of the operator of the machine",
}


def writes(file):
    """Calls like rows.update(...) on what looks like a query or a row; dictionaries and sets have update too."""
    for node in walk(file):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            text = ast.unparse(node.func.value)
            if "objects" in text or "filter(" in text or node.func.attr in WRITES - {"update", "create"}:
                yield f"{short(file)}:{node.lineno} {text[:60]}.{node.func.attr}"


def test_nothing_is_written_outside_actions():
    found = []
    for file in python(tests=False):
        parts = short(file).split("/")
        if parts[0] == "fengchao" and parts[1] in NOUNS and not {"actions", "actions.py"} & set(parts):
            found += [line for line in writes(file) if short(file) not in ELSEWHERE]
    assert not found, "write through an action:\n" + "\n".join(found)


def actions(app: str):
    """The functions an app offers as its writes: those of actions.py, or those its actions/ package names."""
    offered = offered_by(app)
    for file in python(tests=False):
        parts = short(file).split("/")
        if parts[:2] == ["fengchao", app] and {"actions", "actions.py"} & set(parts):
            for node in tree(file).body:
                if isinstance(node, ast.FunctionDef) and _writes(node) and (
                        node.name in offered if offered else not node.name.startswith("_")):
                    yield short(file), node


def offered_by(app: str) -> set[str]:
    package = PACKAGE / app / "actions" / "__init__.py"
    return set(re.findall(r'"(\w+)"', package.read_text().partition("__all__")[2])) if package.exists() else set()


def _writes(function: ast.FunctionDef) -> bool:
    calls = (n.func for n in ast.walk(function) if isinstance(n, ast.Call))
    names = {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls}
    return bool(names & (WRITES | {"write", "write_one"}))


def test_every_action_is_told_who_acts():
    missing = []
    for app in apps():
        for file, function in actions(app):
            if "by" not in {a.arg for a in [*function.args.args, *function.args.kwonlyargs]}:
                missing.append(f"{file}:{function.name}")
    assert not missing, "take the actor as by=:\n" + "\n".join(missing)
