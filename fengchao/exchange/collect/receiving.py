"""A filled-in form becomes an operation like those of our own phone, and takes the same way.

So a repeat is known, a contradiction marked, and what cannot be counted is held for the secretary with its reason:
Collect is then told that it arrived, and in words that it does not count, for it has no other way to give it up.
"""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.scope import acting
from fengchao.sync.actions import attach
from fengchao.sync.push import push
from fengchao.work.forms.answers import Questionnaire, questionnaire
from fengchao.work.models import Campaign

from .submission import parse


def receive(actor: Actor, document: bytes, photos: Sequence[bytes]) -> tuple[str, bool]:
    """What to tell the person, and whether the record counts. Raises Refused for what is no form of ours."""
    filled = parse(document)
    with acting(actor):
        campaign = Campaign.objects.filter(id=filled.campaign).first()
    if campaign is None:
        raise Refused("not_found")
    form = questionnaire(campaign.form_id) if campaign.form_id else Questionnaire([])
    operation = filled.operation(actor.id, form)  # type: ignore[arg-type]  # a token acts for somebody
    answer = push([operation], by=actor, purpose="collect")[0]
    if answer.refused:
        return _("没有计入，已交给社区书记处理。%(why)s") % {"why": answer.refused.message}, False
    said = _("已登记，和别人的记录不一致，请等社区书记核实。") if answer.status == "conflict" else _("已登记。")
    return " ".join([said, *_attach(actor, UUID(operation["id"]), photos)]), True


def _attach(actor: Actor, record: UUID, photos: Sequence[bytes]) -> list[str]:
    """A photo that cannot be kept does not undo the visit: the person is told why."""
    told = []
    for photo in photos:
        try:
            with acting(actor):
                attach(by=actor, record=record, image=photo)
        except Refused as refused:
            told.append(refused.message)
    return told
