"""An overlay is chosen like any other place: every page shows what lies in it, and nothing of what lies between."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from fengchao.accounts.actions import give_overlay_duty
from fengchao.accounts.models import User
from fengchao.areas.actions import add_overlay, carry_out, change_overlay, end_overlay, plan_regridding, undo
from fengchao.areas.models import Overlay
from fengchao.areas.tests.regridding import Ground, lay, wanted
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area, ground
from fengchao.base.scope import acting, everywhere, look_at
from fengchao.people.models import Dwelling, Person
from fengchao.sightings.models import Estimate, Sighting, Source
from fengchao.sync.campaigns import running
from fengchao.sync.reach import reach_of
from fengchao.testing import (
    ALICE,
    BOB,
    CAROL,
    DAVE,
    ELSEWHERE,
    FRANK,
    GRID,
    HONGQIAO,
    NEXT_GRID,
    actor,
    browser,
    user_of,
)
from fengchao.work.actions import create_tasks, declare, sign_off
from fengchao.work.coverage import of
from fengchao.work.models import Campaign, Task
from fengchao.work.queries import campaigns_in, workers_in

pytestmark = pytest.mark.django_db
APART = (ELSEWHERE, NEXT_GRID)  # Alice's grid lies between them
JUDY = actor("Judy", 10)
PAGES = ("/board", "/doors", "/coverage", "/campaigns", "/campaigns/declare", "/register", "/map", "/map/imports",
         "/returns", "/seen", "/matrix", "/phones", "/phones/held", "/areas/overlays", "/designs",
         "/places", "/doors/paper")


@pytest.fixture
def laid(db) -> Ground:
    user_of(JUDY)
    return lay()


def draw(*places: int, by=DAVE, name="滨海围合", **more) -> Overlay:
    with acting(by):
        return add_overlay(by=by, name=name, kind="enclosure", areas=map(Area.of, places), **more)


def declared(overlay: Overlay, by=DAVE) -> Campaign:
    with acting(by):
        row = declare(by=by, name="围合摸排", kind_code="verify_visit", purpose="核对住户", basis="突发事件应对法",
                      area=overlay.ground, overlay=overlay.id, deadline=clock.now() + timedelta(days=3),
                      expires=clock.today() + timedelta(days=90))
        list(create_tasks(by=by, campaign=row))
        row.refresh_from_db()
        return row


def grids_of(campaign: Campaign) -> set[int]:
    with acting(system_actor()):
        return set(Task.objects.filter(campaign=campaign).values_list("grid", flat=True))


def shown(who, path: str) -> str:
    answer = browser(who).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_whoever_looks_at_it_sees_its_ranges_and_nothing_between_them(laid):
    with acting(DAVE):
        look_at(ground(map(Area.of, APART)))
        assert set(Person.objects.values_list("grid", flat=True)) == set(APART)
        with everywhere():
            assert GRID in set(Person.objects.values_list("grid", flat=True))
        assert GRID not in set(Person.objects.values_list("grid", flat=True))
        with acting(CAROL):
            assert set(Person.objects.values_list("grid", flat=True)) == {GRID, NEXT_GRID}, "somebody else looks"
        assert set(Person.objects.values_list("grid", flat=True)) == set(APART)


def test_looking_never_shows_more_than_the_scope(laid):
    with acting(FRANK):
        look_at(ground(map(Area.of, APART)))
        assert set(Person.objects.values_list("grid", flat=True)) == {ELSEWHERE}


def test_what_may_be_done_is_asked_for_every_range(laid):
    area = ground(map(Area.of, APART))
    assert DAVE.may(P.DECLARE, area)
    assert not CAROL.may(P.DECLARE, area), "half of it is not hers"
    assert CAROL.may(P.DECLARE, ground([Area.of(NEXT_GRID)]))
    with pytest.raises(Refused):
        declared(draw(*APART), by=CAROL)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_with_a_place_opens_for_an_overlay(page, laid):
    overlay = draw(*APART)
    kind = "&kind=verify_visit" if "declare" in page else ""
    assert overlay.name in shown(DAVE, f"{page}?area={overlay.id}{kind}")


def test_beside_the_tree_of_places_it_shows_what_it_consists_of(laid):
    overlay = draw(ELSEWHERE // 1000, NEXT_GRID)
    text = shown(DAVE, f"/areas?area={overlay.id}")
    assert overlay.name in text and "修改或停用" in text and "不在您的职责范围内" not in text
    assert all(f'href="?area={code}"' in text for code in (ELSEWHERE // 1000, NEXT_GRID)) and str(GRID) not in text
    text = shown(CAROL, f"/areas?area={overlay.id}")
    assert f'href="?area={NEXT_GRID}"' in text and str(ELSEWHERE // 1000) not in text
    assert "不在您的职责范围内" in text and "修改或停用" not in text
    assert browser(FRANK).get(f"/areas?area={draw(NEXT_GRID).id}").status_code == 404


def test_what_other_sources_saw_is_compared_in_it_unless_it_is_wider_than_a_street(laid):
    overlay = draw(*APART)
    with acting(system_actor()):
        source = Source.objects.create(grid=HONGQIAO * 1000, name="物业", purpose="核对", expires=clock.today(),
                                       seen_on=clock.today(), by=CAROL.id)
        for grid in (GRID, NEXT_GRID):
            Sighting.objects.create(source=source, grid=grid, name=f"路人{grid % 10}", seen_on=clock.today(),
                                    expires=clock.today(), identity=b"%d" % grid)
        Estimate.objects.create(grid=HONGQIAO * 1000, registered=4711)
        wide = add_overlay(by=system_actor(), name="全市", kind="zone", areas=[Area.of(350181)])
    text = shown(DAVE, f"/seen?area={overlay.id}")
    assert "路人2" in text and "路人1" not in text and "物业" in text and "4711" not in text.replace(",", "")
    assert "请先选一个街道" in shown(DAVE, f"/seen?area={wide.id}")


def test_its_board_counts_its_doors_and_names_its_buildings_and_workers(laid):
    text = shown(DAVE, f"/board?area={draw(*APART).id}")
    assert "3号楼" in text and "4号楼" in text and "Frank" in text
    assert "1号楼" not in text and "Alice" not in text


def test_its_lists_leave_out_what_lies_between(laid):
    overlay = draw(*APART)
    for page in ("/doors", "/register", "/map", "/doors/paper"):
        text = shown(DAVE, f"{page}?area={overlay.id}")
        assert "3号楼" in text and "1号楼" not in text, page


def test_somebody_is_looked_for_everywhere_whatever_place_is_shown(laid):
    with acting(system_actor()):
        hidden = Person.objects.filter(grid=GRID).first()
    assert hidden.name in shown(DAVE, f"/register?area={draw(*APART).id}&q={hidden.name}")


def test_of_one_that_reaches_beyond_the_scope_only_ones_own_part_is_shown(laid):
    overlay = draw(*APART)
    text = shown(CAROL, f"/coverage?area={overlay.id}")
    assert f"第{NEXT_GRID % 1000}网格" in text
    with acting(CAROL):
        look_at(overlay.ground)
        assert of(laid.campaign, overlay.ground).total == 3


def test_nobody_is_told_of_one_that_has_nothing_of_theirs(laid):
    overlay = draw(ELSEWHERE)
    assert browser(CAROL).get(f"/board?area={overlay.id}").status_code == 404
    assert browser(CAROL).get("/board?area=no-such-place").status_code == 404
    assert overlay.name not in shown(CAROL, "/places")


def test_one_that_has_ended_or_not_begun_is_not_offered(laid):
    soon = draw(*APART, name="明天的片", since=clock.today() + timedelta(days=1))
    over = draw(*APART, name="昨天的片")
    now = draw(*APART, name="今天的片")
    campaign = declared(over)
    with acting(DAVE):
        end_overlay(by=DAVE, overlay=over)
    text = shown(DAVE, "/places")
    assert now.name in text and soon.name not in text and over.name not in text
    assert soon.name in shown(DAVE, "/areas/overlays")
    assert "昨天的片" in shown(DAVE, f"/coverage?area={over.id}&campaign={campaign.id}"), "what was done stays readable"
    assert "昨天的片" in shown(DAVE, f"/campaigns/{campaign.id}")
    dave = browser(DAVE)
    dave.get(f"/board?area={now.id}")
    assert now.name in dave.get("/board").content.decode(), "it is remembered"
    with acting(DAVE):
        end_overlay(by=DAVE, overlay=now)
    assert now.name not in dave.get("/board").content.decode()


def test_a_campaign_on_it_makes_a_task_for_every_door_in_it_and_for_no_other(laid):
    campaign = declared(draw(*APART))
    assert grids_of(campaign) == set(APART)
    with acting(system_actor()):
        assert Task.objects.filter(campaign=campaign).count() == 6
        Dwelling.objects.filter(grid=GRID).update(walk=9)
        list(create_tasks(by=system_actor(), campaign=campaign))
    assert grids_of(campaign) == set(APART), "nor later, when a door between them changes"


def test_those_between_are_not_told_of_the_campaign(laid):
    campaign = declared(draw(*APART))
    with acting(CAROL):
        assert campaign in campaigns_in(Area.of(NEXT_GRID))
        assert campaign not in campaigns_in(Area.of(GRID))
    with acting(ALICE):
        assert campaign not in running(reach_of(ALICE))
    with acting(FRANK):
        assert campaign in running(reach_of(FRANK))
    assert browser(ALICE).get(f"/campaigns/{campaign.id}").status_code == 404


def test_the_page_declares_it(laid):
    overlay = draw(*APART)
    said = {"name": "围合摸排", "purpose": "核对", "basis": "突发事件应对法", "subject": "dwelling", "sure": "1",
            "deadline": (clock.today() + timedelta(days=2)).isoformat() + "T18:00",
            "expires": (clock.today() + timedelta(days=60)).isoformat()}
    answer = browser(DAVE).post(f"/campaigns/declare?area={overlay.id}&kind=verify_visit", said)
    assert answer.status_code == 302, answer.content.decode()
    campaign = Campaign.objects.get(overlay=overlay.id)
    assert campaign.area == overlay.ground


def test_drawn_anew_it_is_another_but_what_was_declared_is_what_was_declared(laid):
    overlay = draw(*APART)
    campaign = declared(overlay)
    with acting(DAVE):
        change_overlay(by=DAVE, overlay=overlay, areas=[Area.of(GRID)])
        list(create_tasks(by=DAVE, campaign=Campaign.objects.get(id=campaign.id)))
    assert grids_of(campaign) == set(APART)


def test_its_campaign_keeps_to_its_ground_when_grids_are_divided(laid):
    overlay = draw(ELSEWHERE, GRID)
    campaign = declared(overlay)
    with acting(CAROL):
        made = carry_out(by=CAROL, regridding=plan_regridding(
            by=CAROL, title="分格", plan=wanted(one=(laid.one, "梧桐"), two=(laid.two, "银杏"))))
    now = Campaign.objects.get(id=campaign.id)
    assert grids_of(now) == {ELSEWHERE, GRID + 2, GRID + 3}
    assert now.area == Overlay.objects.get().ground == ground(map(Area.of, (ELSEWHERE, GRID + 2, GRID + 3)))
    with acting(CAROL):
        undo(by=CAROL, regridding=made)
    assert Campaign.objects.get(id=campaign.id).area == campaign.area == Overlay.objects.get().ground


def test_coverage_has_a_line_for_every_overlay_of_the_place(laid):
    draw(NEXT_GRID, ELSEWHERE, name="滨海围合")
    draw(ELSEWHERE, name="别处的片")
    text = shown(CAROL, f"/coverage?area={HONGQIAO}&campaign={laid.campaign.id}")
    assert "按片区与线路" in text and "滨海围合" in text and "别处的片" not in text


def test_it_is_signed_in_its_places_not_by_itself(laid):
    overlay = draw(*APART)
    with acting(DAVE), pytest.raises(Refused) as why:
        sign_off(by=DAVE, campaign=laid.campaign, area=overlay.ground)
    assert why.value.code == "sign_places"


def test_whoever_has_a_duty_for_it_begins_there(laid):
    overlay = draw(*APART)
    with acting(DAVE):
        give_overlay_duty(by=DAVE, user=User.objects.get(id=JUDY.id), role="grid_worker", overlay=overlay)
    assert overlay.name in browser(JUDY).get("/places").content.decode()


def test_whom_to_ring_there_are_those_of_its_ranges(laid):
    with acting(DAVE):
        names = {worker.name for worker in workers_in(ground(map(Area.of, APART)))}
    assert "Frank" in names and not names & {"Alice", "Bob"}


def test_its_return_is_that_of_the_communities_it_lies_in(laid):
    text = shown(DAVE, f"/returns?area={draw(*APART).id}")
    assert f"虚构{HONGQIAO}" in text and f"虚构{ELSEWHERE // 1000}" in text


def test_a_place_of_the_tree_is_read_as_before(laid):
    overlay = draw(*APART)
    dave = browser(DAVE)

    def asked(code: object) -> list[str]:
        dave.get(f"/board?area={code}")
        with CaptureQueriesContext(connection) as seen:
            dave.get(f"/board?area={code}")
        return [one["sql"] for one in seen]

    of_the_tree = asked(HONGQIAO)
    assert sum("fengchao.scope" in sql for sql in of_the_tree) == 1
    assert not any("areas_overlay" in sql for sql in of_the_tree)
    assert sum("fengchao.scope" in sql for sql in asked(overlay.id)) > 1


def test_its_workbooks_hold_its_rows_and_need_the_permission_for_all_of_it(laid):
    overlay = draw(*APART)
    answer = browser(DAVE).get(f"/doors/export?area={overlay.id}")
    assert answer.status_code == 200
    _, *rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    assert {row[0] for row in rows if str(row[0]).isdecimal()} == {str(NEXT_GRID)}
    assert browser(CAROL).get(f"/doors/export?area={overlay.id}").status_code == 403


def test_a_worker_of_the_grid_between_does_not_find_it(laid):
    assert browser(BOB).get(f"/doors?area={draw(*APART).id}").status_code == 404
