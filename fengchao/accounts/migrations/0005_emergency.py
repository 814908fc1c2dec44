"""Emergency accesses: seen by their holder, and by everybody whose scope they touch; nobody opens one for another."""

import django.db.models.functions.datetime
import fengchao.base.ids
import fengchao.base.models
from django.db import migrations, models

from fengchao.base.rls import Protect

OWN = """
CREATE POLICY own ON accounts_emergencyaccess
 USING ("by" = (SELECT NULLIF(current_setting('fengchao.actor', true), '')::uuid));
CREATE POLICY own_name_only ON accounts_emergencyaccess AS RESTRICTIVE FOR INSERT
 WITH CHECK ("by" = (SELECT NULLIF(current_setting('fengchao.actor', true), '')::uuid));
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_duty_overlay'),
        ('base', '0003_protect'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.UUIDField(default=fengchao.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('grid', models.BigIntegerField()),
                ('tx', models.BigIntegerField(db_default=fengchao.base.models.CurrentTx(), editable=False)),
                ('by', models.UUIDField()),
                ('by_name', models.CharField(max_length=40)),
                ('lo', models.BigIntegerField()),
                ('hi', models.BigIntegerField()),
                ('reason', models.CharField(max_length=30)),
                ('words', models.CharField(max_length=200)),
                ('begun', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires', models.DateTimeField()),
                ('ended', models.DateTimeField(blank=True, null=True)),
                ('reviewed', models.DateTimeField(blank=True, null=True)),
                ('reviewed_by', models.UUIDField(blank=True, null=True)),
                ('reviewed_name', models.CharField(blank=True, default='', max_length=40)),
                ('justified', models.BooleanField(blank=True, null=True)),
                ('verdict', models.CharField(blank=True, default='', max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['grid', '-begun'], name='emergency_grid'), models.Index(fields=['by', '-begun'], name='emergency_by'), models.Index(condition=models.Q(('reviewed__isnull', True)), fields=['lo'], name='emergency_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('hi__gt', models.F('lo'))), name='emergency_area_not_empty'), models.CheckConstraint(condition=models.Q(('expires__gt', models.F('begun'))), name='emergency_ends'), models.CheckConstraint(condition=models.Q(models.Q(('justified__isnull', True), ('reviewed__isnull', True), ('reviewed_by__isnull', True)), models.Q(('justified__isnull', False), ('reviewed__isnull', False), ('reviewed_by__isnull', False), models.Q(('reviewed_by', models.F('by')), _negated=True), models.Q(('verdict', ''), _negated=True)), _connector='OR'), name='emergency_reviewed_by_another')],
            },
        ),
        Protect('accounts_emergencyaccess', touches=True),
        migrations.RunSQL(OWN, migrations.RunSQL.noop),
    ]
