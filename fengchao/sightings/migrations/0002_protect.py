"""Sightings are about people and are seen where they should be; whose list it is, wherever a line of it is seen."""

from django.db import migrations

from fengchao.base.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("sightings", "0001_initial"), ("base", "0003_protect")]
    operations = [
        Protect("sightings_source", touches=True),
        Protect("sightings_sighting", personal=True, building="building_id"),
        Protect("sightings_estimate"),
    ]
