"""The questionnaires: which there are, what they look like, and a new one from a workbook."""

from io import BytesIO
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.sheets.limits import MB
from fengchao.web.notices import done
from fengchao.web.pages import Request, page

from ..models import Campaign, Form
from .actions import add_form
from .columns import EN, ZH
from .convert_limits import LIMITS
from .export import answers_workbook
from .preview import shown
from .problems import BadForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(P.DECLARE)
def forms(request: Request) -> HttpResponse:
    """The newest version of each; a workbook sent here becomes a new one, or the list of what to correct."""
    problems = None
    if request.method == "POST":
        try:
            form = add_form(by=request.actor, workbook=_uploaded(request))
            done(request, _("已保存“%(title)s”第 %(version)s 版。") % {"title": form.called, "version": form.version})
            return redirect("form", form=form.id)
        except BadForm as bad:
            problems = bad.corrections
    newest = Form.objects.order_by("code", "-version").distinct("code").defer("workbook", "xform")
    return render(request, "forms/forms.html", {"forms": newest, "problems": problems, "zh": ZH, "en": EN},
                  status=422 if problems else 200)


def _uploaded(request: Request) -> bytes:
    file = request.FILES.get("workbook")
    if file is None:
        raise Refused("required", field=_("表单工作簿"))
    if (file.size or 0) > LIMITS.file_bytes:
        raise Refused("sheet_too_large", limit=LIMITS.file_bytes // MB)
    return file.read()


@page(P.SEE_COVERAGE)
def form(request: Request, form: UUID) -> HttpResponse:
    row = _form(form)
    versions = Form.objects.filter(code=row.code).order_by("-version").defer("workbook", "xform", "fields")
    return render(request, "forms/form.html", {"form": row, "questions": list(shown(row.fields)),
                                               "versions": versions})


@page(P.DECLARE)
def workbook(request: Request, form: UUID) -> HttpResponse:
    """The workbook as it was uploaded: what to start from when something must change."""
    row = _form(form)
    return _file(bytes(row.workbook), f"{row.code}-{row.version}")


@page(P.EXPORT)
def answers(request: Request, campaign: UUID) -> HttpResponse:
    row = Campaign.objects.filter(id=campaign).select_related("form").first()
    if row is None:
        raise Refused("not_found")
    target = BytesIO()
    answers_workbook(target, by=request.actor, campaign=row, area=row.area)
    return _file(target.getvalue(), f"answers-{row.id}")


def _form(id_: UUID) -> Form:
    row = Form.objects.filter(id=id_).first()
    if row is None:
        raise Refused("not_found")
    return row


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
