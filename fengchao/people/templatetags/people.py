"""Words for people in templates."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from fengchao.base import clock
from fengchao.packs import base_pack, tags
from fengchao.people.freshness import Fact, door_fact, person_fact
from fengchao.people.identity import masked_phone, masked_ric
from fengchao.people.models import Dwelling, Person, Presence
from fengchao.people.relations import relation_words

register = template.Library()
register.filter(relation_words)


@register.filter
def age(person: Person) -> str:
    if not person.born:
        return ""
    today = clock.today()
    return str(today.year - person.born.year - ((today.month, today.day) < (person.born.month, person.born.day)))


@register.filter
def phone(person: Person) -> str:
    return masked_phone(person.phone_sealed)


@register.filter
def ric(person: Person) -> str:
    return masked_ric(person.ric_sealed)


@register.filter
def freshness(row: Person | Dwelling) -> Fact:
    """Where what is known of a person or a door is from, and how old it is."""
    return person_fact(row) if isinstance(row, Person) else door_fact(row)


@register.inclusion_tag("people/parts/fact.html")
def fact(facts: dict[str, Fact], code: str) -> dict[str, Any]:
    return {"fact": facts[code]}


@register.filter
def tag_words(code: str) -> str:
    tag = tags().get(code)
    return str(tag.words) if tag else code


def shortened(hukou: str) -> str:
    return hukou[:6] + "…" if hukou else ""


@register.inclusion_tag("people/parts/masked.html", takes_context=True)
def masked(context: dict[str, Any], person: Any, what: str) -> dict[str, Any]:
    """A masked value of a person, or of somebody who was sighted, with the way to see all of it, for who may: say
    what for, and it is written down."""
    shown = {"phone": phone(person), "ric": ric(person), "hukou": shortened(getattr(person, "hukou", ""))}[what]
    actor = context["request"].actor
    return {"person": person, "what": what, "shown": shown, "may": actor.may("reveal", person.grid),
            "purposes": base_pack().purposes,
            "csrf_token": context.get("csrf_token")}


@register.filter
def presence_words(code: str) -> str:
    return str(dict(Presence.choices).get(code, code))


DEEDS = {
    "reveal": _("查看完整内容"), "add_person": _("登记"), "update_person": _("修改"), "move_person": _("搬家"),
    "move_out": _("搬出"), "set_presence": _("更改在住情况"), "add_tag": _("添加关爱标签"),
    "end_tag": _("结束关爱标签"), "merge_people": _("合并人员"), "undo_merge": _("撤销合并"),
    "import_person": _("导入"), "add_premises": _("登记"), "change_premises": _("修改"),
    "close_premises": _("停业"), "reopen_premises": _("恢复营业"),
}


@register.filter
def deed_words(action: str) -> str:
    """What was done to a person or to premises, in words."""
    return str(DEEDS.get(action, action))
