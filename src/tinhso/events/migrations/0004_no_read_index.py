from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """No event of the kind `events.read` was ever recorded: parties and files log their own reads."""

    atomic = False
    dependencies = [("events", "0003_editions")]
    operations = [RemoveIndexConcurrently(model_name="event", name="event_read_subjects")]
