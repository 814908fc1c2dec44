"""Tombstones of many rows that move at once are one statement; an index that nothing was ever read by goes."""

import django.db.models.deletion
from django.db import migrations, models

from fengchao.base.rls import moves_anew


class Migration(migrations.Migration):
    dependencies = [("people", "0006_import_target_open")]
    operations = [
        *(migrations.RunSQL(moves_anew(table, building), migrations.RunSQL.noop) for table, building in (
            ("people_building", "id"), ("people_dwelling", "building_id"), ("people_person", "building_id"),
            ("people_premises", None))),
        migrations.AlterField("person", "household", models.ForeignKey(
            db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="people",
            to="people.household")),
    ]
