"""Whoever asks for an erasure stands for all of the campaign's ground; what lies between its ranges is not in it."""

from importlib import import_module

from django.db import migrations

ERASE = import_module("fengchao.privacy.migrations.0002_protect").ERASE.replace("CREATE FUNCTION",
                                                                                "CREATE OR REPLACE FUNCTION")
RANGE = "int8multirange(int8range(c.lo, c.hi))"


class Migration(migrations.Migration):

    dependencies = [("privacy", "0002_protect"), ("work", "0012_campaign_ground")]

    operations = [migrations.RunSQL(ERASE.replace(RANGE, f"COALESCE(c.ground, {RANGE})"), ERASE)]
