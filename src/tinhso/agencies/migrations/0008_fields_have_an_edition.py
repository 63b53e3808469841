"""Who holds which field belongs to the book of agencies too."""

from __future__ import annotations

from django.db import migrations

TRIGGER = """
CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON agencies_competence
    FOR EACH STATEMENT EXECUTE FUNCTION tinhso_new_edition('agencies')
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_who_took_the_rest_has_an_edition")]

    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER new_edition ON agencies_competence"),
    ]
