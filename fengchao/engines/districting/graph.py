"""Parts that hang together."""

from collections.abc import Iterable


def components(nodes: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Each part in the order of `nodes`, the parts by their first node."""
    above = {node: node for node in nodes}

    def top(node: int) -> int:
        while above[node] != node:
            above[node] = node = above[above[node]]
        return node

    for one, other in pairs:
        if one in above and other in above:
            above[top(one)] = top(other)
    parts: dict[int, list[int]] = {}
    for node in above:
        parts.setdefault(top(node), []).append(node)
    return list(parts.values())
