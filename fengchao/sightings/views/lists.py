"""Bringing a list in to be held against the register: the same steps as importing the register itself."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.people.importing import actions as runs
from fengchao.people.importing import waiting
from fengchao.people.importing.errors import sentences
from fengchao.people.importing.models import ImportRun
from fengchao.people.views.imports import SHOWN, begin, columns_of, progress_of, refused_rows, understand
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here, named

from ..forms import KeepForm
from ..jobs import hold_list


@page(P.IMPORT)
@require_POST
def upload(request: Request) -> HttpResponse:
    place, file = here(request, request.actor), request.FILES.get("file")
    if file is None or place.level != "community":
        raise Refused("import_no_file")
    row = runs.receive(by=request.actor, community=place.code, name=file.name or "", chunks=file.chunks(),
                       target=ImportRun.Target.SIGHTINGS)
    return redirect("sighting_list", run=row.id)


@page(P.IMPORT)
def run(request: Request, run: UUID) -> HttpResponse:
    """Its columns, then what it says, then what was kept."""
    return _page(request, _run(run), KeepForm())


def _page(request: Request, row: ImportRun, form: KeepForm) -> HttpResponse:
    context = {"run": row, "place": named([row.grid // 1000])[0], "progress": progress_of(request, row)}
    if row.state == ImportRun.State.UPLOADED:
        names = {"try_name": "sighting_try", "drop_name": "sighting_drop"}
        return render(request, "sightings/columns.html", context | columns_of(request, row) | names)
    marks = row.findings.get("marks", [])
    return render(request, "sightings/result.html", context | {
        "form": form, "marks": sentences(marks)[:SHOWN], "more_marks": max(0, len(marks) - SHOWN),
        "file_is_there": waiting.path_of(row.id).exists(),
    }, status=422 if form.errors else 200)


@page(P.IMPORT)
@require_POST
def try_it(request: Request, run: UUID) -> HttpResponse:
    row = _run(run)
    understand(request, row)
    begin(request, row, hold_list, write=False)
    return redirect("sighting_list", run=row.id)


@page(P.IMPORT)
@require_POST
def change(request: Request, run: UUID) -> HttpResponse:
    row = _run(run)
    runs.understand(by=request.actor, run=row, sheet_name=row.sheet, mapping=row.mapping, source=row.source)
    return redirect("sighting_list", run=row.id)


@page(P.IMPORT)
@require_POST
def confirm(request: Request, run: UUID) -> HttpResponse:
    row, form = _run(run), KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    said = {name: str(value) for name, value in form.cleaned_data.items()}
    begin(request, row, hold_list, write=True, **said)
    return redirect("sighting_list", run=row.id)


@page(P.IMPORT)
@require_POST
def drop(request: Request, run: UUID) -> HttpResponse:
    runs.drop(by=request.actor, run=_run(run))
    done(request, _("已放弃，上传的文件已删除。"))
    return redirect("sightings")


@page(P.IMPORT)
def errors(request: Request, run: UUID) -> HttpResponse:
    return refused_rows(_run(run))


def _run(id_: UUID) -> ImportRun:
    row = ImportRun.objects.filter(id=id_, target=ImportRun.Target.SIGHTINGS).first()
    if row is None:
        raise Refused("not_found")
    return row
