"""Proof from outside: people known from any other source, held against the register, and how many nobody has seen.

Between `people` and `work`: lists arrive here, gates and tests will report here (`actions.see`), `work` makes tasks of
what does not agree, and the board shows the estimate. See docs/adr/0015.
"""
