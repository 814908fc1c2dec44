"""Emergency access: three hours of looking where one has no duty, for a reason, in the open.

    begin (a reason) -> every page says so, every look is written down -> it ends by itself -> somebody else reviews it

It is a row for each community it lies in, whose own people judge it, and grants with an end, added to the duties of
its holder in the one browser it was opened for. It looks and reveals; it writes, exports and gives nothing, and no
phone and no job ever carries it (see decision 18).
"""
