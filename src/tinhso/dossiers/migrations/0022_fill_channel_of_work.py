from django.db import migrations

FILL = """
UPDATE dossiers_workitem AS item SET channel = dossier.channel, submitted_at = dossier.submitted_at
FROM dossiers_dossier AS dossier WHERE dossier.id = item.dossier_id
"""


class Migration(migrations.Migration):
    """Open work that is there already; `worklist rebuild` would do the same."""

    dependencies = [("dossiers", "0021_channel_of_work")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
