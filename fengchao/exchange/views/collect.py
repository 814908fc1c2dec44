"""What ODK Collect asks for and sends: the campaigns of a worker as forms, their doors as a list, and what was seen."""

from hashlib import md5
from io import BytesIO
from uuid import UUID
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fengchao.base.actor import Actor
from fengchao.base.errors import Refused
from fengchao.base.scope import acting
from fengchao.sync import campaigns
from fengchao.sync.reach import reach_of
from fengchao.work.models import Campaign

from ..collect.doors import doors_csv
from ..collect.openrosa import MOST_BYTES, XML, message, openrosa, require_unheard
from ..collect.receiving import receive
from ..collect.xform import form_id, xform


@openrosa
def form_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    with acting(actor):
        forms = [(campaign, *xform(campaign)) for campaign in campaigns.running(reach_of(actor))]
    lines = "".join(
        f"<xform><formID>{form_id(campaign.id)}</formID><name>{escape(campaign.name)}</name><version>{version}</version>"
        f"<hash>md5:{md5(document).hexdigest()}</hash><descriptionText>{escape(campaign.purpose)}</descriptionText>"
        f"<downloadUrl>{_address(request, 'collect_form', campaign.id)}</downloadUrl>"
        f"<manifestUrl>{_address(request, 'collect_manifest', campaign.id)}</manifestUrl></xform>"
        for campaign, document, version in forms)
    return HttpResponse(f'<xforms xmlns="http://openrosa.org/xforms/xformsList">{lines}</xforms>', content_type=XML)


@openrosa
def form(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    with acting(actor):
        document, _ = xform(_campaign(actor, id))
    return HttpResponse(document, content_type=XML)


@openrosa
def manifest(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    with acting(actor):
        content = doors_csv(_campaign(actor, id), reach_of(actor))
    return HttpResponse(
        '<manifest xmlns="http://openrosa.org/xforms/xformsManifest"><mediaFile><filename>doors.csv</filename>'
        f"<hash>md5:{md5(content).hexdigest()}</hash>"
        f"<downloadUrl>{_address(request, 'collect_doors', id)}</downloadUrl></mediaFile></manifest>", content_type=XML)


@openrosa
def doors(request: HttpRequest, actor: Actor, id: UUID) -> HttpResponse:
    with acting(actor):
        content = doors_csv(_campaign(actor, id), reach_of(actor))
    return HttpResponse(content, content_type="text/csv; charset=utf-8")


@openrosa
def submission(request: HttpRequest, actor: Actor) -> HttpResponse:
    """HEAD: here it is, and so much may be sent. POST: 201 when it counts, 202 when it is kept but does not count."""
    if request.method == "HEAD":
        return HttpResponse(status=204, headers={"Location": request.build_absolute_uri()})
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "HEAD, POST"})
    _measure(request)
    document = request.FILES.get("xml_submission_file")
    if document is None:
        raise Refused("bad_request")
    photos = [file for name in request.FILES if name != "xml_submission_file" for file in request.FILES.getlist(name)]
    written, images = document.read(), [photo.read() for photo in photos]
    require_unheard(request, actor, [written, *images])
    words, counted = receive(actor, written, images)
    return message(words, 201 if counted else 202)


def _measure(request: HttpRequest) -> None:
    """Raises Refused "too_large". The protocol allows a body in chunks, whose length nobody says beforehand, and of
    which Django would read nothing."""
    if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
        body = request.META["wsgi.input"].read(MOST_BYTES + 1)
        request.META["CONTENT_LENGTH"] = str(len(body))
        request._stream = BytesIO(body)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Refused("too_large")


def _campaign(actor: Actor, id: UUID) -> Campaign:
    """Raises Refused "not_found" for one that does not run where the worker records."""
    found = next((row for row in campaigns.running(reach_of(actor)) if row.id == id), None)
    if found is None:
        raise Refused("not_found")
    return found


def _address(request: HttpRequest, name: str, id: UUID) -> str:
    return request.build_absolute_uri(reverse(name, args=[id]))
