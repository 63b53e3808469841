from django.db import migrations, models


class Migration(migrations.Migration):
    """The code by which a visitor comes back to a draft; drafts begun before get theirs when it is asked for."""

    dependencies = [("dossiers", "0026_fill_refusals_among_results")]

    operations = [
        migrations.AddField(
            "draft", "code", models.CharField(max_length=10, null=True, unique=True)
        )
    ]
