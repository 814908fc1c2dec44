"""What a feed tells, to whom, and that its columns stay."""

import json
from pathlib import Path

import polars as pl
import pytest

from fengchao.areas.actions import add_overlay, change_overlay, end_overlay
from fengchao.areas.models import Grid, Overlay
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.exchange.feeds import FEEDS, SCHEMA, columns
from fengchao.people import privacy_classes as people
from fengchao.people.actions import add_building
from fengchao.reports.models import DailyReturn
from fengchao.sightings import privacy_classes as sightings
from fengchao.testing import ALICE, CAROL, DAVE, ELSEWHERE, GRID, HONGQIAO, NEXT_GRID, actor
from fengchao.work.actions import accept
from fengchao.work.models import Campaign, Form, Record

from .conftest import SECRETS, analyst, saw

PUBLISHED = json.loads((Path(__file__).parent / "published.json").read_text())
EMPTY = 350181005002  # a community of the same street of which there is nothing
STREET_STEWARD = actor("Grace", 7, ("data_steward", 350181005))


@pytest.mark.parametrize("feed", FEEDS.values(), ids=lambda feed: feed.code)
def test_every_feed_can_be_read_as_csv_and_as_parquet_with_the_columns_it_promises(feed, told):
    for form in ("csv", "parquet"):
        table = analyst().read(feed.code, form)
        assert table.columns == [column.name for column in columns(feed)]
        assert table.height > 0


@pytest.mark.parametrize("feed", FEEDS.values(), ids=lambda feed: feed.code)
def test_a_token_of_another_place_gets_nothing_of_it(feed, told):
    assert analyst(STREET_STEWARD, EMPTY).read(feed.code).height == 0
    beside = analyst(STREET_STEWARD, NEXT_GRID).read(feed.code)
    if "grid" in beside.columns:
        assert set(beside["grid"]) <= {str(NEXT_GRID)}


def test_parquet_holds_the_same_rows_with_types(doors):
    with acting(ALICE):
        accept([saw(task, "met") for task in doors], by=ALICE)
    text, typed = analyst().read("tasks"), analyst().read("tasks", "parquet")
    assert sorted(text["id"]) == sorted(typed["id"])
    assert typed.schema["last_at"] == pl.Datetime("us", "UTC")
    assert typed.schema["attempts"] == pl.Int64
    assert typed.filter(pl.col("state") == "done").height == 6
    assert not typed["gone"].any()


def test_a_token_shows_the_rows_of_its_area_and_no_others(doors, town):
    assert set(analyst().read("buildings")["grid"]) == {str(town.here.grid), str(town.next.grid)}
    street = analyst(STREET_STEWARD, 350181005)
    assert str(ELSEWHERE) in set(street.read("buildings")["grid"])
    narrow = analyst(STREET_STEWARD, GRID)
    assert set(narrow.read("buildings")["grid"]) == {str(GRID)}


def test_a_token_for_an_overlay_shows_its_ranges_follows_it_and_ends_with_it(doors, town):
    with acting(system_actor()) as system:
        Grid.objects.bulk_create(Grid(code=code, name=str(code)) for code in (GRID, NEXT_GRID, ELSEWHERE))
        overlay = add_overlay(by=system, name="滨海围合", kind="enclosure", areas=map(Area.of, (ELSEWHERE, NEXT_GRID)))
    reader = analyst(STREET_STEWARD, overlay)
    assert set(reader.read("buildings")["grid"]) == {str(ELSEWHERE), str(NEXT_GRID)}, "not what lies between"
    with acting(system_actor()) as system:
        change_overlay(by=system, overlay=overlay, areas=[Area.of(GRID)])
    assert set(reader.read("buildings")["grid"]) == {str(GRID)}
    with acting(system_actor()) as system:
        end_overlay(by=system, overlay=Overlay.objects.get())
    assert reader.get("buildings").status_code == 401


def test_the_grids_and_overlays_of_a_place_are_those_the_token_is_for(told):
    """These tables are under no policy: the feed keeps to the scope by itself."""
    with acting(system_actor()) as system:
        Grid.objects.create(code=ELSEWHERE, name="别处", kind="dedicated_grid")
        Grid.objects.filter(code=GRID).update(until=clock.today())
        wide = add_overlay(by=system, name="巡查", kind="circuit", areas=map(Area.of, (ELSEWHERE, NEXT_GRID)))
    assert set(analyst().read("grids")["grid"]) == {str(GRID), str(NEXT_GRID)}
    assert analyst().read("grids", "parquet").filter(pl.col("grid") == GRID)["until"].item() == clock.today()
    reader = analyst(STREET_STEWARD, wide)
    assert set(reader.read("grids")["grid"]) == {str(ELSEWHERE), str(NEXT_GRID)}, "not what lies between"
    parts = {(row["name"], row["lo"], row["hi"]) for row in reader.read("overlays", "parquet").to_dicts()}
    assert parts == {("巡查", ELSEWHERE, ELSEWHERE + 1), ("巡查", NEXT_GRID, NEXT_GRID + 1),
                     ("滨海围合", NEXT_GRID, NEXT_GRID + 1)}, "of an overlay only what is in the scope"


