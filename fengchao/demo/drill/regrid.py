"""44 grids become 99 while every phone is out on its round: the canvass goes on, and the laws of moving places hold."""

import argparse
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count

from fengchao.accounts.following import following
from fengchao.areas import actions as areas
from fengchao.areas import previewing
from fengchao.areas.drafting import arrange
from fengchao.areas.models import Regridding
from fengchao.areas.plans import Plan, Wish
from fengchao.areas.queries import grids
from fengchao.base import clock
from fengchao.base.actor import system_actor
from fengchao.base.errors import Refused
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo.drill import canvass, laws, standing
from fengchao.demo.drill.crew import Plan as Crew
from fengchao.demo.drill.crew import enlist, walk
from fengchao.demo.drill.ledger import Ledger
from fengchao.demo.drill.worker import Worker
from fengchao.demo.server import Server
from fengchao.people.models import Building
from fengchao.reports.actions import confirm_return

Say = Callable[[str], None]
HANDED_OVER = 4  # every fourth new grid goes to the team mate alone: one phone loses its doors, another gets them


@dataclass
class Cut:
    """What happened at the moment of the change, and what must be the same after it."""

    made: Regridding | None = None
    seconds: float = 0.0
    before: dict[str, object] = field(default_factory=dict)
    after: dict[str, object] = field(default_factory=dict)


