"""Who follows whom belongs to the book of agencies too: a change of it gives the book a new edition."""

from __future__ import annotations

from django.db import migrations

TRIGGER = """
CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON agencies_succession
    FOR EACH STATEMENT EXECUTE FUNCTION tinhso_new_edition('agencies')
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_reform_discarded")]

    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER new_edition ON agencies_succession"),
    ]
