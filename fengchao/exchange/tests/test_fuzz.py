"""Whatever is asked of the feeds, they answer in their own words and never with a fault."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from fengchao.sync.tests.test_fuzz import CHECKS, described

from .conftest import analyst

schema = described.include(path_regex="/feeds")


@pytest.fixture
def reader(doors):
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield analyst()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_is_answered(case, reader):
    case.call_and_validate(headers={"Authorization": f"Bearer {reader.secret}"}, checks=CHECKS)
