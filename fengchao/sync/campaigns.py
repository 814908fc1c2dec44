"""Why the phone holds anything at all: the running campaigns, and the forms and outcomes to record with."""

from django.db.models import Exists, OuterRef, Q

from fengchao.base import clock
from fengchao.base.places import Area, ground, minus, union
from fengchao.packs import Outcome
from fengchao.packs import tags as all_tags
from fengchao.work.kinds import kind
from fengchao.work.models import Campaign, Counter, Form

from .reach import Reach


def running(reach: Reach) -> list[Campaign]:
    """Those that touch the reach, or of which a task has come into it, in an order that does not change by itself."""
    touching, inside = Q(), Q()
    for area in reach.everywhere:
        touching |= Q(lo__lt=area.hi, hi__gt=area.lo)
        inside |= Q(grid__gte=area.lo, grid__lt=area.hi)
    if not touching:
        return []
    come = Exists(Counter.objects.filter(inside, campaign=OuterRef("pk"), n__gt=0))
    touching &= Q(ground=None) | Q(ground__meets=ground(reach.everywhere))
    alive = Campaign.objects.filter(touching | Q(come), state=Campaign.State.RUNNING, expires__gte=clock.today())
    return list(alive.order_by("deadline", "id"))


def visited(running: list[Campaign], reach: Reach) -> tuple[Area, ...]:
    """Where they run: their areas, and the grids into which buildings took their tasks along."""
    areas = union(c.area for c in running)
    if not running or not minus(reach.everywhere, areas):
        return areas
    grids = Counter.objects.filter(campaign__in=running, n__gt=0).values_list("grid", flat=True).distinct()
    return union((*areas, *(Area(grid, grid + 1) for grid in grids)))


def as_sent(campaign: Campaign) -> dict[str, object]:
    called = kind(campaign.kind).rules.name
    return {
        "id": campaign.id, "name": campaign.name, "purpose": campaign.purpose, "basis": campaign.basis,
        "declared_by": campaign.declared_name, "kind": campaign.kind, "kind_zh": called.zh, "kind_en": called.en,
        "form": campaign.form_id, "deadline": campaign.deadline, "expires": campaign.expires,
        "outcomes": outcomes(campaign),
    }


def forms(campaigns: list[Campaign]) -> list[dict[str, object]]:
    """Each form once, with the outcomes of the first campaign that asks with it."""
    by_form = {c.form_id: c for c in reversed(campaigns) if c.form_id}
    rows = Form.objects.filter(id__in=by_form).defer("workbook").order_by("id")
    return [
        {"id": form.id, "version": form.version, "title": form.title, "title_en": form.title_en, "xform": form.xform,
         "outcomes": outcomes(by_form[form.id])}
        for form in rows
    ]


def tags() -> list[dict[str, str]]:
    """What the codes beside people mean, those of every pack: a phone meets whatever the register holds."""
    return [{"code": tag.code, "zh": tag.words.zh, "en": tag.words.en} for tag in all_tags().values()]


def outcomes(campaign: Campaign) -> list[dict[str, object]]:
    return [_outcome(outcome) for outcome in kind(campaign.kind).rules.outcomes if not outcome.by_system]


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "code": outcome.code, "zh": outcome.words.zh, "en": outcome.words.en, "colour": outcome.colour,
        "pattern": outcome.pattern, "closes": outcome.closes, "needs_form": outcome.needs_form,
        "reopens": outcome.reopens,
    }
