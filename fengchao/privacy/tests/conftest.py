"""A canvass that has gone the whole way: declared, closed, counted, approved, erased."""

from datetime import timedelta

from fengchao.base import clock
from fengchao.base.places import Area
from fengchao.base.scope import acting
from fengchao.privacy.actions import approve, erase, take_inventory
from fengchao.testing import CAROL, GRACE, HONGQIAO
from fengchao.work.actions import close, create_tasks, declare
from fengchao.work.models import Campaign


def erased_campaign() -> Campaign:
    with acting(CAROL):
        row = declare(by=CAROL, name="场所走访", kind_code="premises_check", purpose="核对场所", basis="突发事件应对法",
                      area=Area.of(HONGQIAO), deadline=clock.now() + timedelta(days=1), subject="premises",
                      expires=clock.today() + timedelta(days=2))
        list(create_tasks(by=CAROL, campaign=row))
        close(by=CAROL, campaign=row.id)
        Campaign.objects.filter(id=row.id).update(expires=clock.today() - timedelta(days=1))
    for who, action in ((GRACE, take_inventory), (CAROL, approve), (GRACE, erase)):
        with acting(who):
            action(by=who, campaign=row.id)
    return row
