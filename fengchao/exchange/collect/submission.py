"""What ODK Collect sends, read without trust: one small XML document and its photos, as an operation of our own.

The record's id comes from the instanceID, so the same form sent again is the same record. It has the shape of the ids
that phones make (UUIDv7: the time it was finished, then the rest), because records are put in order by it.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from lxml import etree

from fengchao.base.errors import Refused
from fengchao.work.forms.answers import Questionnaire

from .xform import campaign_of

XML_BYTES = 256 * 1024
DEPTH = 12


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in: `answers` still as elements, to be read by the campaign's questionnaire."""

    campaign: UUID
    instance: str
    task: str
    version: str
    outcome: str
    note: str
    end: datetime
    answers: list[etree._Element]

    def operation(self, user: UUID, form: Questionnaire) -> dict[str, Any]:
        """As a phone would have said it; see sync.operations.RecordOp."""
        return {"type": "record", "id": str(record_id(user, self.instance, self.end)), "at": self.end.isoformat(),
                "task": self.task, "outcome": self.outcome, "note": self.note,
                "base_version": int(self.version) if self.version.isdecimal() and len(self.version) < 10 else 0,
                "answers": _answers(self.answers, form)}


def parse(document: bytes) -> Filled:
    """Raises Refused "too_large" or "bad_request"; a document type, and with it every entity, is refused unread."""
    if len(document) > XML_BYTES:
        raise Refused("too_large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("bad_request") from error
    if root.getroottree().docinfo.internalDTD is not None or _deep(root):
        raise Refused("bad_request")
    parts = {_name(child): child for child in root}
    visit = {_name(child): (child.text or "").strip() for child in parts.pop("fc-visit", ())}
    meta = {_name(child): (child.text or "").strip() for child in parts.pop("meta", ())}
    campaign, end = campaign_of(root.get("id", "")), _time(visit.get("end", ""))
    if campaign is None or end is None or not meta.get("instanceID"):
        raise Refused("bad_request")
    asked = [child for child in root if _name(child) not in ("fc-visit", "meta")]
    return Filled(campaign, meta["instanceID"][:200], visit.get("door", ""), visit.get("version", ""),
                  visit.get("outcome", ""), visit.get("note", ""), end, asked)


def record_id(user: UUID, instance: str, end: datetime) -> UUID:
    number = (int(end.timestamp() * 1000) << 80) | int.from_bytes(sha256(f"{user} {instance}".encode()).digest()[:10])
    number = number & ~(0xF << 76) | 0x7 << 76
    return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def _answers(elements: list[etree._Element], form: Questionnaire) -> dict[str, Any]:
    """Groups as objects, repeats as lists of objects, everything else as its text; whatever is empty is left out."""
    said: dict[str, Any] = {}
    for element in elements:
        name = _name(element)
        kind = form.by_name.get(name, {}).get("type", "")
        if kind == "repeat":
            said.setdefault(name, []).append(_answers(list(element), form))
        elif kind == "group" or len(element):
            said[name] = _answers(list(element), form)
        elif text := (element.text or "").strip():
            said[name] = text
    return said


def _deep(element: etree._Element, room: int = DEPTH) -> bool:
    return room == 0 or any(_deep(child, room - 1) for child in element)


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo and 2000 < at.year < 2100 else None
