"""A run of an import: whose file, what it did or would do, and how its columns were understood."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fengchao.base.models import PlaceBound

REGISTER, PREMISES = "register", "premises"


class ImportRun(PlaceBound):
    """`grid` is the first of the community. The uploaded file waits in the home folder until the run ends."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("已上传")
        TRIED = "tried", _("已试算")
        DONE = "done", _("已导入")
        DROPPED = "dropped", _("已放弃")

    target = models.CharField(max_length=10, default=REGISTER, db_default=REGISTER)  # the code of one of `targets`
    source = models.CharField(_("来源"), max_length=60)
    file_name = models.CharField(_("文件"), max_length=120)
    file_hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=32, blank=True, default="")
    sheet = models.CharField(max_length=60, blank=True, default="")
    header = models.IntegerField(default=0)
    mapping = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())
    finished = models.DateTimeField(null=True)

    @property
    def chosen_header(self) -> int | None:
        """The row of the header, where a person had to show it."""
        sheets = self.findings.get("sheets", ())
        return next((one["header"] for one in sheets if one["name"] == self.sheet and one.get("by_hand")), None)

    class Meta:
        app_label = "people"
        indexes = [
            models.Index(fields=["grid", "-at"], name="import_grid_at"),
            models.Index(fields=["signature", "grid"], name="import_signature"),
        ]
