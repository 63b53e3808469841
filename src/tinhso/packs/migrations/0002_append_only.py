"""The database refuses to change what was published."""

from django.db import migrations

GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION tinhso_refuse_change()
"""


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        GUARD.format(table=table), f"DROP TRIGGER refuse_change ON {table}"
    )


class Migration(migrations.Migration):
    dependencies = [("packs", "0001_initial"), ("events", "0002_append_only")]

    operations = [_guard("packs_packversion"), _guard("packs_packentry")]
