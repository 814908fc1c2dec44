"""Whoever was seen stands where their door is; without a door, in the community itself, which does not move. Given to
areas at start."""

from fengchao.areas.moving import Follower

SIGHTINGS = """UPDATE sightings_sighting t SET grid = m.becomes FROM regrid_row m
WHERE m.kind = 'building' AND t.building_id = m.row AND t.grid = ANY (%(left)s) AND t.grid = m.was"""

FOLLOWER = Follower(moves=(SIGHTINGS,))
