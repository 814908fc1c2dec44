"""The register as a workbook, and the empty template."""

from io import BytesIO

from django.http import FileResponse

from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission as P
from fengchao.sheets.writing import export
from fengchao.web.pages import Request, page
from fengchao.web.place import here

from .. import actions, sheet


@page(P.EXPORT)
def register_export(request: Request) -> FileResponse:
    """Masked when asked for; whole only when a purpose was posted."""
    place, purpose = here(request, request.actor), ""
    if request.method == "POST" and not (purpose := request.POST.get("purpose", "").strip()):
        raise Refused("purpose_needed")
    file = BytesIO()
    actions.export_register(by=request.actor, area=place.area, target=file, purpose=purpose[:200])
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{place.name}.xlsx")
    response["Cache-Control"] = "no-store"
    return response


@page(P.IMPORT)
def template(request: Request) -> FileResponse:
    file = BytesIO()
    export(file, title="人房名册", columns=sheet.columns(), rows=[])
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="template.xlsx")
