"""Premises that are no more stay with their history, and the day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0009_households_are_followed")]
    operations = [migrations.AddField("premises", "closed",
                                      models.DateField(blank=True, null=True, verbose_name="停业日期"))]
