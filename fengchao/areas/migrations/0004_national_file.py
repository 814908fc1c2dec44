"""Files of the national register, what they say otherwise, and which names were given here by hand."""

import django.db.models.deletion
import django.db.models.functions.datetime
import fengchao.base.ids
import fengchao.base.models
from django.db import migrations, models

from fengchao.base.rls import Protect

BY_HAND = """UPDATE areas_division d SET by_hand = true WHERE NOT local AND (until IS NOT NULL
 OR EXISTS (SELECT FROM areas_formername f WHERE f.division_id = d.id))"""


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0003_overlay'),
    ]

    operations = [
        migrations.AddField(
            model_name='division',
            name='by_hand',
            field=models.BooleanField(db_default=False),
        ),
        migrations.CreateModel(
            name='NationalFile',
            fields=[
                ('id', models.UUIDField(default=fengchao.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('grid', models.BigIntegerField()),
                ('tx', models.BigIntegerField(db_default=fengchao.base.models.CurrentTx(), editable=False)),
                ('lo', models.BigIntegerField()),
                ('hi', models.BigIntegerField()),
                ('file_name', models.CharField(max_length=120, verbose_name='文件')),
                ('source', models.CharField(max_length=200, verbose_name='来源')),
                ('as_of', models.DateField(verbose_name='数据截止日期')),
                ('sha256', models.CharField(max_length=64)),
                ('codes', models.IntegerField()),
                ('counts', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', '待确认'), ('done', '已采用'), ('dropped', '已放弃')], default='waiting', max_length=10)),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.CharField(max_length=40)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['grid', '-at'], name='nationalfile_grid')],
                'constraints': [models.CheckConstraint(condition=models.Q(('hi__gt', models.F('lo'))), name='nationalfile_area')],
            },
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('gone', 'Gone'), ('came', 'Came'), ('renamed', 'Renamed')], max_length=7)),
                ('level', models.SmallIntegerField(choices=[(1, 'Province'), (2, 'City'), (3, 'County'), (4, 'Street'), (5, 'Community')])),
                ('code', models.BigIntegerField()),
                ('lo', models.BigIntegerField()),
                ('hi', models.BigIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('new_name', models.CharField(default='', max_length=80)),
                ('local', models.BooleanField(default=False)),
                ('by_hand', models.BooleanField(default=False)),
                ('standing', models.JSONField(default=dict)),
                ('becomes', models.BigIntegerField(null=True)),
                ('reason', models.CharField(default='', max_length=12)),
                ('candidates', models.JSONField(default=list)),
                ('decided', models.BooleanField(default=False)),
                ('regridding', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='areas.regridding')),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='differences', to='areas.nationalfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'kind', 'level', 'code'), name='difference_once')],
            },
        ),
        migrations.RunSQL(BY_HAND, migrations.RunSQL.noop),
        Protect('areas_nationalfile', touches=True),
    ]
