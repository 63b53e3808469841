"""Events, their places, the marks of readers and the seals."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import tinhso.events.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('reader', models.TextField(primary_key=True, serialize=False)),
                ('position', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField()),
                ('kind', models.TextField()),
                ('subject', models.UUIDField()),
                ('agency', models.BigIntegerField(null=True)),
                ('actor', models.TextField()),
                ('payload', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField(unique=True)),
                ('previous', models.BinaryField()),
                ('leaves', models.BinaryField()),
                ('root', models.BinaryField()),
                ('sealed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Unplaced',
            fields=[
                ('event', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='events.event')),
                ('xid', tinhso.events.models.TransactionId()),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['subject', 'id'], name='event_by_subject'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['kind', 'id'], name='event_by_kind'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['actor', 'id'], name='event_by_actor'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='event_by_time'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('kind', 'events.read')), fields=['payload'], name='event_read_subjects', opclasses=['jsonb_path_ops']),
        ),
        migrations.AddField(
            model_name='position',
            name='event',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='place', to='events.event'),
        ),
    ]
