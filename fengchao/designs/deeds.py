"""The deeds of designs in words."""

from django.utils.translation import gettext_lazy as _

from fengchao.base.deeds import register

register({
    "design_asked": _("要求设计网格"), "design_drawn": _("设计网格"),
}, {
    "proposals": _("方案数"),
}, pages={"design": "design_asked design_drawn"})
