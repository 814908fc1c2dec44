"""What an office has on its desk besides the canvass: something on every page, so that a newcomer sees what it is for.

It comes through the actions of people, like the canvass. No secret made here is kept: a token says what it may do and
opens nothing, and the webhook has ended; it went to a name that nobody can have.
"""

from datetime import timedelta
from random import Random

from fengchao.accounts.actions import enrol_device, give_overlay_duty
from fengchao.accounts.models import User
from fengchao.accounts.queries import actor_of
from fengchao.accounts.tokens import hash_of, new_token
from fengchao.areas.actions import add_overlay, plan_regridding, schedule
from fengchao.areas.drafting import arrange
from fengchao.areas.plans import Wish
from fengchao.base import clock
from fengchao.base.actor import Actor, system_actor
from fengchao.base.ids import uuid7
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.demo import yesterday
from fengchao.demo.answers import verify_visit
from fengchao.exchange import actions as exchange
from fengchao.exchange.hooks.sending import Attempt
from fengchao.exchange.models import Delivery, Webhook
from fengchao.people.models import Building
from fengchao.privacy.actions import take_inventory
from fengchao.sync.push import push
from fengchao.work.actions import accept, close, create_tasks, declare, sign_off
from fengchao.work.models import Campaign, Task
from fengchao.work.observation import Observation

ADDRESS = "https://gongxiang.example/fengchao"
WRONG_NUMBER = "350181199002300021"  # the thirtieth of February


def overlays(*, by: Actor, grids: list[int], gatekeeper: User) -> None:
    """An enclosure of two neighbouring grids with somebody who answers for it, and a night patrol through some that do
    not adjoin."""
    with acting(by):
        enclosure = add_overlay(by=by, name="东门大围合", kind="enclosure", areas=map(Area.of, grids[:2]))
        give_overlay_duty(by=by, user=gatekeeper, role="responsible_cadre", overlay=enclosure)
        add_overlay(by=by, name="夜间巡查一线", kind="circuit", areas=map(Area.of, grids[::2][:6]))


def split_in_a_week(*, by: Actor, buildings: list[Building]) -> None:
    """The grid with most buildings will be two: its day is given, and until then it can be looked at."""
    grids = [building.grid for building in buildings]
    largest = max(grids, key=grids.count)
    inside = [building for building in buildings if building.grid == largest]
    stay, go = inside[: len(inside) // 2], inside[len(inside) // 2 :]
    if not stay:
        return
    wishes = [Wish(one.id, largest, str(largest)) for one in stay]
    wishes += [Wish(one.id, largest, str(max(grids) + 1)) for one in go]
    with acting(by):
        plan = plan_regridding(by=by, title=f"第{largest % 1000}网格拆成两个", plan=arrange(wishes))
        schedule(by=by, regridding=plan, day=clock.today() + timedelta(days=7))


def old_and_alone(*, by: Actor, area: Area, workers: dict[int, Actor]) -> None:
    """A campaign that is over: all were seen yesterday, signed for grid by grid and by the community, then ended; its
    personal data are counted, and somebody else has to agree that they go."""
    deadline = yesterday.at(20, after=timedelta(days=2))
    with acting(by):
        campaign = declare(
            by=by, name="降温前探望独居老人", kind_code="person_check", subject=Campaign.Subject.PERSON,
            where={"tags": ["alone"]}, purpose="寒潮到来前，确认每位独居老人平安、家里暖和", area=area,
            basis="《中华人民共和国突发事件应对法》第四十九条", deadline=deadline,
            expires=(deadline + timedelta(days=30)).date(),
        )  # fmt: skip
        for _ in create_tasks(by=by, campaign=campaign):
            pass
    for grid, worker in workers.items():
        with acting(worker):
            _see_all(campaign, grid, by=worker)
    with acting(by):
        sign_off(by=by, campaign=campaign, area=area, note="全部联系上，三户已送去棉被")
        close(by=by, campaign=campaign.id)
        take_inventory(by=by, campaign=campaign.id)


def _see_all(campaign: Campaign, grid: int, *, by: Actor) -> None:
    tasks = list(Task.objects.filter(campaign=campaign, grid=grid).order_by("place"))
    if not tasks:
        return
    accept([Observation(uuid7(), task.id, "met" if nth % 4 else "by_phone", task.version, {},
                        device_at=yesterday.at(8, after=timedelta(minutes=6 * nth))) for nth, task in enumerate(tasks)],
           by=by)  # fmt: skip
    sign_off(by=by, campaign=campaign, area=Area.of(grid))


def from_phones(*, campaign: Campaign, worker: User, cadre: Actor) -> None:
    """A phone, and what of phones the office has to look at: a complaint, somebody new with a mistyped number, and a
    door that the worker and the cadre of the same grid saw differently."""
    by = actor_of(worker)
    with acting(by):
        enrol_device(by=by, user=worker, name="Android", token_hash=hash_of(new_token()))
        door = Task.objects.filter(campaign=campaign, state=Task.State.OPEN).order_by("-place").first()
    if door is None:
        return
    sent = ({"type": "complaint", "text": "同一位老人这周被问了三次身份证号，能不能直接用名册里的？"},
            {"type": "person_add", "dwelling": str(door.dwelling_id), "name": "林小燕", "ric": WRONG_NUMBER})
    push([{"id": str(uuid7()), "at": clock.now().isoformat()} | one for one in sent], by=by)
    for who, outcome, answers, at in ((by, "vacant", {}, clock.now() - timedelta(minutes=5)),
                                      (cadre, "by_phone", verify_visit(Random(1), 2), clock.now())):
        with acting(who):
            accept([Observation(uuid7(), door.id, outcome, door.version, answers, device_at=at)], by=who)


def tokens(*, steward: Actor, administrator: Actor, area: Area, collector: User) -> None:
    """One for a screen, one taken back, and one for a worker who fills in with ODK Collect."""
    with acting(steward):
        exchange.make_token(by=steward, name="市数据局 进度大屏", area=area, allows=["campaigns", "coverage"], days=90)
        spare, _ = exchange.make_token(by=steward, name="街道 旧台账核对", area=area, allows=["register"], days=30)
        exchange.revoke_token(by=steward, token=spare)
    with acting(administrator):
        exchange.make_collect_token(by=administrator, name="备用平板 ODK Collect", user=collector, days=30)


def webhook(*, by: Actor, area: Area) -> Webhook:
    with acting(by):
        hook, _ = exchange.make_webhook(by=by, name="市共享平台", url=ADDRESS, area=area, feeds=["tasks", "records"])
        _arrived(exchange.try_webhook(by=by, hook=hook))
    return hook


def told_and_ended(*, by: Actor, hook: Webhook) -> None:
    """It has been told what moved since it was made."""
    with acting(system_actor()) as system:
        for message in exchange.notice(by=system):
            _arrived(message)
    with acting(by):
        exchange.end_webhook(by=by, hook=hook)


def _arrived(message: Delivery) -> None:
    with acting(system_actor()) as system:
        exchange.note_attempt(by=system, message=message.id, attempt=Attempt(200))
