"""The staff list of a place: who works here, as a workbook; read, shown as what it would do, and done when confirmed.

    upload -> reading (guarded: columns, cells) -> plan (against the accounts there are) -> a person confirms -> actions

The list stands sealed in the database between the upload and the confirmation, and is emptied by it.
"""
