"""Whatever is sent, the phones' interface answers in its own words and never with a fault.

The description itself is what is drawn from: bodies that fit it, and bodies that nearly do.
"""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from fengchao.accounts.actions import enrol_device
from fengchao.accounts.tokens import hash_of, new_token
from fengchao.base.scope import acting
from fengchao.testing import ALICE, user_of

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]


described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
# It would import whatever our modules name, to learn constants from: `packs.base` the function became the folder.
described.config.analysis.constants.enabled = False
schema = described.include(path_regex="/(sync|attachments)/")


@pytest.fixture
def token(doors):
    """A request ends the connection, and with it the test's transaction, unless it is told not to."""
    token = new_token()
    with acting(ALICE):
        enrol_device(by=ALICE, user=user_of(ALICE), name="fuzz", token_hash=hash_of(token))
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield token
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered(case, token):
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
