"""A design of the grids of one community: what was asked for, and the proposals that came of it."""

from django.db import models
from django.db.models.functions import Now

from fengchao.base.models import PlaceBound
from fengchao.base.places import Area, community_of


class Design(PlaceBound):
    """`grid` is the first grid of the community. `brief` is what was asked for (see `asking.Asked`), `result` the
    buildings and the proposals over them (see `actions.draw`); empty until the job is done. Nothing in it is personal:
    buildings and counts."""

    brief = models.JSONField()
    result = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["grid", "-at"], name="design_grid_at")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def community(self) -> int:
        return community_of(self.grid)

    @property
    def area(self) -> Area:
        return Area.of(self.community)
