"""The daily return: the community's own page, the roll-up of those above, and the same as a workbook."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao import packs
from fengchao.base import clock
from fengchao.base.permissions import Permission as P
from fengchao.base.places import Area, community_of, ground
from fengchao.base.scope import look_at
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import Place, area_of, here, named, path_to

from . import actions, queries
from .sheet import workbook
from .showing import columns, figures

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(P.SEE_COVERAGE)
def returns(request: Request) -> HttpResponse:
    """A community sees its return; a street or district who has confirmed and what it comes to."""
    place, day = _where(request), _day(request)
    shown = {"place": place, "day": day, "path": path_to(place, request.actor), "due": queries.due(day),
             "before": day - timedelta(days=1), "after": day + timedelta(days=1), "today": clock.today()}
    if place.level == "community":
        return render(request, "reports/community.html", shown | _community(request, place, day))
    return render(request, "reports/roll_up.html", shown | _roll_up(place, day))


def _community(request: Request, place: Place, day: date) -> dict[str, Any]:
    row = queries.confirmed(place.area, day).get(place.code)
    may_confirm = request.actor.may(P.CONFIRM_RETURN, place.area)
    draft = queries.compose(place.code, day) if row is None and may_confirm and day <= clock.today() else None
    lines = figures(row.lines if row else draft.lines if draft else [])
    open_ = clock.today() - actions.OLDEST <= day <= clock.today()
    return {"row": row, "draft": draft, "lines": lines, "may_confirm": bool(draft) and open_,
            "nil_words": packs.base_pack().wording["nil_return"],
            "history": _history(place, day)}


def _history(place: Place, day: date) -> list[dict[str, Any]]:
    """The last days, so that a gap is seen."""
    days = [day - timedelta(days=back) for back in range(7)]
    there = {row.day: row for row in queries.confirmed_days(place.area, days[-1], days[0])}
    return [{"day": each, "row": there.get(each), "missing": clock.now() > queries.due(each),
             "expected": place.code in queries.communities(place.area, each)} for each in days]


def _roll_up(place: Place, day: date) -> dict[str, Any]:
    rows = queries.roll_up(place.area, day, queries.level_below(place.area))
    names = {p.code: p.name for p in named(row.place for row in rows)}
    lines = [{"row": row, "name": names[row.place], "values": [row.values.get(c.code, 0) for c in columns()]}
             for row in rows]
    sums = queries.total(rows, place.code)
    return {"columns": columns(), "lines": lines, "total": sums,
            "sums": [sums.values.get(c.code, 0) for c in columns()]}


@page(P.CONFIRM_RETURN)
@require_POST
def confirm(request: Request) -> HttpResponse:
    place, day = _where(request), _day(request)
    prefix = "comment_"
    comments = {key.removeprefix(prefix): str(value) for key, value in request.POST.items() if key.startswith(prefix)}
    actions.confirm_return(by=request.actor, community=place.code, day=day, comments=comments)
    done(request, _("%(day)s的日报已确认。") % {"day": day.isoformat()})
    return redirect(f"{reverse('returns')}?area={place.code}&day={day.isoformat()}")


@page(P.EXPORT)
def download(request: Request) -> HttpResponse:
    """The confirmed returns of a day as a workbook."""
    place, day = _where(request), _day(request)
    target = BytesIO()
    workbook(target, by=request.actor, place=place, day=day)
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="returns-{place.code}-{day.isoformat()}.xlsx"'
    return response


def _where(request: Request) -> Place:
    """A return is a community's: somebody looking at a grid is shown the community around it, if they may, and at an
    overlay the communities it lies in."""
    place = here(request, request.actor)
    if place.level == "overlay":
        around = {community_of(grid) for part in place.area.parts for grid in (part.lo, part.hi - 1)}
        place = Place(place.code, place.name, ground([place.area, *map(Area.of, around)]))
        look_at(place.area)
    if place.level == "grid":
        community = community_of(place.code)
        request.actor.require(P.SEE_COVERAGE, area_of(community))
        place = named([community])[0]
    return place


def _day(request: Request) -> date:
    asked = request.POST.get("day") or request.GET.get("day")
    return clock.day_of(asked) if asked else clock.today()
