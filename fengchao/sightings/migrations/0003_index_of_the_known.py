"""The index of people holds only who is somebody's: all others of a district stood in it under one key."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sightings", "0002_protect"), ("people", "0001_initial")]
    operations = [
        migrations.AlterField("sighting", "person", models.ForeignKey(
            db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="sightings",
            to="people.person")),
        migrations.AddIndex("sighting", models.Index(
            condition=models.Q(("person__isnull", False)), fields=["person"], name="sighting_person")),
    ]
