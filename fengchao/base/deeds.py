"""The deeds of the trail in words. Each noun registers those of its own actions, beside them; privacy shows them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DEEDS: dict[str, Any] = {}
DETAILS: dict[str, Any] = {  # what the deeds of several nouns say
    "closed": _("结束的"), "code": _("名目"), "count": _("个数"), "day": _("日期"),
    "gone": _("并入的编号"), "grids": _("网格数"),
    "kind": _("类型"), "people": _("人数"), "reason": _("原因"), "records": _("记录"), "refused": _("拒绝"),
    "rows": _("行数"), "seed": _("种子"), "size": _("字节"), "until": _("截止"), "user": _("工作人员"),
    "area": _("地方"), "parts": _("组成"), "what": _("看了什么"),
}

VALUES: dict[str, dict[str, Any]] = {}  # of details that are codes
PAGES: dict[str, str] = {}  # of a deed: the name of the page that shows what was done to, and takes its id alone


def register(deeds: dict[str, Any], details: dict[str, Any] | None = None,
             values: dict[str, dict[str, Any]] | None = None, pages: dict[str, str] | None = None) -> None:
    """Adds a noun's deeds and what only they say; words that are there already are a mistake of the programmer.

    `pages`: of a page, the deeds whose object it shows, in one text.
    """
    shown = {deed: page for page, those in (pages or {}).items() for deed in those.split()}
    for known, more in ((DEEDS, deeds), (DETAILS, details or {}), (PAGES, shown),
                        *((VALUES.setdefault(key, {}), words) for key, words in (values or {}).items())):
        if twice := known.keys() & more.keys():
            raise RuntimeError(f"{', '.join(sorted(twice))} have their words already")
        known.update(more)
