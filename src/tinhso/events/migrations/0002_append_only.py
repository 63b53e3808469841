"""The database itself refuses to change the log, and notes the transaction of every event."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION tinhso_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION tinhso_refuse_change()
"""
NOTE = """
CREATE FUNCTION tinhso_note_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO events_unplaced (event_id, xid)
        SELECT id, pg_current_xact_id() FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER note_transaction AFTER INSERT ON events_event
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION tinhso_note_transaction()
"""
UNNOTE = """
DROP TRIGGER note_transaction ON events_event;
DROP FUNCTION tinhso_note_transaction()
"""


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        GUARD.format(table=table), f"DROP TRIGGER refuse_change ON {table}"
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION tinhso_refuse_change()"),
        _guard("events_event"),
        _guard("events_position"),
        _guard("events_seal"),
        migrations.RunSQL(NOTE, UNNOTE),
    ]
