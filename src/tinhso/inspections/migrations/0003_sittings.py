"""What the minutes say of the sitting; a finding names the obstacle that was raised of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0002_self_reports'),
        ('tasks', '0015_lists_without_standing_tasks'),
    ]

    operations = [
        migrations.AddField(
            model_name='finding',
            name='obstacle',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.obstacle'),
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=300)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
                ('unit_opinion', models.TextField(blank=True)),
                ('team_opinion', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sittings', to='inspections.inspection')),
            ],
            options={
                'verbose_name': 'buổi làm việc của đoàn kiểm tra',
            },
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('office', models.CharField(blank=True, max_length=300)),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendees', to='inspections.sitting')),
            ],
            options={
                'verbose_name': 'người của đơn vị dự làm việc',
            },
        ),
        migrations.AddConstraint(
            model_name='sitting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('begins_at')), _connector='OR'), name='sitting_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='attendee',
            constraint=models.UniqueConstraint(fields=('sitting', 'ordinal'), name='attendee_in_place'),
        ),
    ]
