"""Workbooks as they really arrive: what they mean is registered, what is unclear is refused in words."""

from pathlib import Path

import pytest

from fengchao.base.errors import Refused
from fengchao.base.scope import acting
from fengchao.people.importing.errors import sentences
from fengchao.people.models import Person
from fengchao.people.tests.test_importing import RICS, codes, counts, imported, workbook
from fengchao.testing import CAROL

pytestmark = pytest.mark.django_db

THREE = ["110101199001015676", "110101199203074236", "110101201506018119"]


def registered() -> list[tuple[str, str, str]]:
    with acting(CAROL):
        return [
            (p.name, p.relation, p.dwelling.label)
            for p in Person.objects.select_related("dwelling").order_by("dwelling__label", "id")
        ]


def test_a_file_without_names_is_refused_by_the_name_of_the_column_that_is_missing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["3", "2", "502", "13800000000"]], ["楼号", "单元", "房号", "电话"])
    with pytest.raises(Refused, match="sheet_column_missing") as refused:
        imported(path)
    assert "缺少“姓名”这一列" in refused.value.message
