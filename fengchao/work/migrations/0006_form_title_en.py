from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("work", "0005_list_orders")]

    operations = [
        migrations.AddField("form", "title_en", models.CharField(blank=True, default="", max_length=120)),
    ]
