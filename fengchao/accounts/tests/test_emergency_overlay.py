"""Looking into a place the tree lacks: each community it lies in is told of its part, sees it and judges it."""

import pytest
from django.test import Client

from fengchao.accounts.emergency import actions
from fengchao.accounts.emergency.models import EmergencyAccess
from fengchao.accounts.emergency.queries import live_of, looks
from fengchao.areas.actions import add_overlay, carry_out, change_overlay, end_overlay, plan_regridding
from fengchao.areas.models import Grid, Overlay
from fengchao.areas.tests.regridding import Ground, lay, wanted
from fengchao.base.actor import Actor, system_actor
from fengchao.base.errors import Refused
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.models import Person
from fengchao.testing import ALICE, CAROL, DAVE, ELSEWHERE, FRANK, GRACE, GRID, HONGQIAO, NEXT_GRID, actor, browser

pytestmark = pytest.mark.django_db
REASON = {"reason": "missing", "words": "八旬老人走失，家属求助"}
OTHER = 350181005002001  # between Frank's community and Carol's
IVAN = actor("Ivan", 9, ("community_secretary", ELSEWHERE // 1000))
JUDY = actor("Judy", 10, ("grid_worker", OTHER))
JUDGE = {"justified": "yes", "verdict": "找到了老人"}


@pytest.fixture
def ground(db) -> Ground:
    Grid.objects.bulk_create(Grid(code=code, name="空") for code in (GRID + 2, ELSEWHERE + 1))
    return lay()


@pytest.fixture
def enclosure(ground) -> Overlay:
    """A grid of Frank's community and one of Carol's."""
    return draw(GRID, ELSEWHERE)


def draw(*codes: int, **more) -> Overlay:
    with acting(system_actor()) as system:
        return add_overlay(by=system, kind="enclosure", areas=map(Area.of, codes), **{"name": "南门围合"} | more)


def opened(where: Overlay, by: Actor = JUDY) -> Client:
    client = browser(by)
    answer = client.post("/emergency", {"area": str(where.id), **REASON})
    assert answer["Location"] == f"/register?area={where.id}"
    return client


def refused(where: Area | Overlay, by: Actor = JUDY) -> str:
    with acting(by), pytest.raises(Refused) as why:
        actions.begin(by=by, where=where, **REASON)
    return why.value.code


def homes(client: Client) -> set[int]:
    """The grids of the people whom the pages of this browser can reach."""
    with acting(system_actor()):
        everybody = list(Person.objects.values_list("id", "grid"))
    return {grid for id_, grid in everybody if client.get(f"/register/people/{id_}").status_code == 200}


def rows() -> list[EmergencyAccess]:
    with acting(system_actor()):
        return list(EmergencyAccess.objects.order_by("grid"))


def redraw(overlay: Overlay, *codes: int) -> None:
    with acting(system_actor()) as system:
        change_overlay(by=system, overlay=overlay, areas=map(Area.of, codes))


def text(response) -> str:
    return response.content.decode()


def test_it_opens_what_is_in_it_and_nothing_between_its_ranges_and_every_page_says_its_name(enclosure):
    judy = opened(enclosure)
    assert homes(judy) == {GRID, ELSEWHERE}
    shown = text(judy.get(f"/register?area={enclosure.id}"))
    assert "紧急查看南门围合" in shown and "自动结束" in shown
    assert judy.get(f"/register?area={HONGQIAO}").status_code == 404
    assert "紧急查看南门围合" in text(judy.get("/account"))


def test_it_is_found_by_its_name_with_the_communities_it_lies_in(enclosure):
    found = text(browser(JUDY).get("/emergency/places?place_words=南门"))
    assert str(enclosure.id) in found and "围合" in found


def test_it_is_found_behind_any_number_that_are_too_wide_to_be_opened(ground):
    for n in range(25):
        draw(350181005, name=f"南门{n}片")
    narrow = draw(GRID, name="南门围合")
    assert str(narrow.id) in text(browser(JUDY).get("/emergency/places?place_words=南门"))


def test_whoever_answers_for_a_part_of_it_is_told_at_once_and_nobody_else(enclosure):
    opened(enclosure)
    for told in (CAROL, IVAN, GRACE, DAVE):
        assert "南门围合：八旬老人走失" in text(browser(told).get("/matrix")), told.name
    for not_told in (ALICE, FRANK):
        assert "八旬老人走失" not in text(browser(not_told).get("/matrix")), not_told.name
    lin = actor("Lin", 11, ("community_secretary", OTHER // 1000))
    assert "八旬老人走失" not in text(browser(lin).get("/matrix")), "it lies on both sides of hers"


def test_whoever_answers_for_the_overlay_itself_is_told_too(enclosure):
    both = actor("Kim", 12, ("community_secretary", GRID), ("community_secretary", ELSEWHERE))
    opened(enclosure)
    assert text(browser(both).get("/matrix")).count("八旬老人走失") == 1


def test_each_community_reads_in_its_own_trail_what_was_looked_at(enclosure):
    judy = opened(enclosure)
    judy.get(f"/register?area={enclosure.id}")
    for who in (CAROL, IVAN):
        with acting(who):
            (access,) = EmergencyAccess.objects.all()
            assert [e.detail["page"] for e in looks(access)] == ["register"]
        assert "人房名册" in text(browser(who).get(f"/emergency/{access.id}"))
    with acting(system_actor()):
        assert AuditEntry.objects.filter(action="emergency_begun").count() == 2


def test_each_judges_their_own_part_and_ends_it_with_the_judgement(enclosure):
    judy = opened(enclosure)
    far, near = rows()
    browser(CAROL).post(f"/emergency/{near.id}", JUDGE)
    assert homes(judy) == {ELSEWHERE}
    assert "八旬老人走失" not in text(browser(CAROL).get("/matrix"))
    assert "八旬老人走失" in text(browser(IVAN).get("/matrix")), "nobody has judged what was opened in his community"
    assert browser(CAROL).get(f"/emergency/{far.id}").status_code == 404
    browser(IVAN).post(f"/emergency/{far.id}", JUDGE)
    assert homes(judy) == set()


def test_whoever_answers_for_all_of_it_judges_it_in_one_go(enclosure):
    opened(enclosure)
    assert text(browser(DAVE).get("/matrix")).count("八旬老人走失") == 1
    browser(DAVE).post(f"/emergency/{rows()[0].id}", JUDGE)
    assert {row.reviewed_by for row in rows()} == {DAVE.id}
    shown = text(browser(DAVE).get("/emergency/all"))
    assert shown.count("八旬老人走失") == 1 and "找到了老人" in shown


def test_its_holder_ends_all_of_it(enclosure):
    judy = opened(enclosure)
    judy.post(f"/emergency/{rows()[0].id}/end")
    assert homes(judy) == set() and all(row.ended for row in rows())


class TestWhileItIsOpen:
    def test_what_is_drawn_into_the_overlay_is_not_seen(self, enclosure):
        judy = opened(enclosure)
        redraw(enclosure, GRID, NEXT_GRID, ELSEWHERE)
        assert homes(judy) == {GRID, ELSEWHERE}, "its people were not told, and nobody gave a reason for it"

    def test_what_leaves_the_overlay_is_not_seen_any_more(self, enclosure):
        judy = opened(enclosure)
        redraw(enclosure, GRID)
        assert homes(judy) == {GRID}
        assert [row.live for row in rows()] == [False, True]
        assert "八旬老人走失" in text(browser(IVAN).get("/matrix")), "what was looked at before is still to be judged"

    def test_what_gets_another_number_is_not_followed(self, enclosure, ground):
        judy = opened(enclosure)
        with acting(CAROL):
            carry_out(by=CAROL, regridding=plan_regridding(
                by=CAROL, title="分格", plan=wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏"))))
        assert homes(judy) == {ELSEWHERE}

    def test_with_the_overlay_it_ends_and_does_not_come_back(self, enclosure):
        judy = opened(enclosure)
        with acting(system_actor()) as system:
            end_overlay(by=system, overlay=enclosure)
        answer = judy.get(f"/register?area={enclosure.id}")
        assert answer.status_code == 404 and "紧急查看已经结束" in text(answer)
        with acting(JUDY):
            assert live_of(JUDY) == []
            actions.begin(by=JUDY, where=Area.of(NEXT_GRID), **REASON)
        Overlay.objects.filter(id=enclosure.id).update(until=None)
        with acting(JUDY):
            assert [row.grid for row in live_of(JUDY)] == [NEXT_GRID], "one at a time"


class TestAttacks:
    def test_it_is_never_wider_than_a_community(self, ground):
        assert refused(draw(HONGQIAO, ELSEWHERE)) == "emergency_place"
        assert "南门围合" not in text(browser(JUDY).get("/emergency/places?place_words=南门"))

    def test_nor_for_an_overlay_that_has_ended_or_is_not_there(self, enclosure):
        with acting(system_actor()) as system:
            end_overlay(by=system, overlay=enclosure)
        enclosure.refresh_from_db()
        assert refused(enclosure) == "emergency_place"
        assert browser(JUDY).post("/emergency", {"area": str(JUDY.id), **REASON}).status_code == 422

    def test_not_for_one_that_is_ones_own_whole_but_for_one_that_is_in_part(self, enclosure):
        assert refused(enclosure, DAVE) == "emergency_needless"
        assert homes(opened(enclosure, ALICE)) == {GRID, ELSEWHERE}

    def test_a_place_of_it_cannot_be_opened_right_after_it_nor_it_after_a_place_of_it(self, enclosure):
        judy = opened(enclosure)
        judy.post(f"/emergency/{rows()[0].id}/end")
        for again in (Area.of(GRID), Area.of(ELSEWHERE // 1000), enclosure):
            assert refused(again) == "emergency_again"
        with acting(JUDY):
            actions.begin(by=JUDY, where=Area.of(NEXT_GRID), **REASON)

    def test_it_counts_as_one_however_many_communities_it_lies_in(self, enclosure):
        opened(enclosure)
        with acting(JUDY):
            actions.end(by=JUDY, access=live_of(JUDY)[0])
            for grid in (NEXT_GRID, GRID + 2):
                actions.end(by=JUDY, access=actions.begin(by=JUDY, where=Area.of(grid), **REASON))
        assert refused(Area.of(ELSEWHERE + 1)) == "emergency_too_many"

    def test_the_database_shows_a_part_to_its_own_community_alone(self, enclosure):
        opened(enclosure)
        for who, grids in ((CAROL, [GRID]), (IVAN, [ELSEWHERE]), (DAVE, [ELSEWHERE, GRID]), (FRANK, [ELSEWHERE])):
            with acting(who):
                assert list(EmergencyAccess.objects.order_by("grid").values_list("grid", flat=True)) == grids, who.name

    def test_and_what_lies_between_two_ranges_of_one_community_sees_nothing(self, ground):
        opened(draw(GRID, GRID + 2))
        assert [row.area.code for row in rows()] == [None], "one row for a community"
        between = actor("Mia", 12, ("grid_worker", NEXT_GRID))
        with acting(between):
            assert not EmergencyAccess.objects.exists()
