"""Workbooks as communities really keep them, made from a synthetic community, the truth beside them.

    sheet = dirty_sheet(community(), seed=1)
    write(sheet, Path("宏侨社区.xlsx"))      # and 宏侨社区.xlsx.truth.json

The truth says of every row of the file what an importer should make of it, so that importers can be measured.
"""

from fengchao.demo.dirty.sheet import Sheet, dirty_sheet
from fengchao.demo.dirty.slips import Mess
from fengchao.demo.dirty.write import write

__all__ = ["Mess", "Sheet", "dirty_sheet", "write"]
