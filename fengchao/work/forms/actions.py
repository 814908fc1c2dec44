"""Every write of forms. A form never changes; a new version is a new row, and running campaigns keep theirs."""

import tempfile
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from fengchao import packs
from fengchao.base.actor import Actor
from fengchao.base.audit import write_one
from fengchao.base.errors import Refused
from fengchao.base.permissions import Permission
from fengchao.sheets import guard

from ..models import Form
from .convert_limits import LIMITS
from .problems import BadForm


def add_form(*, by: Actor, workbook: bytes) -> Form:
    """Converts a workbook and keeps it as the next version of its form_id.

    Raises BadForm with everything to correct, or Refused for a file that cannot be read at all.
    """
    if not by.may_anywhere(Permission.DECLARE):
        raise Refused("not_allowed", permission=Permission.DECLARE.value)
    said = read_workbook(workbook, version=1)
    last = Form.objects.filter(code=said["code"]).order_by("-version").first()
    if last and all(getattr(last, key) == said[key] for key in ("fields", "title", "title_en")):
        raise Refused("form_same", version=last.version)
    version = last.version + 1 if last else 1
    if version > 1:
        said = read_workbook(workbook, version=version)
    try:
        with transaction.atomic():
            form = Form.objects.create(version=version, workbook=workbook, **{
                key: said[key] for key in ("code", "title", "title_en", "xform", "fields")})
    except IntegrityError as error:
        raise Refused("form_twice") from error
    write_one("add_form", form.id, by=by, code=form.code, version=version, questions=len(form.fields))
    return form


def install_pack_forms(*, by: Actor) -> list[Form]:
    """The questionnaires that come with the packs, where they are missing or have changed. Safe to repeat, and then
    quick: a workbook that is there already is not converted again."""
    added = []
    for workbook in (path.read_bytes() for path in packs.form_workbooks()):
        if Form.objects.filter(workbook=workbook).exists():
            continue
        try:
            added.append(add_form(by=by, workbook=workbook))
        except Refused as refused:
            if refused.code != "form_same":
                raise
    return added


def read_workbook(workbook: bytes, *, version: int) -> dict[str, Any]:
    """What the guarded process makes of a workbook: {code, title, title_en, xform, fields}."""
    with tempfile.TemporaryDirectory(prefix="fengchao-form-") as folder:
        path = Path(folder) / "form"
        path.write_bytes(workbook)
        said = guard.call("fengchao.work.forms.convert:convert", limits=LIMITS, path=str(path), version=version)
    if said["problems"]:
        raise BadForm(said["problems"])
    return said
