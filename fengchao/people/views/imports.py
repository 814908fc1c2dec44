"""Bringing a workbook in: upload, say which column is what, see what it would do, confirm."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengchao.accounts.queries import names_of
from fengchao.base.asked import number_of
from fengchao.base.errors import Refused
from fengchao.base.jobs import defer
from fengchao.base.permissions import Permission as P
from fengchao.sheets.columns import columns_of
from fengchao.web.notices import done
from fengchao.web.pages import Request, page
from fengchao.web.place import here, named

from .. import sheet
from ..importing import actions, waiting
from ..importing.errors import sentences, write_marked
from ..importing.models import REGISTER, ImportRun
from ..importing.targets import target_of

LISTED, SHOWN = 50, 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(P.IMPORT)
def imports(request: Request) -> HttpResponse:
    place = here(request, request.actor)
    runs = ImportRun.objects.filter(
        grid__gte=place.area.lo, grid__lt=place.area.hi, target=REGISTER,
    ).exclude(state=ImportRun.State.DROPPED).order_by("-at")[:LISTED]
    return render(request, "people/imports.html", {
        "place": place, "runs": runs, "names": names_of(run.by for run in runs),
        "columns": [column for column in sheet.columns() if column.note or column.required],
    })


@page(P.IMPORT)
@require_POST
def upload(request: Request) -> HttpResponse:
    place, file = here(request, request.actor), request.FILES.get("file")
    if file is None or place.level != "community":
        raise Refused("import_no_file")
    run = actions.receive(by=request.actor, community=place.code, name=file.name or "", chunks=file.chunks(),
                          target=request.POST.get("target", REGISTER))
    return redirect("import_run", run=run.id)


@page(P.IMPORT)
def run(request: Request, run: UUID) -> HttpResponse:
    """The page of a run is that of its state: its columns, what it would do, what it did."""
    row = _run(run)
    return _page(request, row, target_of(row.target).form())


def _page(request: Request, row: ImportRun, form: Form) -> HttpResponse:
    target = target_of(row.target)
    context = {"run": row, "target": target, "place": named([row.grid // 1000])[0],
               "progress": _progress_of(request, row)}
    if row.state == ImportRun.State.UPLOADED:
        return render(request, "people/import_columns.html", context | _columns_of(request, row))
    marks, gone = row.findings.get("marks", []), row.findings.get("gone", [])
    sheets = row.findings.get("sheets", [])
    headings: list[str] = next((one["headings"] for one in sheets if one["name"] == row.sheet), [])
    return render(request, target.result, context | {
        "form": form, "marks": sentences(marks)[:SHOWN], "more_marks": max(0, len(marks) - SHOWN),
        "headings": dict(enumerate(headings)), "remarks": sentences(row.findings.get("remarks", []))[:SHOWN],
        "samples": row.findings.get("samples", {}), "gone": gone[:SHOWN], "more_gone": max(0, len(gone) - SHOWN),
        "titles": {column.identifier: column.title for column in columns_of(target.columns)},
        "file_is_there": waiting.path_of(row.id).exists(),
    }, status=422 if form.errors else 200)


@page(P.IMPORT)
@require_POST
def header(request: Request, run: UUID) -> HttpResponse:
    row = _run(run)
    actions.choose_header(by=request.actor, run=row, sheet_name=request.POST.get("sheet", ""),
                          row=number_of(request.POST.get("row")))
    return redirect("import_run", run=row.id)


@page(P.IMPORT)
@require_POST
def try_it(request: Request, run: UUID) -> HttpResponse:
    row = _run(run)
    if "sheet" in request.POST:
        mapping = [[number_of(name[4:]), value] for name, value in request.POST.items()
                   if name.startswith("col-") and value]
        actions.understand(by=request.actor, run=row, sheet_name=request.POST["sheet"], mapping=sorted(mapping),
                           source=request.POST.get("source", ""))
    return _begin(request, row, write=False)


@page(P.IMPORT)
@require_POST
def confirm(request: Request, run: UUID) -> HttpResponse:
    row = _run(run)
    form = target_of(row.target).form(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    return _begin(request, row, write=True, **{name: str(value) for name, value in form.cleaned_data.items()})


@page(P.IMPORT)
@require_POST
def change(request: Request, run: UUID) -> HttpResponse:
    """Back to the columns; nothing has been written yet."""
    row = _run(run)
    actions.understand(by=request.actor, run=row, sheet_name=row.sheet, mapping=row.mapping, source=row.source)
    return redirect("import_run", run=row.id)


@page(P.IMPORT)
@require_POST
def drop(request: Request, run: UUID) -> HttpResponse:
    row = _run(run)
    actions.drop(by=request.actor, run=row)
    done(request, _("已放弃，上传的文件已删除。"))
    return redirect(target_of(row.target).home[0])


@page(P.IMPORT)
def errors(request: Request, run: UUID) -> HttpResponse:
    """The sender's own workbook with the refused cells marked."""
    row = _run(run)
    path = waiting.there(row.id)
    with TemporaryDirectory() as folder:
        target = Path(folder) / "marked.xlsx"
        write_marked(path, target, sheet=row.sheet, header=row.header, marks=row.findings.get("marks", []),
                     gone=row.findings.get("gone", []))
        response = HttpResponse(target.read_bytes(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="import-{row.at:%Y%m%d}-refused.xlsx"'
    return response


def _begin(request: Request, row: ImportRun, *, write: bool, **said: str) -> HttpResponse:
    job = target_of(row.target).job
    progress = defer(job, by=request.actor, grid=row.grid, run=str(row.id), write=write, **said)
    request.session[f"progress:{row.id}"] = str(progress.id)
    request.session[f"progress-of:{row.id}"] = "write" if write else "try"
    return redirect("import_run", run=row.id)


def _progress_of(request: Request, row: ImportRun) -> str | None:
    """The job that this person began for this run, until it has brought the run to where it was to go."""
    reached = {"try": row.State.TRIED, "write": row.State.DONE}.get(request.session.get(f"progress-of:{row.id}", ""))
    return None if reached in (None, row.state) else request.session.get(f"progress:{row.id}")


def _columns_of(request: Request, row: ImportRun) -> dict[str, Any]:
    sheets = row.findings.get("sheets", [])
    asked = request.GET.get("sheet", row.sheet)
    chosen = next((one for one in sheets if one["name"] == asked), sheets[0] if sheets else None)
    if chosen is None:
        raise Refused("import_gone")
    if not chosen["header"]:
        return {"sheets": sheets, "chosen": chosen}
    known = actions.sources_of(chosen["signature"], row.grid // 1000, row.target)
    source = known.get(request.GET.get("source", ""))
    kept = row.mapping if chosen["name"] == row.sheet else chosen["mapping"]
    mapping = dict(source.mapping if source else kept)
    places = [
        {"place": place, "heading": heading, "chosen": mapping.get(place, ""),
         "examples": [top[place] for top in chosen["top"] if place < len(top) and top[place]][:3]}
        for place, heading in enumerate(chosen["headings"]) if heading
    ]  # fmt: skip
    return {"sheets": sheets, "chosen": chosen, "places": places, "columns": columns_of(target_of(row.target).columns),
            "known": known if len(known) > 1 else [], "source": source.source if source else row.source}


def _run(id_: UUID) -> ImportRun:
    row = ImportRun.objects.filter(id=id_).first()
    if row is None:
        raise Refused("not_found")
    return row
