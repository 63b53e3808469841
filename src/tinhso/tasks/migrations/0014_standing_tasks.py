"""A recurring task stands for its periods: it is the order, and they are what is done and counted."""

from django.db import migrations, models

MARK = """
UPDATE tasks_task SET is_standing = true
WHERE id IN (SELECT standing_id FROM tasks_task WHERE standing_id IS NOT NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0013_evidence_kinds")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="is_standing",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
    ]
