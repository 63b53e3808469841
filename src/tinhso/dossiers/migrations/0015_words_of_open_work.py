from django.db import migrations

FILL = r"""
UPDATE dossiers_workitem AS item
SET words = strip(search.words || array_to_tsvector(coalesce(codes.marks, ARRAY[]::text[])))
FROM dossiers_dossiersearch AS search
LEFT JOIN LATERAL (
    SELECT array_agg(mark) AS marks
    FROM (
        SELECT regexp_replace(upper(value), '[^0-9A-Z./-]', '', 'g') AS plain
        FROM dossiers_dossierkey WHERE dossier_id = search.dossier_id
    ) AS code, LATERAL unnest(ARRAY['<' || plain, '>' || reverse(plain)]) AS mark
) AS codes ON true
WHERE search.dossier_id = item.dossier_id
"""


class Migration(migrations.Migration):
    """Open work that is there already gets the words by which it is found; `worklist rebuild` would do the same."""

    dependencies = [("dossiers", "0014_saved_views")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