def drill(args: argparse.Namespace, say: Say) -> Ledger:
    canvass.prepare(args, say)
    first = regrid(args.community, args.grids, "演练：分格准备")
    now = open_grids(args.community)
    campaign, doors = canvass.declare(args.community)
    say(f"{doors:,} doors in {len(now)} grids; {args.workers} workers set out")
    accounts = canvass.hire(now, args.workers)
    with acting(system_actor("drill")) as by, suppress(Refused):
        confirm_return(by=by, community=args.community, day=clock.today() - timedelta(days=1))
    with nullcontext() if args.url else Server(args.home) as server:
        url = args.url or (server.url if server else "")
        crew = Crew(url, str(campaign), args.seed, args.open_rate, args.loss, args.rounds)
        workers, cut = enlist(crew, accounts), Cut()
        moment = threading.Thread(target=in_the_middle, args=(args, workers, doors // 3, cut, say))
        moment.start()
        walk(workers, crew, say)
        moment.join()
        ledger = canvass.close_books(campaign, doors, workers)
        ledger.laws |= kept(args, workers, cut) | taken_back(campaign, workers, cut, first)
    ledger.figures = {"regrid_seconds": round(cut.seconds, 2), "grids_before": len(now), "grids_after": args.into}
    return ledger


def open_grids(community: int) -> list[int]:
    with acting(system_actor("drill")):
        return [grid.code for grid in grids(Area.of(community)).filter(until=None)]


def in_the_middle(args: argparse.Namespace, workers: list[Worker], knocks: int, cut: Cut, say: Say) -> None:
    """Once so many knocks are made, with outboxes full and pushes under way."""
    try:
        while sum(worker.attempts for worker in workers) < knocks:
            time.sleep(0.02)
        until = clock.now() - timedelta(seconds=5)  # what a push under way has begun to write is younger
        cut.before = standing.stored(args.community, until)
        began = time.monotonic()
        cut.made = regrid(args.community, args.into, "演练：分格", workers)
        cut.seconds = time.monotonic() - began
        cut.after = standing.stored(args.community, until)
        say(f"{len(open_grids(args.community))} grids after {cut.seconds:.2f} s")
    finally:
        connection.close()


def regrid(community: int, into: int, title: str, workers: Iterable[Worker] = ()) -> Regridding | None:
    """Every grid is divided as its doors demand; nothing to do when there are as many already."""
    plan = divided(community, into)
    if not plan.steps:
        return None
    with acting(system_actor("drill")) as by:
        made = areas.plan_regridding(by=by, title=title, plan=plan)
        figures = previewing.preview(by=by, plan=plan)
        areas.choose(by=by, regridding=made, choices={"declined": handed_over(plan, figures, workers)})
        return areas.carry_out(by=by, regridding=made)


def divided(community: int, into: int) -> Plan:
    """Of two grids that are divided one ends: all of its doors get new numbers."""
    area = Area.of(community)
    with acting(system_actor("drill")):
        rows = Building.objects.filter(grid__gte=area.lo, grid__lt=area.hi).annotate(doors=Count("dwellings"))
        held: dict[int, list[tuple[UUID, int]]] = {}
        for building, grid, doors in rows.order_by("grid", "seq", "id").values_list("id", "grid", "doors"):
            held.setdefault(grid, []).append((building, doors))
        parts = shares({grid: len(b) for grid, b in held.items()}, {g: sum(d for _, d in b) for g, b in held.items()},
                       into)
        wishes = [wish for grid, buildings in held.items() for wish in _parts(grid, buildings, parts[grid], into)]
        return arrange(wishes)


def shares(buildings: dict[int, int], doors: dict[int, int], into: int) -> dict[int, int]:
    """How many grids each grid becomes: the fullest part is divided next, as long as it has buildings."""
    parts = dict.fromkeys(buildings, 1)
    while sum(parts.values()) < into:
        open_ = [grid for grid in parts if parts[grid] < buildings[grid]]
        if not open_:
            break
        parts[max(open_, key=lambda grid: doors[grid] / parts[grid])] += 1
    return parts


def _parts(grid: int, buildings: list[tuple[UUID, int]], parts: int,
           into: int) -> Iterable[Wish]:
    """Named after the round too: a name that is there already is a grid to move into."""
    for nth, (building, _) in enumerate(buildings):
        part = nth * parts // len(buildings)
        stays = part == 0 and (parts == 1 or grid % 2 == 0)
        yield Wish(building, grid, str(grid) if stays else f"{into}-{grid % 1000}-{part + 1}")


def handed_over(plan: Plan, figures: dict, workers: Iterable[Worker]) -> list[str]:
    """Decides against the old worker in some new grids that a team mate answers for too, who goes on there. Not where
    several walk one grid: each has but a part of its doors."""
    crew = {worker.phone.username: worker for worker in workers if worker.alone}
    found = following(plan, figures["flows"])
    given = {opening.code for opening in plan.openings[::HANDED_OVER]}
    declined = []
    for grid in given if crew else ():
        follows = {f.duty.user.username: f for f in found.follows if f.becomes == grid and f.duty.user.username in crew}
        buildings = {str(s.building) for s in plan.steps if s.becomes == grid and s.building}
        owner = next((name for name in follows if crew[name].walks(buildings)), None)
        mate = next((name for name in follows if name != owner), None)
        if owner and mate:
            declined.append(follows[owner].key)
            crew[owner].buildings -= buildings
            crew[mate].buildings |= buildings
    return declined


def kept(args: argparse.Namespace, workers: list[Worker], cut: Cut) -> dict[str, bool]:
    phones = [worker.phone for worker in workers]
    with acting(system_actor("drill")) as by:
        areas.settle(by=by, since=timedelta(days=1))
        held = {
            "every_row_where_its_building_is": standing.misplaced() == 0,
            "every_building_in_one_open_grid": standing.homeless() == 0,
            "as_many_grids_as_planned": len(open_grids(args.community)) == args.into,
            "every_grid_has_somebody": cut.made is not None and standing.unanswered(args.community) == 0,
        }
    return held | {
        "nothing_refused": not any(phone.refusals for phone in phones),
        "what_was_stored_is_unchanged": bool(cut.before) and cut.before == cut.after,
        "no_phone_was_sent_everything_again": all(phone.fulls == 1 for phone in phones),
    }


def taken_back(campaign: UUID, workers: list[Worker], cut: Cut, first: Regridding | None) -> dict[str, bool]:
    """Undone, every building and every phone is as before; so is the home for the next drill."""
    with acting(system_actor("drill")) as by:
        for made in filter(None, (cut.made, first)):
            areas.undo(by=by, regridding=made)
        whole = standing.misplaced() == standing.homeless() == 0 and laws.counters_equal_recount(campaign)
    phones = [worker.phone for worker in workers]
    return {"undone_all_is_whole": whole and laws.pulled_equals_pulled_anew(phones)}


