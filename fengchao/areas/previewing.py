"""What a re-gridding would touch, counted before anybody confirms it: the same rows, by the same conditions."""

from collections import defaultdict
from typing import Any

from fengchao.base.actor import Actor

from . import moving
from .plans import Plan


def figures(left: list[int]) -> dict[str, Any]:
    """{"flows": [[was, becomes, {what: number}], ...], "totals": {what: number}} of what is laid out."""
    flows: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    totals: dict[str, int] = {}
    for what, query in [pair for one in moving.followers for pair in one.counts.items()]:
        found = moving.asked(query, left)
        totals[what] = sum(number for *_, number in found)
        for was, becomes, number in found:
            flows[was, becomes][what] = number
    return {"flows": [[was, becomes, counted] for (was, becomes), counted in sorted(flows.items())], "totals": totals}


def preview(*, by: Actor, plan: Plan) -> dict[str, Any]:
    """`figures` of a plan, and the codes of what would refuse it today: {"refused": {code: how many}}."""
    with moving.mover(by):
        left = moving.lay_out(plan)
        found = figures(left)
        refused = {code: count for one in moving.followers for code, query in one.refusals.items()
                   if (count := moving.asked(query, left)[0][0])}
    return found | {"refused": refused}
