"""What is asked for, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .asking import COUNTS, Asked, counts

MOST, HEAVIEST = 200, 20  # grids of one community, and what one of something may count


class AskForm(forms.Form):
    grids = forms.IntegerField(label=_("要分成几个网格"), min_value=1, max_value=MOST)
    tolerance = forms.TypedChoiceField(
        label=_("负担可以相差"), coerce=int, initial=10,
        choices=[(percent, f"± {percent}%") for percent in (5, 10, 15, 20)])
    divide = forms.ChoiceField(
        label=_("小区"), initial="large", widget=forms.RadioSelect,
        choices=[("large", _("不拆开；只有比一个网格还大的小区才可以拆")), ("any", _("都可以拆，只要分得更匀")),
                 ("whole", _("一律不拆开"))])

    def __init__(self, data: Any = None, today: int = 1):
        super().__init__(data, initial={"grids": max(1, today)})
        for code, words in counts().items():
            self.fields[f"weight-{code}"] = forms.IntegerField(
                label=words, min_value=0, max_value=HEAVIEST, required=False,
                initial=1 if code == "households" else 0)

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in ("grids", "tolerance", "divide")]

    def usual(self) -> list[forms.BoundField]:
        return [self[f"weight-{code}"] for code in COUNTS]

    def care(self) -> list[forms.BoundField]:
        return [self[f"weight-{code}"] for code in counts() if code not in COUNTS]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self._weights():
            raise forms.ValidationError(_("请至少让一项计入负担：填一个大于 0 的数。"))
        return self.cleaned_data

    def asked(self, seed: int) -> Asked:
        given = self.cleaned_data
        return Asked(given["grids"], given["tolerance"], self._weights(), given["divide"], seed)

    def _weights(self) -> tuple[tuple[str, int], ...]:
        given = self.cleaned_data
        return tuple((code, weight) for code in counts() if (weight := given.get(f"weight-{code}")))
