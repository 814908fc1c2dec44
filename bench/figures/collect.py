"""Forms arriving from ODK Collect: one a request, from sixteen workers, each signed in by a token of their own.

The requests are those of its tests, byte by byte as Collect writes them. The floor is that of a record from our own
phone: on the way in a form becomes the same operation.
"""

from uuid import UUID

from bench.context import Bench
from bench.figure import Measured, figure
from bench.figures.submit import WARM, measured
from fengchao.base.ids import uuid7

FORMS = 120  # of each worker


@figure("submit_collect", unit="records/s", target=150, at_least=True)
def submit_collect(bench: Bench) -> Measured:
    return measured(bench, [_messages(bench, *worker) for worker in _workers(bench)], lambda status, _: status == 201)


def _messages(bench: Bench, phone, grid: int) -> list[bytes]:
    from fengchao.exchange.tests.collecting import document
    from fengchao.work.models import Campaign

    campaign, tasks = Campaign(id=UUID(bench.data.campaign)), bench.tasks(grid)
    return [phone.submission(document(campaign, tasks[nth % len(tasks)], "nobody_home", instance=f"uuid:{uuid7()}"))
            for nth in range(WARM + FORMS)]


def _workers(bench: Bench) -> list[tuple]:
    """Those of the phones, as Collect after its first challenge."""
    bench.server  # noqa: B018  (Django is set up by it)
    from fengchao.accounts.models import User
    from fengchao.base.actor import system_actor
    from fengchao.base.scope import acting
    from fengchao.exchange.actions import make_collect_token
    from fengchao.exchange.collect.digest import new_nonce
    from fengchao.exchange.tests.collecting import Collect

    found = []
    with acting(system_actor("bench")) as by:
        for name, (_, _, area) in bench.data.accounts.items():
            if name.startswith("worker"):
                token, secret = make_collect_token(by=by, name="bench", user=User.objects.get(username=name), days=1)
                found.append((Collect(token.collect_name, secret, nonce=new_nonce()), int(area)))
    return found
