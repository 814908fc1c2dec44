"""Places the tree lacks: duties over several ranges at once, which keep to their ground when grids change."""

from datetime import date, timedelta

import pytest

from fengchao.accounts.actions import end_overlay_duty, give_duty, give_overlay_duty
from fengchao.accounts.models import Duty, User
from fengchao.accounts.queries import actor_with_id
from fengchao.areas.actions import (
    add_overlay,
    carry_out,
    change_overlay,
    correct_overlay,
    end_overlay,
    plan_regridding,
    undo,
)
from fengchao.areas.models import Overlay
from fengchao.areas.plans import merged
from fengchao.areas.tests.regridding import Ground, lay, wanted
from fengchao.base import clock
from fengchao.base.errors import Refused
from fengchao.base.ids import uuid7
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.people.models import Person
from fengchao.testing import BOB, CAROL, DAVE, ELSEWHERE, FRANK, GRID, HONGQIAO, NEXT_GRID, actor, browser, user_of

pytestmark = pytest.mark.django_db
JUDY = actor("Judy", 10)


@pytest.fixture
def ground(db) -> Ground:
    user_of(JUDY)
    return lay()


def draw(*codes: int, by=DAVE, **more) -> Overlay:
    with acting(by):
        return add_overlay(by=by, name="东山片区", kind="functional_area", areas=map(Area.of, codes), **more)


def give(overlay: Overlay, role: str = "grid_worker", by=DAVE, **more) -> None:
    with acting(by):
        give_overlay_duty(by=by, user=User.objects.get(id=JUDY.id), role=role, overlay=overlay, **more)


def judys() -> set[int]:
    """The grids of the homes she sees."""
    with acting(judy := actor_with_id(JUDY.id)):
        assert all(judy.may("record", grid) for grid in Person.objects.values_list("grid", flat=True))
        return set(Person.objects.values_list("grid", flat=True))


def test_a_duty_over_two_ranges_shows_both_and_nothing_between_them(ground):
    give(draw(GRID, ELSEWHERE))
    assert judys() == {GRID, ELSEWHERE}


def test_neighbouring_grids_are_one_range(ground):
    overlay = draw(GRID, NEXT_GRID)
    assert overlay.areas == (Area(GRID, GRID + 2),)


def test_what_begins_by_itself_begins_within_a_year(ground):
    far = date(9999, 12, 31)
    with pytest.raises(Refused, match="day_far"):
        draw(GRID, since=far)
    with acting(CAROL), pytest.raises(Refused, match="day_far"):
        give_duty(by=CAROL, user=User.objects.get(id=JUDY.id), role="grid_worker", area=Area.of(GRID), since=far)
    soon = draw(GRID, since=clock.today() + clock.AHEAD, until=far)
    with acting(DAVE), pytest.raises(Refused, match="day_far"):
        correct_overlay(by=DAVE, overlay=soon, name=soon.name, kind=soon.kind, since=far, until=far)


def test_only_whoever_answers_for_every_part_draws_or_gives_it(ground):
    with pytest.raises(Refused), acting(CAROL):
        add_overlay(by=CAROL, name="片", kind="zone", areas=[Area.of(GRID), Area.of(ELSEWHERE)])
    overlay = draw(GRID, ELSEWHERE)
    with pytest.raises(Refused) as why:
        give(overlay, by=CAROL)
    assert why.value.code == "not_yours_to_give"
    with pytest.raises(Refused), acting(CAROL):
        change_overlay(by=CAROL, overlay=overlay, areas=[Area.of(GRID)])


@pytest.mark.parametrize("codes", [(), (HONGQIAO * 1000 + 77,)])
def test_it_consists_of_places_that_are_there(codes, ground):
    with pytest.raises(Refused):
        draw(*codes)


