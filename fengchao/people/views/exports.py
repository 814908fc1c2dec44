"""The register and the premises as workbooks, and their empty templates."""

from io import BytesIO

from django.http import FileResponse
from django.utils.translation import gettext as _

from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.sheets.writing import export
from fengchao.web.pages import Request, page
from fengchao.web.place import here

from .. import actions, premises_sheet, sheet


@page(P.EXPORT)
def register_export(request: Request) -> FileResponse:
    """Masked when asked for; whole only when a purpose was posted."""
    place, purpose = here(request, request.actor), ""
    if request.method == "POST" and not (purpose := request.POST.get("purpose", "").strip()):
        raise Refused("purpose_needed")
    file = BytesIO()
    actions.export_register(by=request.actor, area=place.area, target=file, purpose=purpose[:200])
    return _workbook(file, f"{place.name}.xlsx")


@page(P.IMPORT)
def template(request: Request) -> FileResponse:
    file = BytesIO()
    export(file, title="人房名册", columns=sheet.columns(), rows=[])
    return _workbook(file, "template.xlsx")


@page(P.EXPORT)
def premises_export(request: Request) -> FileResponse:
    """As they are, phones masked; what comes out can be brought in again and changes nothing."""
    place, file = here(request, request.actor), BytesIO()
    actions.export_premises(by=request.actor, area=place.area, target=file)
    return _workbook(file, f"{place.name}-{_('场所')}.xlsx")


@page(P.IMPORT)
def premises_template(request: Request) -> FileResponse:
    file = BytesIO()
    export(file, title=_("场所"), columns=premises_sheet.columns(), rows=[])
    return _workbook(file, "premises.xlsx")


def _workbook(file: BytesIO, name: str) -> FileResponse:
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    return response
