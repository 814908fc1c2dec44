"""A canvass in the middle of its second day, entered through the actions a phone's records go through."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.ids import uuid7
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo import yesterday
from fengchao.demo.answers import verify_visit
from fengchao.demo.drill.world import World
from fengchao.people.models import Person
from fengchao.work.actions import accept, create_tasks, declare
from fengchao.work.forms.actions import install_pack_forms
from fengchao.work.models import Campaign, Form, Task
from fengchao.work.observation import Observation

BATCH = 200
OPEN_RATE = 0.35  # an evening; the drill's 0.11 is a weekday morning


def begin(*, by: Actor, area: Area, name: str = "入户摸排（不漏一户、不漏一人）") -> Campaign:
    """Declares a door-to-door canvass of `area` and makes its tasks."""
    deadline = clock.now() + timedelta(days=3)
    campaign = declare(
        by=by, name=name, kind_code="verify_visit", purpose="核实住户底数，了解特殊困难群众需求",
        basis="《中华人民共和国突发事件应对法》第四十九条", area=area, deadline=deadline,
        expires=(deadline + timedelta(days=60)).date(), form=_form(),
    )  # fmt: skip
    for _ in create_tasks(by=by, campaign=campaign):
        pass
    return campaign


def _form() -> Form | None:
    """The newest questionnaire of the visit; those of the packs are installed first."""
    install_pack_forms(by=system_actor("demo"))
    return Form.objects.filter(code="verify_visit").order_by("-version").first()


def walk(campaign: Campaign, workers: dict[int, Actor], seed: int = 1) -> int:
    """Every worker walks part of the grid, one grid not at all. Returns the records made."""
    rng, world, made = Random(f"{seed}:walk"), World(seed, OPEN_RATE), 0
    for nth, (grid, worker) in enumerate(sorted(workers.items())):
        share = 0.0 if nth == len(workers) - 1 else rng.uniform(0.25, 0.95)
        with acting(worker):
            for batch in _batches(list(_visits(campaign, grid, share, world))):
                accept(batch, by=worker)
                made += len(batch)
    return made


def _visits(campaign: Campaign, grid: int, share: float, world: World) -> Iterator[Observation]:
    """Yesterday one round over the doors in walking order, today a second one over those that stayed shut."""
    tasks = list(Task.objects.filter(campaign=campaign, grid=grid, state=Task.State.OPEN).order_by("place"))
    homes: Counter[UUID | None] = Counter(Person.objects.filter(grid=grid).values_list("dwelling_id", flat=True))
    walked = tasks[: int(len(tasks) * share)]
    shut = []
    for nth, task in enumerate(walked):
        visit = _visit(task, world, 1, homes[task.dwelling_id], at=yesterday.at(9, after=nth * timedelta(seconds=90)))
        yield visit
        if visit.outcome == "nobody_home":
            shut.append(task)
    for nth, task in enumerate(shut[: int(len(shut) * share)]):
        at = clock.now() - timedelta(hours=5) + nth * timedelta(minutes=1)
        yield _visit(task, world, 2, homes[task.dwelling_id], at=at)


def _visit(task: Task, world: World, number: int, people: int, at: datetime) -> Observation:
    outcome = world.knock(str(task.place), number, lived_in=people > 0)
    answers = verify_visit(Random(f"{task.place}:answers"), people) if outcome == "met" else {}
    return Observation(
        id=uuid7(), task=task.id, outcome=outcome, base_version=task.version + number - 1, answers=answers,
        device_at=at,
    )  # fmt: skip


def _batches(visits: list[Observation]) -> Iterator[list[Observation]]:
    for at in range(0, len(visits), BATCH):
        yield visits[at : at + BATCH]
