from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("work", "0009_record_by_task")]

    operations = [
        migrations.AddField("signoff", "went_with", models.UUIDField(null=True)),
    ]