def test_when_it_is_drawn_anew_whoever_holds_it_follows_at_once(ground):
    overlay = draw(GRID, ELSEWHERE)
    give(overlay)
    with acting(DAVE):
        change_overlay(by=DAVE, overlay=overlay, areas=[Area.of(ELSEWHERE), Area.of(NEXT_GRID)])
    assert judys() == {NEXT_GRID, ELSEWHERE}


def test_it_ends_and_what_was_given_for_it_with_it(ground):
    overlay = draw(GRID, ELSEWHERE)
    give(overlay)
    with acting(DAVE):
        end_overlay(by=DAVE, overlay=overlay)
    assert actor_with_id(JUDY.id).grants == ()


def test_a_duty_for_it_lasts_no_longer_than_itself_and_is_given_once(ground):
    overlay = draw(GRID, ELSEWHERE, until=clock.today() + timedelta(days=7))
    give(overlay)
    assert set(Duty.objects.filter(user_id=JUDY.id).values_list("until", flat=True)) == {overlay.until}
    with pytest.raises(Refused) as why:
        give(overlay)
    assert why.value.code == "duty_exists"
    with acting(DAVE):
        end_overlay_duty(by=DAVE, user=User.objects.get(id=JUDY.id), role="grid_worker", overlay=overlay)
    assert actor_with_id(JUDY.id).grants == ()


def correct(overlay: Overlay, by=DAVE, **other) -> Overlay:
    overlay.refresh_from_db()
    said = {field: getattr(overlay, field) for field in ("name", "kind", "since", "until")}
    with acting(by):
        correct_overlay(by=by, overlay=overlay, **said | other)
    overlay.refresh_from_db()
    return overlay


def test_another_name_kind_or_last_day_is_told_in_the_trail_and_what_did_not_change_is_not(ground):
    overlay = draw(GRID, ELSEWHERE)
    correct(overlay)
    correct(overlay, name=" 东山湾 ", kind="zone")
    with acting(DAVE):
        (entry,) = AuditEntry.objects.filter(action="overlay_corrected", object=str(overlay.id))
    assert entry.detail == {"name": "东山湾", "kind": "zone"} and (overlay.name, overlay.kind) == ("东山湾", "zone")


def test_duties_that_last_as_long_as_it_does_go_on_doing_so_and_none_outlasts_it(ground):
    today = clock.today()
    week, month = today + timedelta(days=7), today + timedelta(days=30)
    overlay = draw(GRID, ELSEWHERE)
    give(overlay)
    give(overlay, "responsible_cadre", until=week)
    correct(overlay, until=month)
    assert lasting() == {("grid_worker", month), ("responsible_cadre", week)}
    correct(overlay, until=today)
    assert lasting() == {("grid_worker", today), ("responsible_cadre", today)}
    correct(overlay, until=None)
    assert lasting() == {("grid_worker", None), ("responsible_cadre", None)}


def lasting() -> set[tuple]:
    return set(Duty.objects.filter(user_id=JUDY.id, ended=None).values_list("role", "until"))


def test_the_first_day_is_moved_only_while_it_has_not_come(ground):
    today = clock.today()
    week, month = today + timedelta(days=7), today + timedelta(days=30)
    overlay = draw(GRID, ELSEWHERE, since=week)
    give(overlay, until=week)
    correct(overlay, since=month)
    assert set(Duty.objects.filter(user_id=JUDY.id).values_list("since", "until")) == {(month, month)}
    correct(overlay, since=today)
    assert judys() == {GRID, ELSEWHERE}
    for wrong, why in (({"since": week}, "overlay_begun"), ({"until": today - timedelta(days=1)}, "overlay_day"),
                       ({"kind": "province"}, "not_found"), ({"name": " "}, "name_needed")):
        with pytest.raises(Refused, match=why):
            correct(overlay, **wrong)
    with pytest.raises(Refused, match="not_allowed"):
        correct(overlay, CAROL, name="我的片区")


