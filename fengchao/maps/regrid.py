"""Outlines go along with their buildings; the border of a grid that ends stays. Given to areas at start."""

from fengchao.areas.moving import Follower

OUTLINES = """UPDATE maps_outline t SET grid = m.becomes FROM regrid_row m
WHERE m.kind = 'building' AND t.building_id = m.row AND t.grid = ANY (%(left)s) AND t.grid = m.was"""

FOLLOWER = Follower(moves=(OUTLINES,))
