"""Sentences that are translated when somebody reads them, for modules of which a guarded reader needs other things.

The same as Django's `gettext_lazy`, whose module takes longer to import than such a reader takes for its file.
"""

from django.utils.functional import lazy


def _translated(sentence: str) -> str:
    from django.utils.translation import gettext

    return gettext(sentence)


gettext_lazy = lazy(_translated, str)
