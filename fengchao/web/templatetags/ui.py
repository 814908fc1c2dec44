"""The parts pages are made of. Each is a small template in web/parts; use these, do not write their markup again."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, SelectMultiple
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fengchao.web.models import SavedFilter
from fengchao.web.notices import UNDO

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An outline from web/icons.svg; decoration only, so hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("web/icons.svg"), name
    )


@register.inclusion_tag("web/parts/stat.html")
def stat(label: str, value: Any, href: str = "", tone: str = "") -> dict[str, Any]:
    """One figure with its words; `href` opens the rows behind it; tone "warn" for a figure that asks for action."""
    return {"label": label, "value": value, "href": href, "tone": tone}


@register.inclusion_tag("web/parts/around.html")
def around(path: Iterable[Any], **asked: Any) -> dict[str, Any]:
    """The places around the last of `path`, as links, with what else is `asked` of them. The last is the heading."""
    return {"around": list(path)[:-1], "asked": urlencode(asked)}


@register.inclusion_tag("web/parts/empty.html")
def empty(title: str, text: str = "", href: str = "", label: str = "", icon: str = "info-circle") -> dict[str, Any]:
    """Nothing to show: what that means, and the button that does the next thing."""
    return {"title": title, "text": text, "href": href, "label": label, "icon_name": icon}


@register.simple_tag
def bar(parts: Iterable[Any], total: int) -> SafeString:
    """Outcomes as a bar with patterns. Written here: every row of a long table has one."""
    drawn = [part for part in parts if part.count] if total else []
    said = [f"{escape(part.label)} {figure(part.count)}" for part in drawn]
    return mark_safe(f'<div class="coverage" role="img" aria-label="{", ".join(said) or _("还没有目标")}">' + "".join(
        f'<i class="p-{part.pattern}" style="--c:{part.colour};width:{100 * part.count / total:.2f}%"'
        f' title="{words}"></i>'
        for part, words in zip(drawn, said, strict=True)) + "</div>")


@register.inclusion_tag("web/parts/coverage.html")
def coverage_bar(parts: Iterable[Any], total: int) -> dict[str, Any]:
    """Outcomes as a bar with patterns, and in words. `parts`: objects with label, count, colour, pattern, href."""
    return {"parts": [part for part in parts if part.count] if total else [], "total": total}


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field of a form: label, control, help, and what is wrong with it in words."""
    widget = bound.field.widget
    kind = "form-control"
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        kind = ""
    elif isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, Select | SelectMultiple):
        kind = "form-select"
    return {
        "field": bound,
        "control": bound.as_widget(attrs={"class": f"{kind} is-invalid" if bound.errors and kind else kind}),
        "check": kind == "form-check-input",
        "group": not kind,
        "several": isinstance(widget, CheckboxSelectMultiple),
    }


@register.inclusion_tag("web/parts/fields.html")
def fields(form: Any) -> dict[str, Any]:
    """All of a form: what is wrong with the whole, then field by field."""
    return {"form": form}


@register.inclusion_tag("web/parts/pager.html")
def pager(page: Any) -> dict[str, Any]:
    """Further rows of a `base.lists.Page`, and back to the first."""
    return {"page": page}


@register.inclusion_tag("web/parts/filters.html", takes_context=True)
def filters(context: dict[str, Any], listing: Any) -> dict[str, Any]:
    """The conditions and orders of a `base.lists.Listing` as a form that applies itself, and those kept for later."""
    request = context["request"]
    return {
        "listing": listing,
        "saved": SavedFilter.objects.filter(user=request.actor.id, page=request.path).order_by("name"),
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
        "fields": [(f, listing.values[f.code]) for f in listing.filters],
        "rest": [(name, value) for name, value in listing.rest if name != "order"],
    }


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any) -> SafeString:
    """Of a select. Written here: hundreds of buildings as nodes of a template take longer than the rest of a page."""
    return mark_safe("".join(
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(label)}</option>\n'
        for code, label in choices))


@register.simple_tag
def swatch(outcome: Any) -> SafeString:
    """The colour and pattern of an outcome, beside its words."""
    if not outcome:
        return SafeString("")
    return format_html('<i class="swatch p-{}" style="--c:{}" aria-hidden="true"></i>{}',
                       outcome.pattern, outcome.colour, outcome.words)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """mapping[key], or nothing."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def undo_address(tags: str | None) -> str:
    """The address inside the tags of a message made by `notices.done`, or nothing."""
    return next((tag.removeprefix(UNDO) for tag in (tags or "").split() if tag.startswith(UNDO)), "")


@register.filter
def figure(value: Any) -> Any:
    """How many of something, as every page writes it in both languages: 12,821. Codes and years are no figures."""
    return f"{value:,}" if isinstance(value, int) else value


@register.filter
def percent(part: int, whole: int) -> str:
    """12.3 % without pretending that 99.96 % is everything."""
    if not whole:
        return "–"
    tenths = 1000 * part // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"
