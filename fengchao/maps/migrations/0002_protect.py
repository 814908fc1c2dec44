"""A boundary is seen wherever it touches, an outline where its building stands, a file by those who hold its area."""

from django.db import migrations

from fengchao.base.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("maps", "0001_initial"), ("base", "0003_protect")]
    operations = [
        Protect("maps_boundary", touches=True),
        Protect("maps_outline", building="building_id"),
        Protect("maps_mapimport"),
    ]
