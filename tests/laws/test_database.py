"""The database itself refuses: every place-bound table is under a policy, and with nothing stated shows nothing."""

import pytest
from django.apps import apps
from django.db import connection, models

from fengchao.areas.moving import followers
from fengchao.base.actor import system_actor
from fengchao.base.models import PlaceBound
from fengchao.base.scope import acting

SETTINGS = ("actor", "lo", "hi", "scope", "buildings", "people")  # what a new connection has not been told
pytestmark = pytest.mark.django_db


def place_bound() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, PlaceBound)]


def ask(sql: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def with_rows(tables: set[str]) -> set[str]:
    return {table for table in tables if ask(f"SELECT count(*) FROM {table}") != [(0,)]}


@pytest.mark.parametrize("model", place_bound(), ids=lambda m: m.__name__)
def test_every_place_bound_table_is_under_a_policy(model):
    table = model._meta.db_table
    assert ask("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", table) == [(True,)]
    assert ask("SELECT count(*) FROM pg_policy WHERE polrelid = %s::regclass", table)[0][0] >= 1


@pytest.mark.parametrize("model", place_bound(), ids=lambda m: m.__name__)
def test_every_place_bound_table_has_an_index_led_by_its_place(model):
    first = ask("""SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid
        AND a.attnum = i.indkey[0] WHERE i.indrelid = %s::regclass""", model._meta.db_table)
    assert ("grid",) in first


def test_every_table_with_a_place_is_place_bound_or_says_why():
    free = {"areas_grid", "base_auditentry", "base_tombstone", "base_progress", "work_counter"}
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if model.__module__.startswith("fengchao") and "grid" in names and not issubclass(model, PlaceBound):
            assert model._meta.db_table in free, f"{model.__name__} has a grid: make it PlaceBound"


# What happened stays where it happened, and what somebody sent stays where they worked.
STAYS = {"accounts_emergencyaccess", "accounts_stafflist", "areas_nationalfile", "areas_regridding", "designs_design",
         "exchange_delivery", "exchange_webhook", "maps_boundary", "maps_mapimport", "people_importrun",
         "privacy_accesslog",
         "privacy_approval", "privacy_certificate", "privacy_inventory", "reports_dailyreturn", "sightings_estimate",
         "sightings_source", "sync_attachment", "sync_complaint", "sync_heldoperation", "sync_operation",
         "work_record", "work_signoff"}


@pytest.mark.parametrize("model", place_bound(), ids=lambda m: m.__name__)
def test_every_place_bound_table_moves_with_its_building_or_says_that_it_stays(model):
    moving = " ".join(statement for one in followers for statement in one.moves)
    table = model._meta.db_table
    assert (f"UPDATE {table} t " in moving) != (table in STAYS), "register its statement: areas.moving.Follower"


def test_tables_read_without_a_model_are_under_a_policy_too():
    for table in ("base_auditentry", "base_tombstone", "work_counter"):
        assert ask("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", table) == [(True,)], table


def test_a_query_without_scope_returns_nothing(world):
    """Of one world for all tables: to make it takes longer than to ask them."""
    tables = {model._meta.db_table for model in place_bound()}
    with acting(system_actor()):
        assert with_rows(tables) == tables, "give the law a row to hide: tests/conftest.py"
    ask("SELECT " + ", ".join(f"set_config('fengchao.{name}', '', true)" for name in SETTINGS))
    assert with_rows(tables) == set()


def test_the_login_owns_nothing_and_bypasses_nothing():
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND relkind = 'r'") == [(0,)]
    assert ask("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False,)]
