"""A newer file of the national register: uploaded, its differences looked at and decided, taken over."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fengchao.areas import actions
from fengchao.areas import register as packaged
from fengchao.areas.models import Difference, NationalFile, Regridding
from fengchao.areas.national.choices import choices, may_end, named
from fengchao.areas.national.drafting import moving, written
from fengchao.areas.national.reading import LIMITS
from fengchao.areas.national.standing import standings
from fengchao.areas.queries import LEVEL_OF, padded
from fengchao.base import clock
from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.sheets.limits import MB
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here

RECENT, LISTED, OTHERS = 20, 100, 50
REASONS = {
    "person": gettext_lazy("有人选定"), "parent": gettext_lazy("随上级改代码，名称和末几位不变"),
    "name": gettext_lazy("同一上级下只有它同名"), "core": gettext_lazy("同一上级下只有它名称相近，只差类别"),
    "wider": gettext_lazy("附近只有它同名，换了上级"), "renamed": gettext_lazy("代码不变，名称变了"),
    "reused": gettext_lazy("原名到了别的代码，可能是代码换给了别处"), "several": gettext_lazy("同名的不止一处"),
    "nothing": gettext_lazy("新区划里没有同名的地方"),
}


@page(P.MANAGE_AREAS)
def files(request: Request) -> HttpResponse:
    """Where the divisions are from, and a form for a newer file, of the place chosen above."""
    place = here(request, request.actor)
    if request.method == "POST":
        return redirect("national_file", id=_received(request, place.area).id)
    rows = NationalFile.objects.filter(lo__lt=place.area.hi, hi__gt=place.area.lo).exclude(
        state=NationalFile.State.DROPPED)
    return render(request, "people/national.html", {
        "place": place, "rows": [row for row in rows.order_by("-at")[:RECENT] if request.actor.may(
            P.MANAGE_AREAS, row.area)],
        "may": request.actor.may(P.MANAGE_AREAS, place.area), "packaged": packaged, "today": clock.today(),
    })


def _received(request: Request, area: Any) -> NationalFile:
    file = request.FILES.get("file")
    if file is None:
        raise Refused("required", field=_("文件"))
    if (file.size or 0) > LIMITS.file_bytes:
        raise Refused("sheet_too_large", limit=LIMITS.file_bytes // MB)
    try:
        as_of = clock.day_of(request.POST.get("as_of", ""))
    except Refused as refused:
        raise Refused("national_day") from refused
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        return actions.load_national(by=request.actor, area=area, path=path, name=file.name or "", as_of=as_of,
                                     source=request.POST.get("source", ""))


@page(P.MANAGE_AREAS)
def one(request: Request, id: UUID) -> HttpResponse:
    """What the file says otherwise: first what has to be decided, then all on which something stands here."""
    file = _found(request.actor, id)
    rows = list(file.differences.exclude(kind=Difference.Kind.CAME).exclude(standing={}).order_by("level", "code"))
    rows.sort(key=lambda row: not row.open)
    waiting = file.state == NationalFile.State.WAITING
    offered = choices(file, rows[:LISTED]) if waiting else {}
    called = named(file, {(row.level, row.becomes) for row in rows[:LISTED] if row.becomes})
    plans = Regridding.objects.filter(id__in=file.differences.values("regridding")).order_by("title")
    return render(request, "people/national_file.html", {
        "file": file, "waiting": waiting, "plans": plans, "more": max(0, len(rows) - LISTED),
        "touched": [_shown(row, called, offered.get(row.id, [])) for row in rows[:LISTED]],
        "others": [_shown(row, {}, []) for row in file.differences.filter(standing={}).order_by(
            "kind", "level", "code")[:OTHERS]],
    })


def _shown(row: Difference, called: dict[tuple[int, int], str], offered: list[Any]) -> dict[str, Any]:
    becomes = row.becomes
    return {
        "row": row, "code": written(row.level, row.code), "moves": moving(row), "offered": offered,
        "becomes": written(row.level, becomes) if becomes else becomes, "reason": REASONS.get(row.reason, ""),
        "new_name": called.get((row.level, becomes or 0), ""), "may_end": may_end(row),
        "standing": [(standings[what].label, number) for what, number in row.standing.items() if what in standings],
    }


@page(P.MANAGE_AREAS)
@require_POST
def decide(request: Request, id: UUID, deed: str) -> HttpResponse:
    file = _found(request.actor, id)
    if deed not in DEEDS:
        raise Refused("not_found")
    DEEDS[deed](request, file)
    return redirect("national") if deed == "drop" else redirect("national_file", id=file.id)


def _choose(request: Request, file: NationalFile) -> None:
    said = request.POST.get("difference", "")
    row = file.differences.filter(id=int(said)).first() if said.isdecimal() and len(said) < 18 else None
    if row is None:
        raise Refused("not_found")
    actions.decide_difference(by=request.actor, difference=row, becomes=_code(request, row))
    done(request, _("“%(name)s”的去向已选定，下级随之重新核对。") % {"name": row.name})


def _code(request: Request, row: Difference) -> int:
    """Another code as somebody writes it counts more than what is chosen from the list."""
    other, chosen = request.POST.get("other", "").strip(), request.POST.get("becomes", "")
    if other:
        if not other.isdecimal() or LEVEL_OF.get(len(other)) != row.level:
            raise Refused("national_target", name=row.name)
        return padded(other)
    if not chosen.isdecimal() or len(chosen) > 12:
        raise Refused("national_target", name=row.name)
    return int(chosen)


def _take(request: Request, file: NationalFile) -> None:
    taken = actions.take_over(by=request.actor, file=file)
    if taken.counts.get("plans"):
        done(request, _("已采用。涉及这里的住户，已做成 %(count)s 份方案，请逐一查看影响后执行。") % {
            "count": taken.counts["plans"]})
    else:
        done(request, _("已采用新区划。"))


def _drop(request: Request, file: NationalFile) -> None:
    actions.drop_national(by=request.actor, file=file)
    done(request, _("已放弃，区划没有任何改变。"))


DEEDS: dict[str, Callable[[Request, NationalFile], None]] = {"choose": _choose, "take": _take, "drop": _drop}


def _found(actor: Actor, id: UUID) -> NationalFile:
    row = NationalFile.objects.filter(id=id).first()
    if row is None or not actor.may(P.MANAGE_AREAS, row.area):
        raise Refused("not_found")
    return row
