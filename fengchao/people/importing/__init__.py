"""A workbook into the register: read under guard, staged, compared, written as a whole or not at all.

`doors` and `rows` run in the guarded process and know no database; `staging` copies what they yield into temporary
tables; `matching` compares with the register; `actions.import_people` is the whole of it.
"""
