"""Tasks of the same words are found by an index, which also serves their notice."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_successions_have_an_edition'),
        ('tasks', '0011_lines_from_the_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='task',
            name='notice',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='tasks.notice'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['notice', 'item'], name='task_same_words'),
        ),
    ]
