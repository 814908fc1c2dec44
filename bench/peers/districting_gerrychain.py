"""The instance of `districting_2025` with gerrychain: one seed division, then ReCom steps that look for short borders.

    uv venv /tmp/peer && uv pip install --python /tmp/peer/bin/python gerrychain
    PYTHONPATH=. /tmp/peer/bin/python bench/peers/districting_gerrychain.py [STEPS]
"""

import random
import sys
import time
from functools import partial

import networkx
from gerrychain import Graph, Partition, constraints, proposals, updaters
from gerrychain.optimization import SingleMetricOptimizer
from gerrychain.partition import recursive_tree_part

from fengchao.engines.districting.adjacency import neighbours
from fengchao.engines.districting.bench import BRIEF, lattice


def main(steps: int) -> None:
    random.seed(0)
    buildings = lattice()
    graph = networkx.Graph()
    graph.add_nodes_from((i, {"load": int(building.loads[0])}) for i, building in enumerate(buildings))
    graph.add_edges_from(neighbours(buildings, BRIEF))
    theirs = Graph.from_networkx(graph)
    share = sum(b.loads[0] for b in buildings) / BRIEF.grids
    began = time.process_time()
    seed = recursive_tree_part(theirs, range(BRIEF.grids), share, "load", BRIEF.tolerance)
    report("seed", seed, graph, share, began)
    first = Partition(theirs, seed, updaters={"load": updaters.Tally("load"), "cut_edges": updaters.cut_edges})
    recom = partial(proposals.recom, pop_col="load", pop_target=share, epsilon=BRIEF.tolerance)
    within = [constraints.within_percent_of_ideal_population(first, BRIEF.tolerance, "load")]
    search = SingleMetricOptimizer(recom, within, first, lambda part: len(part["cut_edges"]), maximize=False)
    for _ in search.short_bursts(10, steps // 10):
        pass
    report(f"{steps} steps in short bursts", dict(search.best_part.assignment.items()), graph, share, began)


def report(what: str, of: dict, graph: networkx.Graph, share: float, began: float) -> None:
    load = dict.fromkeys(of.values(), 0)
    for node, grid in of.items():
        load[grid] += graph.nodes[node]["load"]
    off = max(abs(one / share - 1) for one in load.values())
    cut = sum(of[a] != of[b] for a, b in graph.edges)
    print(f"{what}: {time.process_time() - began:.1f} s, off {off:.3f}, largest / smallest "
          f"{max(load.values()) / max(1, min(load.values())):.2f}, cut {cut}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