def test_a_return_is_told_as_it_was_confirmed_without_what_was_written_beside_it(told):
    with acting(CAROL):
        row = DailyReturn.objects.get()
    told_row = analyst().read("returns", "parquet").to_dicts()[0]
    assert json.loads(told_row["figures"]) == {line["code"]: line["value"] for line in row.lines}
    assert (told_row["community"], told_row["day"], told_row["nil"]) == (HONGQIAO, row.day, row.nil)
    assert "示例丁" not in str(told_row)
    assert analyst(STREET_STEWARD, GRID).read("returns").height == 0, "one grid is not the community"


def test_a_published_column_stays_as_it_is_and_new_ones_come_at_the_end_of_a_new_version():
    assert max(map(int, PUBLISHED)) == SCHEMA, "publish the new version in published.json"
    for feed in FEEDS.values():
        assert feed.code in PUBLISHED[str(feed.version)], "publish what the feed is from this version on"
    for version, feeds in PUBLISHED.items():
        for code, promised in feeds.items():
            now = [[c.name, c.type] for c in FEEDS[code].columns if max(c.since, FEEDS[code].since) <= int(version)]
            assert now == promised, f"{code} of version {version} was promised otherwise"
            assert [c.since for c in FEEDS[code].columns] == sorted(c.since for c in FEEDS[code].columns)


@pytest.mark.parametrize(("feed", "model"), [
    ("register", "Person"), ("households", "Household"), ("sightings", "Sighting"), ("premises", "Premises")])
def test_no_feed_has_a_column_by_which_somebody_could_be_found(feed, model):
    told = {c.value.removeprefix("t.").removesuffix("_id") for c in FEEDS[feed].columns}
    levels = people.CLASSES.get(model) or sightings.CLASSES[model]
    assert {name for name in told & levels.keys() if levels[name] != "open"} <= {"sex", "basis", "presence"}


def test_no_feed_tells_who_recorded_what_or_which_door_a_dwelling_is():
    for feed in FEEDS.values():
        names = {c.name for c in feed.columns}
        assert not {"by", "device", "assigned_to", "claimed_by", "last_by", "note", "room", "label", "walk"} & names


@pytest.mark.parametrize("feed", FEEDS)
def test_every_feed_goes_out_without_a_name_an_id_or_a_phone(feed, told):
    answer = b"".join(analyst().get(feed).streaming_content).decode()
    assert not any(secret in answer for secret in (*SECRETS.values(), "002X", "示例", "199000", "1号楼101"))


def test_answers_that_were_typed_stay_behind(doors, campaign):
    """Choices, numbers and dates are told; text may name somebody."""
    fields = [{"name": "people", "type": "integer"}, {"name": "help", "type": "select_one"},
              {"name": "said", "type": "text"}, {"name": "members", "type": "repeat"}]
    with acting(system_actor()):
        form = Form.objects.create(code="x", title="x", workbook=b"", xform="", fields=fields)
        Campaign.objects.update(form=form)
    with acting(CAROL):
        Record.objects.create(grid=GRID, campaign=campaign, task=doors[0], outcome="met", digest=b"x", answers={
            "people": 2, "help": "yes", "said": "示例甲", "members": [{"name": "示例乙"}]})
    assert [json.loads(a) for a in analyst().read("records")["answers"]] == [{"people": 2, "help": "yes"}]


def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe_in_csv_and_stays_as_it_is_in_parquet(town):
    with acting(system_actor()) as system:
        add_building(by=system, grid=GRID, name="=1+1号楼", number="9")
    assert "'=1+1号楼" in set(analyst().read("buildings")["name"])
    assert "=1+1号楼" in set(analyst().read("buildings", "parquet")["name"])


def test_every_reading_is_in_the_trail_with_how_many_rows_left(doors):
    analyst().read("tasks")
    with acting(CAROL):
        entry = AuditEntry.objects.get(action="read_feed")
    assert entry.grid == HONGQIAO * 1000
    assert entry.detail == {"feed": "tasks", "rows": 12, "full": True}


def test_a_feed_is_one_statement_however_many_rows(doors, django_assert_max_num_queries):
    reader = analyst()
    with django_assert_max_num_queries(14):
        reader.read("tasks")


def test_the_coverage_that_leaves_is_the_coverage_of_the_board(doors, campaign):
    from fengchao.base.places import Area
    from fengchao.work.coverage import of
    with acting(ALICE):
        accept([saw(task, "met") for task in doors[:4]] + [saw(doors[4], "nobody_home")], by=ALICE)
    rows = analyst().read("coverage", "parquet")
    with acting(DAVE):
        board = of(campaign, Area.of(HONGQIAO))
    assert rows.filter(pl.col("state") == "done")["tasks"].sum() == board.done == 4
    assert rows["tasks"].sum() == board.total
