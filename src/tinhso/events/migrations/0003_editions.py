"""The edition of a group of tables: a new one with every change, so that what processes keep is known to hold."""

from django.db import migrations

EDITIONS = """
CREATE TABLE tinhso_edition (name text PRIMARY KEY, edition uuid NOT NULL DEFAULT gen_random_uuid());
CREATE FUNCTION tinhso_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tinhso_edition SET edition = gen_random_uuid() WHERE name = TG_ARGV[0];
    RETURN NULL;
END $$
"""
WITHOUT = "DROP FUNCTION tinhso_new_edition(); DROP TABLE tinhso_edition"


class Migration(migrations.Migration):
    dependencies = [("events", "0002_append_only")]

    operations = [migrations.RunSQL(EDITIONS, WITHOUT)]
