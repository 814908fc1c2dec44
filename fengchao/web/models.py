"""What a person keeps for themselves in the console."""

from django.conf import settings
from django.db import models

from fengchao.base.ids import uuid7


class SavedFilter(models.Model):
    """The conditions of a list under a name of one's own: the query string of a page, without position and place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_once")]
