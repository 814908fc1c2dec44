"""People who do not exist: seeded communities and districts, and the dirty workbooks such places keep."""

from fengchao.demo.synthetic.community import Community, community
from fengchao.demo.synthetic.district import communities
from fengchao.demo.synthetic.model import Building, Compound, Dwelling, Household, Person, Premises

__all__ = [
    "Building", "Community", "Compound", "Dwelling", "Household", "Person", "Premises",
    "communities", "community",
]  # fmt: skip
