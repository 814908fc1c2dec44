"""A sighting that is erased is told as gone: an erasure that did not reach the copies would be none."""

from django.db import migrations

from fengchao.base.rls import tombstones


class Migration(migrations.Migration):
    dependencies = [("sightings", "0003_index_of_the_known")]
    operations = [
        migrations.RunSQL(tombstones("sightings_sighting", "building_id"), migrations.RunSQL.noop),
    ]
