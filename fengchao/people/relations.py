"""How somebody is related to the head of the household. Kept in Chinese; a word that nobody foresaw, as written."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

RELATIONS = (
    _("户主"), _("配偶"), _("丈夫"), _("妻子"), _("儿子"), _("女儿"), _("子女"), _("父亲"), _("母亲"), _("父母"),
    _("岳父"), _("岳母"), _("公公"), _("婆婆"), _("儿媳"), _("女婿"), _("孙子"), _("孙女"), _("外孙"), _("外孙女"),
    _("祖父"), _("祖母"), _("外祖父"), _("外祖母"), _("兄弟"), _("姐妹"), _("亲属"), _("合租"), _("同住"), _("寄住"),
    _("保姆"), _("租户"), _("其他"),
)


def relation_words(relation: str) -> str:
    """In the reader's language, when it is one of ours."""
    return gettext(relation) if relation in RELATIONS else relation
