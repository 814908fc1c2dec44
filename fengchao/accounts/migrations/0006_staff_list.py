"""Staff lists that wait for their confirmation."""

import django.db.models.functions.datetime
import fengchao.base.ids
import fengchao.base.models
from django.db import migrations, models

from fengchao.base.rls import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_emergency'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffList',
            fields=[
                ('id', models.UUIDField(default=fengchao.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('grid', models.BigIntegerField()),
                ('tx', models.BigIntegerField(db_default=fengchao.base.models.CurrentTx(), editable=False)),
                ('lo', models.BigIntegerField()),
                ('hi', models.BigIntegerField()),
                ('file_name', models.CharField(max_length=120)),
                ('whole', models.BooleanField()),
                ('sealed', models.BinaryField()),
                ('counts', models.JSONField(default=dict)),
                ('by', models.UUIDField(null=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('finished', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['grid', '-at'], name='staff_grid_at')],
            },
        ),
        Protect('accounts_stafflist', touches=True),
    ]
