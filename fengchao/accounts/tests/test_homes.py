"""An account belongs to a place: when the place gets another number, whoever looks after the account still does."""

import pytest

from fengchao.accounts.models import User
from fengchao.accounts.people_in import visible_users
from fengchao.accounts.queries import actor_with_id
from fengchao.areas.actions import carry_out, plan_regridding, undo
from fengchao.areas.models import Division
from fengchao.areas.tests.national import of_home, renumbered
from fengchao.areas.tests.regridding import Ground, lay, wanted
from fengchao.base.actor import system_actor
from fengchao.base.models import AuditEntry
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.exchange.tests.test_moving import newer
from fengchao.testing import CAROL, GRID, HEIDI, HONGQIAO, user_of

pytestmark = pytest.mark.django_db
NEW = 350181005044


@pytest.fixture
def ground(db) -> Ground:
    for member in (HEIDI, CAROL):
        user_of(member)
    return lay()


def belonging(code: int, name: str = "walter") -> User:
    """Somebody without any duty: only their home says whose they are."""
    area = Area.of(code)
    return User.objects.create(username=name, name=name.title(), password="!", home_lo=area.lo, home_hi=area.hi)


def home(user: User) -> Area:
    return User.objects.get(id=user.id).home


def whom_carol_sees() -> set[str]:
    with acting(actor_with_id(CAROL.id)) as carol:
        return set(visible_users(carol).values_list("username", flat=True))


def test_of_a_place_with_another_number_it_is_that_place_and_after_undoing_the_old_one(ground, tmp_path):
    walter = belonging(HONGQIAO)
    made = newer(tmp_path, renumbered(of_home(), str(HONGQIAO), str(NEW)))
    assert home(walter) == Area.of(NEW) and "walter" in whom_carol_sees()
    with acting(system_actor()):
        assert AuditEntry.objects.filter(action="home_shifted", object=str(walter.id)).count() == 1
    elsewhere = belonging(NEW, "late")
    with acting(HEIDI):
        undo(by=HEIDI, regridding=made)
    assert home(walter) == Area.of(HONGQIAO) and home(elsewhere) == Area.of(NEW)


def test_of_a_place_that_was_merged_it_is_the_one_it_was_merged_into(ground, tmp_path):
    walter, rows = belonging(HONGQIAO), of_home()
    del rows[str(HONGQIAO)]
    newer(tmp_path, rows, becomes=350181005001)
    assert home(walter) == Area.of(350181005001)


def test_of_a_grid_that_is_divided_it_is_what_holds_both(ground):
    walter, community = belonging(GRID), belonging(HONGQIAO, "wendy")
    with acting(HEIDI):
        made = carry_out(by=HEIDI, regridding=plan_regridding(
            by=HEIDI, title="分格", plan=wanted(one=(ground.one, "梧桐"), two=(ground.two, "银杏"))))
    assert home(walter) == home(community) == Area.of(HONGQIAO)
    with acting(HEIDI):
        undo(by=HEIDI, regridding=made)
    assert home(walter) == Area.of(GRID) and home(community) == Area.of(HONGQIAO)


def test_of_a_place_without_grids_it_follows_at_once(ground, tmp_path):
    empty = Area.of(350181005009)
    Division.objects.create(code=350181005009, level=5, name="海湾社区居委会", lo=empty.lo, hi=empty.hi)
    walter = belonging(350181005009)
    assert newer(tmp_path, renumbered(of_home(), "350181005009", "350181005049")) is None
    assert home(walter) == Area.of(350181005049)
