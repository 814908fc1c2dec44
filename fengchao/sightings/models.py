"""Where people have been seen outside the register, by whom, and what it says of how many there are."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.base.models import PlaceBound
from fengchao.people.models import Building, Dwelling, Person


class Source(PlaceBound):
    """A list or a device that sees people of a community: kept for a purpose and until a day. `grid` is the
    community's first. The same name again is the same source."""

    name = models.CharField(_("来源"), max_length=60)
    purpose = models.CharField(_("目的"), max_length=200)
    expires = models.DateField(_("保存至"))
    seen_on = models.DateField(_("截至"))
    by = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())
    # Whoever sees a line of it, be it in one grid, must be told whose list it is.
    lo = models.GeneratedField(expression=F("grid"), output_field=models.BigIntegerField(),  # type: ignore[arg-type]
                               db_persist=True)
    hi = models.GeneratedField(expression=F("grid") + 1000, output_field=models.BigIntegerField(), db_persist=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grid", "name"], name="source_once")]


class Sighting(PlaceBound):
    """Somebody was on a source. `grid` is where they should be: that of the door, else the community's own, empty one.

    `identity` tells people of a source apart: the id, else phone and name, else name and door. `person` is their row in
    the register, once there is one. `dismissed`: somebody has looked and says why it is nobody who lives here.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="sightings", db_index=False)
    building = models.ForeignKey(Building, models.PROTECT, null=True, db_constraint=False, related_name="+")
    dwelling = models.ForeignKey(Dwelling, models.SET_NULL, null=True, related_name="sightings")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="sightings", db_index=False)
    name = models.CharField(_("姓名"), max_length=60)
    initials = models.CharField(max_length=20, blank=True, default="")
    born = models.DateField(null=True)
    ric_sealed = models.BinaryField(default=b"")
    ric_blind = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(default=b"")
    phone_blind = models.BinaryField(null=True)
    place = models.CharField(max_length=120, blank=True, default="")
    seen_on = models.DateField()
    expires = models.DateField()
    identity = models.BinaryField(max_length=16)
    dismissed = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "identity"], name="sighting_once")]
        indexes = [
            models.Index(fields=["grid", "tx"], name="sighting_grid_tx"),
            models.Index(fields=["grid", "id"], name="sighting_open", condition=Q(person=None, dismissed="")),
            models.Index(fields=["expires"], name="sighting_expires"),
            # Without those who are nobody's yet: of a whole district they are many, and looked for by place.
            models.Index(fields=["person"], name="sighting_person", condition=Q(person__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)  # a name must not slip into a log


class Estimate(PlaceBound):
    """How many people are present in a community, as the sources allow to say. One row a community, at its first grid.

    `method` is empty and `why` a code when it cannot be said. `sources`: [name, people, of them not registered].
    """

    registered = models.IntegerField()
    seen = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    low = models.IntegerField(default=0)
    high = models.IntegerField(default=0)
    method = models.CharField(max_length=20, blank=True, default="")
    why = models.CharField(max_length=20, blank=True, default="")
    assumptions = models.JSONField(default=list)
    dependent = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    at = models.DateTimeField(db_default=Now())
    register_tx = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grid"], name="estimate_once")]
