"""Estimates in plain words: how it was reckoned, what must be true for it, and why it sometimes cannot be said."""

from django.utils.translation import gettext_lazy as _

METHODS = {
    "chapman": _("用名册和一个外部来源的重合程度推算（Chapman 法）。"),
    "loglinear": _("用三个或更多来源的重合程度推算，并考虑了哪些来源互相关联（对数线性模型）。"),
    "chao": _("各来源之间的关联说不清，只能给出下限（Chao 下限）：实际人数不会明显少于这个数，但可能更多。"),
}
ASSUMPTIONS = {
    "independent": _("各来源互不相关：如果在一个来源里的人更容易也在另一个来源里（例如名单就是照着名册抄的），"
                     "实际人数比这里推算的多。"),
    "modelled": _("来源之间的关联只按两两考虑：如果有一群人在所有来源里都躲着，实际人数比这里推算的多。"),
    "lower_bound": _("有些人比别人难见到：越是这样，实际人数比这里的下限越多。"),
    "matched": _("每个人都对上了号：名单里的错号、别名会被当成没登记的人，实际人数就比这里推算的少。"),
    "same_people": _("各来源说的是同一批人、同一段时间：名单里已搬走的人、只来办事的人，会使推算偏多。"),
}
WHY = {
    "no_sources": _("名册和外部来源都是空的。"),
    "one_source": _("只有名册，没有别的来源可以对照。导入一份外部名单后才能推算。"),
    "no_overlap": _("名册和外部来源没有一个人对得上，说明来源或核对有问题，无法推算。"),
    "all_the_same": _("名册和外部来源一模一样，很可能是同一份名单，不能互相证明。"),
    "no_model": _("各来源之间的关联互相矛盾，没有可信的推算方法。"),
}
