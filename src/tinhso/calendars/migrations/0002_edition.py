"""Calendars have an edition: processes keep which version of which calendar counts."""

from django.db import migrations

NAME = "calendars"
TABLES = ("calendars_calendar",)
TRIGGER = """
CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION tinhso_new_edition('{name}')
"""


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial"), ("events", "0003_editions")]

    operations = [
        migrations.RunSQL(
            f"INSERT INTO tinhso_edition (name) VALUES ('{NAME}')",
            f"DELETE FROM tinhso_edition WHERE name = '{NAME}'",
        ),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table, name=NAME), f"DROP TRIGGER new_edition ON {table}"
            )
            for table in TABLES
        ),
    ]
