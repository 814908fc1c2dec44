"""A workbook into the register: read under guard, staged, compared, shown; what is confirmed is written whole.

Rows that cannot be accepted are refused one by one and come back (decision 24).

`doors` and `rows` run in the guarded process and know no database; `staging` copies what they yield into temporary
tables; `matching` compares with the register; `actions.import_people` is the whole of it.
"""
