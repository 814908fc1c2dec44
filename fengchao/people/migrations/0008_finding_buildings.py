"""A compound, a road or the number of a building is what people type into the search box."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_moved_together")]
    operations = [migrations.AddIndex("building", models.Index(fields=fields, name=name)) for fields, name in (
        (["number", "grid"], "building_number"), (["compound"], "building_compound"), (["road"], "building_road"))]
