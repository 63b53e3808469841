from django.db import migrations

FILL = """
UPDATE dossiers_result AS result SET refuses = true
WHERE (
    SELECT NOT decision.approves FROM dossiers_decision AS decision
    WHERE decision.dossier_id = result.dossier_id AND decision.at <= result.at
    ORDER BY decision.at DESC LIMIT 1
)
OR (result.kind = '' AND EXISTS (
    SELECT 1 FROM dossiers_dossier AS dossier
    JOIN dossiers_procedureversion AS version ON version.id = dossier.procedure_id,
    LATERAL jsonb_array_elements(version.definition -> 'results') AS declared
    WHERE dossier.id = result.dossier_id AND declared ? 'kind'
))
"""


class Migration(migrations.Migration):
    """What came after a refusal was a refusal, whatever it was saved as; so was what had no kind beside one that has."""

    dependencies = [("dossiers", "0025_refusals_among_results")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