def test_it_keeps_to_its_ground_when_grids_are_divided_and_comes_back_with_the_undoing(ground):
    overlay = draw(GRID, ELSEWHERE)
    give(overlay)
    with acting(CAROL):
        made = carry_out(by=CAROL, regridding=plan_regridding(
            by=CAROL, title="分格", plan=wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏"))))
    assert judys() == {GRID + 2, GRID + 3, ELSEWHERE}
    assert Area(GRID, GRID + 1) not in Overlay.objects.get().areas
    with acting(CAROL):
        undo(by=CAROL, regridding=made)
    assert judys() == {GRID, ELSEWHERE}
    assert Overlay.objects.get().areas == (Area.of(ELSEWHERE), Area.of(GRID))
    assert Duty.objects.filter(user_id=JUDY.id, ended=None).count() == 2


def test_a_grid_of_another_overlay_that_ends_leaves_the_rest_alone(ground):
    overlay = draw(NEXT_GRID, ELSEWHERE)
    give(overlay)
    with acting(CAROL):
        carry_out(by=CAROL, regridding=plan_regridding(by=CAROL, title="并", plan=merged([GRID], NEXT_GRID)))
    assert Overlay.objects.get().areas == (Area.of(ELSEWHERE), Area.of(NEXT_GRID))


def test_the_page_draws_gives_changes_and_ends_it(ground):
    dave = browser(DAVE)
    dave.post("/areas/overlays/add", {"name": "东山片区", "kind": "zone", "codes": f"{GRID}，{ELSEWHERE}\n"})
    overlay = Overlay.objects.get()
    roles = dave.get(f"/duties/give?overlay={overlay.id}").content.decode()
    assert "网格员" in roles and "楼栋长" not in roles
    dave.post(f"/duties/give?overlay={overlay.id}&role=grid_worker", {"user": str(JUDY.id)})
    shown = dave.get("/areas/overlays").content.decode()
    assert "东山片区" in shown and "Judy" in shown and str(ELSEWHERE) in shown
    assert "东山片区" not in browser(CAROL).get("/areas/overlays").content.decode(), "half of it is not hers"
    change = f"/areas/overlays/{overlay.id}"
    said = {"name": "东山湾", "kind": "enclosure", "until": str(clock.today())}
    assert dave.post(f"{change}/change", said | {"codes": f"{GRID} x"}).status_code == 422
    dave.post(f"{change}/change", said | {"codes": str(ELSEWHERE)})
    assert judys() == {ELSEWHERE}
    overlay.refresh_from_db()
    assert (overlay.name, overlay.kind, overlay.until) == ("东山湾", "enclosure", clock.today())
    shown = dave.get("/areas/overlays").content.decode()
    assert "以前的更改" in shown and "东山片区 · 管控区" in shown and "Dave · 更正片区: 东山湾 · 围合" in shown
    dave.post(f"{change}/end-duty", {"user": str(JUDY.id), "role": "grid_worker"})
    assert actor_with_id(JUDY.id).grants == ()
    dave.post(f"{change}/end")
    assert "还没有片区" in dave.get("/areas/overlays").content.decode()
    assert browser(FRANK).get("/areas/overlays").status_code == browser(BOB).get("/areas/overlays").status_code == 403


def test_nobody_but_who_holds_it_can_be_named_to_end_a_duty_for_it(ground):
    overlay = draw(GRID, ELSEWHERE)
    give(overlay)
    dave = browser(DAVE)
    frank = user_of(FRANK)

    def answer(user: object) -> int:
        path = f"/areas/overlays/{overlay.id}/end-duty"
        return dave.post(path, {"user": str(user), "role": "grid_worker"}).status_code

    assert [answer(said) for said in ("", "made up", "\0", "9" * 5000)] == [400] * 4
    assert answer(frank.id) == answer(uuid7()) == 404 and judys() == {GRID, ELSEWHERE}
    assert answer(JUDY.id) == 302 and answer(JUDY.id) == 409, "what is over is over"
