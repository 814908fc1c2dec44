"""How fast, beside how fast it could be: `make bench`, or `fengchao bench [NAME...] [--json]`.

A figure is one function in `bench/figures/`; see `figure.py`. Run from the checkout: a wheel does not carry it.
"""
