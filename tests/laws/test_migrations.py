"""The models and the migrations say the same, and every migration says in its name what it does."""

from django.core.management import call_command

from .source import PACKAGE


def test_the_migrations_are_those_of_the_models(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)


def test_no_migration_is_named_by_the_clock():
    named = [m.name for m in PACKAGE.glob("*/migrations/0*.py") if "_auto_" in m.name or "_alter_" in m.name]
    assert not named
