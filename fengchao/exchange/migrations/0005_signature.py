from django.db import migrations, models


class Migration(migrations.Migration):
    """Of a token's last form: what it was signed with, and what came."""

    dependencies = [("exchange", "0004_ground")]

    operations = [
        migrations.AddField("token", "nonce", models.BigIntegerField(default=0)),
        migrations.AddField("token", "nonce_count", models.BigIntegerField(default=0)),
        migrations.AddField("token", "nonce_body", models.BinaryField(default=b"")),
    ]
