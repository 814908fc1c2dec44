"""A design is seen by whoever holds its whole community: its place is the community's first number."""

from django.db import migrations

from fengchao.base.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("designs", "0001_initial"), ("base", "0003_protect")]
    operations = [Protect("designs_design")]
