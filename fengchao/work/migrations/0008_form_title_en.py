from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("work", "0007_task_of_a_sighting")]

    operations = [
        migrations.AddField("form", "title_en", models.CharField(blank=True, default="", max_length=120)),
    ]
