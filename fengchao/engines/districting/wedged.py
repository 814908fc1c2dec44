"""Sets that fit into no grid within the tolerance: too light alone, too heavy together with anything that adjoins."""

from .ground import Ground

TRIED = 500  # connected sets looked at; where there are more, nothing is claimed


def wedged(u: int, ground: Ground, tolerance: float) -> bool:
    """Whether that is proved of set u: every connected set around it was looked at."""
    least, most = ground.share * (1 - tolerance) * (1 - 1e-9), ground.share * (1 + tolerance) * (1 + 1e-9)
    waiting, seen = [frozenset([u])], set[frozenset[int]]()
    while waiting and len(seen) < TRIED:
        held = waiting.pop()
        load = sum(ground.load[v] for v in held)
        if load > most or held in seen:
            continue
        if load >= least:
            return False
        seen.add(held)
        waiting += [held | {w} for v in held for w in ground.near[v] if w not in held]
    return not waiting
