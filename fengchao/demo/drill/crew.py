"""Sixteen workers at once, each a thread with a phone and a bad line, round after round."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from fengchao.demo.drill.line import Line
from fengchao.demo.drill.phone import Phone
from fengchao.demo.drill.worker import Turn, Worker
from fengchao.demo.drill.world import World

CLOCKS = (0, 0, 0, 0, -3, 2)  # days a phone's clock is wrong


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    password: str
    grids: tuple[int, ...]
    helps: tuple[int, ...]
    turn: Turn


@dataclass(frozen=True, slots=True)
class Plan:
    url: str
    campaign: str
    seed: int
    open_rate: float
    loss: float
    rounds: int


def shares(grids: list[int], workers: int) -> list[tuple[tuple[int, ...], tuple[int, ...], Turn]]:
    """(own grids, a team mate's grids, which of the own doors) of each worker: nobody's grid is left out, everybody has
    a team mate, and those who walk the same grid deal its doors among them."""
    there = len(grids)
    own = [tuple(grids[nth::workers]) or (grids[nth % there],) for nth in range(workers)]
    turns = [Turn(nth // there, len(range(nth % there, workers, there))) for nth in range(workers)]
    return [(mine, own[(nth + 1) % workers], turns[nth]) for nth, mine in enumerate(own)]


def enlist(plan: Plan, accounts: list[Account]) -> list[Worker]:
    world = World(plan.seed, plan.open_rate)
    return [_worker(plan, world, nth, account) for nth, account in enumerate(accounts)]


def walk(workers: list[Worker], plan: Plan, say: Callable[[str], None]) -> int:
    """Rounds until no door is open or the rounds are used up; the doors still open."""
    remaining = 0
    with ThreadPoolExecutor(len(workers)) as streets:
        list(streets.map(lambda worker: worker.phone.enrol(), workers))
        for number in range(1, plan.rounds + 1):
            remaining = sum(streets.map(Worker.round, workers))
            say(f"round {number}: {sum(worker.attempts for worker in workers):,} knocks, {remaining:,} doors remain")
            if not remaining:
                break
    return remaining


def _worker(plan: Plan, world: World, nth: int, account: Account) -> Worker:
    rng = Random(f"{plan.seed}:worker:{nth}")
    line = Line(plan.url, Random(f"{plan.seed}:line:{nth}"), plan.loss)
    clock_off = timedelta(days=CLOCKS[nth % len(CLOCKS)])
    phone = Phone(line, rng, account.username, account.password, clock_off)
    return Worker(phone, world, plan.campaign, rng, set(account.grids), account.turn)
