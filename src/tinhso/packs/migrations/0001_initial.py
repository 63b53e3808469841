"""Published versions of packs and entries."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PackVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('pack', models.TextField()),
                ('version', models.TextField()),
                ('digest', models.TextField()),
                ('content', models.JSONField()),
                ('applied_at', models.DateTimeField()),
                ('applied_by', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pack', 'version'), name='pack_version_once')],
            },
        ),
        migrations.CreateModel(
            name='PackEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pack', models.TextField()),
                ('kind', models.TextField()),
                ('code', models.TextField()),
                ('version', models.TextField()),
                ('digest', models.TextField()),
                ('content', models.JSONField()),
                ('files', models.JSONField(default=dict)),
                ('published_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='packs.packversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pack', 'kind', 'code', 'version'), name='pack_entry_version_once')],
            },
        ),
    ]
