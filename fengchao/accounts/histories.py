"""What overlays were before, from the audit trail, in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fengchao.areas.models import Overlay
from fengchao.areas.queries import names
from fengchao.base.deeds import DEEDS
from fengchao.base.models import AuditEntry

from .queries import names_of

DEEDS_OF = ("overlay_added", "overlay_changed", "overlay_corrected")


@dataclass(frozen=True, slots=True)
class Change:
    at: datetime
    by: str
    deed: Any
    said: str


def histories(overlays: Iterable[Overlay]) -> dict[UUID, list[Change]]:
    """Of each, what was said when it was added and what has been changed since, the latest first."""
    found: dict[UUID, list[Change]] = defaultdict(list)
    entries = list(AuditEntry.objects.filter(
        object__in=[str(overlay.id) for overlay in overlays], action__in=DEEDS_OF).order_by("-id"))
    people = names_of(entry.actor for entry in entries)
    called = names(code for entry in entries for code in entry.detail.get("codes", ()))
    for entry in entries:
        who = people.get(entry.actor, _("系统")) if entry.actor else _("系统")
        said = " · ".join(_words(entry.detail, called))
        found[UUID(entry.object)].append(Change(entry.at, who, DEEDS[entry.action], said))
    return found


def _words(detail: dict[str, Any], called: dict[int, str]) -> Iterator[str]:
    if "name" in detail:
        yield detail["name"]
    if "kind" in detail:
        yield str(Overlay.Kind(detail["kind"]).label)
    if "since" in detail:
        yield _("%(day)s 起") % {"day": _day(detail["since"])}
    if detail.get("until"):
        yield _("到 %(day)s") % {"day": _day(detail["until"])}
    elif "until" in detail:
        yield _("不定最后一天")
    if "codes" in detail:
        yield " ".join(called[code] for code in detail["codes"])


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "Y-m-d")
