"""A confirmed return can be read where it stands and added once; nobody but the owner could change it."""

from django.db import migrations

from fengchao.base.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("base", "0003_protect")]
    operations = [Protect("reports_dailyreturn", append_only=True)]
