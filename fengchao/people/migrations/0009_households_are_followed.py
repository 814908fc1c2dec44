"""Households are read by what has changed, and what has gone is told: copies of them are kept elsewhere."""

from django.db import migrations, models

from fengchao.base.rls import tombstones


class Migration(migrations.Migration):
    dependencies = [("people", "0008_finding_buildings")]
    operations = [
        migrations.RunSQL(tombstones("people_household", "building_id"), migrations.RunSQL.noop),
        migrations.AddIndex("household", models.Index(fields=["grid", "tx"], name="household_grid_tx")),
        migrations.RemoveIndex("household", "household_grid"),
    ]
