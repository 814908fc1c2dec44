import pytest

from fengchao.areas import register
from fengchao.areas.actions import load_register, loading
from fengchao.areas.actions.loading import TOTAL
from fengchao.areas.models import Division
from fengchao.areas.queries import children, division
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import COUNTRY
from fengchao.base.scope import acting
from fengchao.testing import HEIDI


@pytest.mark.slow
@pytest.mark.django_db
def test_the_whole_country_is_loaded_and_only_once():
    system, seen = system_actor(), []
    with acting(system):
        assert load_register(by=system, report=lambda done, total, message="": seen.append(done)) == TOTAL
    assert seen[-1] == TOTAL and seen == sorted(seen)
    assert children(COUNTRY).count() == 31
    assert {division(4419).name, division(441900).name} == {"东莞市"}
    with acting(system):
        assert load_register(by=system) == 0


@pytest.mark.django_db
def test_what_was_changed_here_survives_a_second_loading(tree, register_rows, monkeypatch):
    later = [*register_rows, (350181005099, "后来才有的社区居委会", 5)]
    monkeypatch.setattr(register, "read", lambda: iter(later))
    monkeypatch.setattr(loading, "TOTAL", len(later))
    system = system_actor()
    with acting(system):
        Division.objects.filter(level=5, code=350181005004).update(name="改过的名字")
        assert load_register(by=system) == 1
    assert division(350181005004).name == "改过的名字"
    assert division(350181005099).name == "后来才有的社区居委会"


@pytest.mark.django_db
def test_only_who_manages_the_whole_country_loads_it():
    with acting(HEIDI), pytest.raises(Refused, match="not_allowed"):
        load_register(by=HEIDI)
