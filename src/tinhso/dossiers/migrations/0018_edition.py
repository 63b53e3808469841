"""Procedures and their versions have an edition: processes keep the list of them."""

from django.db import migrations

NAME = "procedures"
TABLES = ("dossiers_procedure", "dossiers_procedureversion",)
TRIGGER = """
CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION tinhso_new_edition('{name}')
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_once_in_each_working"), ("events", "0003_editions")]

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
