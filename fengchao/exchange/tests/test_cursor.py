"""Changes since a cursor: nothing is skipped, whatever commits late, and what has gone is told."""

from contextlib import contextmanager
from datetime import timedelta
from random import Random
from threading import Event, Thread

import pytest
from django.db import connections

from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.exchange.feeds import FEEDS
from fengchao.people.actions import add_building, add_dwelling, add_person, merge_people
from fengchao.people.actions.persons import household_of
from fengchao.people.models import Building, Person
from fengchao.reports.actions import confirm_return
from fengchao.sightings.actions import forget_expired
from fengchao.sightings.models import Sighting, Source
from fengchao.testing import ALICE, CAROL, ELSEWHERE, GRID, HONGQIAO, NEXT_GRID
from fengchao.work.actions import accept, create_tasks, declare
from fengchao.work.models import Task

from .conftest import analyst, quiet, saw


@contextmanager
def unfinished(write):
    """What `write` writes is committed only when the block ends."""
    begun, may_end = Event(), Event()

    def transaction():
        try:
            with acting(system_actor()) as system:
                write(system)
                begun.set()
                may_end.wait(20)
        finally:
            connections.close_all()

    writer = Thread(target=transaction)
    writer.start()
    assert begun.wait(20)
    try:
        yield
    finally:
        may_end.set()
        writer.join()


def building(by, n):
    return add_building(by=by, grid=GRID, name=f"{n}号楼", number=str(n))


def household(by, n):
    return household_of(add_dwelling(by=by, building=building(by, n), entrance="1", floor=1, room="101"))


def stranger(by, n):
    until = clock.today() + timedelta(days=7)
    source = Source.objects.create(grid=HONGQIAO * 1000, name=f"名单{n}", purpose="核对", expires=until,
                                   seen_on=clock.today())
    return Sighting.objects.create(grid=GRID, source=source, name="示例甲", seen_on=clock.today(), expires=until,
                                   identity=b"x")


def stated(by, n):
    return confirm_return(by=by, community=HONGQIAO, day=clock.today() - timedelta(days=n))


@pytest.mark.parametrize(("feed", "write"), [
    ("buildings", building), ("households", household), ("sightings", stranger), ("returns", stated)])
def test_a_row_that_commits_late_is_read_by_the_next_reading(feed, write, committed):
    """The writer takes its number first; a later one commits and is read; then the first commits."""
    reader = analyst()
    quiet()
    copy = reader.follow({}, feed)
    assert copy == {}
    with unfinished(lambda by: write(by, 1)):
        with acting(system_actor()) as system:
            later = write(system, 2)
        copy = reader.follow(copy, feed)
        assert set(copy) == {str(later.id)}
    copy = reader.follow(copy, feed)
    assert not reader.full
    assert len(copy) == 2
    quiet()
    reader.follow(copy, feed)
    assert reader.read(feed).height == 0, "what has been told is not told again"


