"""A re-gridding as data, and the way every building went."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import fengchao.base.ids
import fengchao.base.models
from django.db import migrations, models

from fengchao.base.rls import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0001_initial'),
        ('base', '0003_protect'),
    ]

    operations = [
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('row', models.UUIDField()),
                ('was', models.BigIntegerField()),
                ('becomes', models.BigIntegerField()),
                ('tx', models.BigIntegerField(db_default=fengchao.base.models.CurrentTx(), editable=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Regridding',
            fields=[
                ('id', models.UUIDField(default=fengchao.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('grid', models.BigIntegerField()),
                ('tx', models.BigIntegerField(db_default=fengchao.base.models.CurrentTx(), editable=False)),
                ('lo', models.BigIntegerField()),
                ('hi', models.BigIntegerField()),
                ('title', models.CharField(max_length=80, verbose_name='说明')),
                ('plan', models.JSONField()),
                ('choices', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('planned', '待执行'), ('done', '已执行'), ('undone', '已撤销'), ('dropped', '已放弃')], default='planned', max_length=10)),
                ('day', models.DateField(blank=True, null=True, verbose_name='执行日期')),
                ('problem', models.JSONField(default=dict)),
                ('figures', models.JSONField(default=dict)),
                ('before', models.JSONField(default=dict)),
                ('by', models.UUIDField(null=True)),
                ('by_name', models.CharField(max_length=40)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.UUIDField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='grid',
            name='grid_dates_in_order',
        ),
        migrations.AddConstraint(
            model_name='grid',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', django.db.models.expressions.CombinedExpression(models.F('since'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='grid_dates_in_order'),
        ),
        migrations.AddIndex(
            model_name='regridding',
            index=models.Index(fields=['grid', '-at'], name='regridding_grid'),
        ),
        migrations.AddIndex(
            model_name='regridding',
            index=models.Index(condition=models.Q(('day__isnull', False), ('state', 'planned')), fields=['day'], name='regridding_due'),
        ),
        migrations.AddConstraint(
            model_name='regridding',
            constraint=models.CheckConstraint(condition=models.Q(('hi__gt', models.F('lo'))), name='regridding_area'),
        ),
        migrations.AddField(
            model_name='move',
            name='regridding',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='areas.regridding'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(fields=['was', 'at'], name='move_was'),
        ),
        migrations.AddIndex(
            model_name='move',
            index=models.Index(fields=['row', 'id'], name='move_row'),
        ),
        Protect('areas_regridding', touches=True),
    ]
