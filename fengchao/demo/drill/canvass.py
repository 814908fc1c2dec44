"""A whole canvass: register, campaign, workers, their rounds, the ledger and the laws."""

import argparse
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from uuid import UUID

from fengchao.base.actor import system_actor
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo import canvass, cast, stage
from fengchao.demo.drill import laws
from fengchao.demo.drill.crew import Account, Plan, enlist, shares, walk
from fengchao.demo.drill.ledger import Ledger
from fengchao.demo.drill.worker import Worker
from fengchao.demo.server import Server
from fengchao.demo.synthetic import community
from fengchao.people.models import Dwelling
from fengchao.work.actions import close
from fengchao.work.models import Campaign

NAME = "演练：敲门行动"
Say = Callable[[str], None]


def drill(args: argparse.Namespace, say: Say) -> Ledger:
    grids = prepare(args, say)
    campaign, doors = declare(args.community)
    say(f"{doors:,} doors in {len(grids)} grids; {args.workers} workers set out")
    accounts = hire(grids, args.workers)
    with nullcontext() if args.url else Server(args.home) as server:
        url = server.url if server else args.url
        plan = Plan(url, str(campaign), args.seed, args.open_rate, args.loss, args.rounds)
        workers = enlist(plan, accounts)
        walk(workers, plan, say)
        return close_books(campaign, doors, workers)


def prepare(args: argparse.Namespace, say: Say) -> list[int]:
    """The grids of the community, made up first if the home is empty. Real people are never drilled on."""
    if not stage.is_made_up():
        raise SystemExit(f"{args.home} holds people who are not made up: choose another --home")
    stage.know_places(args.community, say)
    if not stage.registered(args.community):
        say(f"making up {args.households:,} households")
        stage.register(Path(args.home), community(args.community, args.households, args.seed))
    return stage.grids_of(args.community)


def declare(code: int) -> tuple[UUID, int]:
    """A new campaign over every door; how many doors the register has, counted apart from its tasks. Earlier
    drills end here, so that no phone is handed two of them."""
    with acting(system_actor("drill")) as by:
        for earlier in Campaign.objects.filter(name=NAME, lo=code * 1000, state=Campaign.State.RUNNING):
            close(by=by, campaign=earlier.id)
        campaign = canvass.begin(by=by, area=Area.of(code), name=NAME)
        doors = Dwelling.objects.filter(grid__gte=code * 1000, grid__lt=(code + 1) * 1000).count()
    return campaign.id, doors


def hire(grids: list[int], count: int) -> list[Account]:
    """New accounts for every drill: passwords are never kept."""
    hired = []
    with acting(system_actor("drill")) as by:
        for nth, (own, helps, turn) in enumerate(shares(grids, count), 1):
            name = stage.free_username(f"drill{nth:02}")
            account = Account(name, cast.password(), own, helps, turn)
            stage.open_account(name, account.password, f"演练{nth:02}", "grid_worker", {*own, *helps}, by=by)
            hired.append(account)
    return hired


def close_books(campaign: UUID, doors: int, workers: list[Worker]) -> Ledger:
    phones = [worker.phone for worker in workers]
    with acting(system_actor("drill")):
        targets, outcomes, remaining = laws.tally(campaign)
        said = laws.said(phones)
        kept = {
            "every_door_has_its_task": targets == doors,
            "every_door_accounted_for": laws.every_door_accounted_for(campaign, said),
            "every_door_as_the_phones_say": laws.every_door_as_the_phones_say(campaign, said),
            "counters_equal_recount": laws.counters_equal_recount(campaign),
            "acknowledged_all_present": laws.acknowledged_all_present(campaign, phones),
            "each_record_once": laws.each_record_once(campaign, phones),
            "each_person_once": laws.each_person_once(phones),
            "nothing_left_on_a_phone": laws.nothing_left_on_a_phone(phones),
            "audit_chain_whole": laws.audit_chain_whole(),
        }
    kept["pulled_equals_pulled_anew"] = laws.pulled_equals_pulled_anew(phones)
    answers = Counter(status for phone in phones for status in phone.answered.values())
    return Ledger(
        targets=targets, outcomes=outcomes, remaining=remaining, laws=kept,
        attempts=sum(worker.attempts for worker in workers), uploads=sum(phone.pushes for phone in phones),
        repeats=sum(phone.repeats for phone in phones), lost_answers=sum(phone.line.lost for phone in phones),
        conflicts=answers["conflict"], refused=answers["refused"],
        people_added=sum(len(phone.acknowledged("person_add")) for phone in phones),
    )  # fmt: skip