@pytest.mark.parametrize("feed", [feed for feed in FEEDS.values() if not feed.whole], ids=lambda feed: feed.code)
def test_no_change_of_a_table_that_is_followed_escapes_its_cursor(feed, db):
    """Every change takes a new number and every row that goes leaves a tombstone, or the login may not do it at all."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [feed.table])
        triggers = {name for (name,) in cursor}
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE'), has_table_privilege(%s, 'DELETE')", [feed.table] * 2)
        may_change, may_delete = cursor.fetchone()
    assert not may_change or {"touch", "moved", "moved_together"} <= triggers
    assert not may_delete or "gone" in triggers


def test_somebody_seen_is_told_as_gone_once_registered_and_once_forgotten(told):
    reader = analyst()
    with acting(system_actor()):
        Source.objects.update(expires=clock.today() - timedelta(days=1))
        known, expired = (Sighting.objects.create(
            grid=GRID, source=Source.objects.get(), name=name, seen_on=clock.today(), identity=name.encode(),
            expires=clock.today() + timedelta(days=days)) for name, days in (("示例戊", 1), ("示例己", -1)))
    copy = reader.follow({}, "sightings")
    assert {str(known.id), str(expired.id)} < set(copy)
    with acting(system_actor()) as system:
        Sighting.objects.filter(id=known.id).update(person=Person.objects.get())
        forget_expired(by=system)
    assert set(reader.follow(copy, "sightings")) == set(copy) - {str(known.id), str(expired.id)}


def test_what_is_deleted_moved_away_or_merged_is_told_as_gone(committed):
    with acting(system_actor()) as system:
        stays, goes, moves = (add_building(by=system, grid=GRID, name=f"{n}号楼", number=str(n)) for n in (1, 2, 3))
    reader = analyst()
    copy = reader.follow({}, "buildings")
    assert len(copy) == 3
    with acting(system_actor()):
        Building.objects.filter(id=goes.id).delete()
        Building.objects.filter(id=moves.id).update(grid=ELSEWHERE)
    assert set(reader.follow(copy, "buildings")) == {str(stays.id)}


def test_a_copy_that_follows_the_changes_is_the_copy_read_anew(committed):
    """The law of every feed: old copy + changes = new copy, whatever happened in between."""
    chance, reader, copy, there = Random(8), analyst(), {}, []

    def add(n):
        with acting(system_actor()) as system:
            made = add_building(by=system, grid=chance.choice([GRID, ELSEWHERE]), name=f"{n}号楼", number=str(n))
            there.append(made.id)

    def change(_):
        with acting(system_actor()):
            Building.objects.filter(id=chance.choice(there)).update(floors=chance.randrange(1, 30))

    def move(_):
        with acting(system_actor()):
            Building.objects.filter(id=chance.choice(there)).update(grid=chance.choice([GRID, NEXT_GRID, ELSEWHERE]))

    def delete(_):
        with acting(system_actor()):
            Building.objects.filter(id=there.pop(chance.randrange(len(there)))).delete()

    for n in range(40):
        chance.choice([add, add, change, move, delete] if len(there) > 3 else [add])(n)
        if chance.random() < 0.3:
            copy = reader.follow(copy, "buildings")
    copy = reader.follow(copy, "buildings")
    reader.cursor = ""
    assert copy == reader.follow({}, "buildings")
    assert 0 < len(copy) < len(there)


def test_the_one_of_two_merged_people_is_told_as_gone(doors):
    with acting(CAROL):
        kept, twin = (add_person(by=CAROL, dwelling=doors[0].dwelling, name="示例甲") for _ in range(2))
    reader = analyst()
    copy = reader.follow({}, "register")
    assert set(copy) == {str(kept.id), str(twin.id)}
    with acting(CAROL):
        merge_people(by=CAROL, keep=kept.id, gone=twin.id)
    assert set(reader.follow(copy, "register")) == {str(kept.id)}


def test_an_erased_answer_is_told_once_more_and_empty(committed):
    """An erasure that did not reach the copies would be none."""
    with acting(system_actor()) as system:
        building = add_building(by=system, grid=GRID, name="1号楼", number="1")
        add_dwelling(by=system, building=building, entrance="1", floor=1, room="101")
        row = declare(by=system, name="敲门", kind_code="verify_visit", purpose="核对", basis="法",
                      area=Area.of(HONGQIAO), deadline=clock.now() + timedelta(days=3),
                      expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=system, campaign=row))
    with acting(ALICE):
        accept([saw(Task.objects.get(), "met")], by=ALICE)
    reader = analyst()
    quiet()
    copy = reader.follow({}, "records")
    assert reader.read("records").height == 0
    with connections["owner"].cursor() as eraser:
        eraser.execute("UPDATE work_record SET answers = '{}'")
    told = reader.read("records")
    assert not reader.full
    assert list(told["id"]) == list(copy)


def test_a_cursor_of_another_reach_or_of_nobody_reads_everything_anew(doors):
    wide, narrow = analyst(), analyst(area=GRID)
    wide.read("tasks")
    for cursor in (wide.cursor, "nonsense", "A" * 5000, "WyJ4IiwxLDIsM10"):
        answer = narrow.get("tasks", cursor=cursor)
        assert answer["X-Fengchao-Full"] == "true"
        assert answer["X-Fengchao-Rows"] == "6"
        assert b"".join(answer.streaming_content)
