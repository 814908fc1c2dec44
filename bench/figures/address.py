"""Written addresses taken apart on one core, the national register loaded."""

from bench.context import Bench
from bench.figure import Measured, figure
from fengchao.areas import gazetteer
from fengchao.engines.address.bench import TARGET, address_parse


@figure("address_parse", unit="addresses/s", target=TARGET, at_least=True)
def figure_address_parse(bench: Bench) -> Measured:
    """The floor splits the same lines with one regex that knows no place."""
    measured = address_parse(gazetteer.load(bench.home))
    return Measured(measured["value"], floor=measured["floor"])
