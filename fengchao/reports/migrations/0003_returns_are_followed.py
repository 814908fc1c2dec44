"""Returns are read by what has come since: copies of them are kept elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_protect")]
    operations = [migrations.AddIndex("dailyreturn", models.Index(fields=["grid", "tx"], name="return_grid_tx"))]
