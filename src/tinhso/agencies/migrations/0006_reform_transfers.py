"""The act of a reform keeps whose work it gave to whom, for what comes between it and its day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_successions_have_an_edition'),
    ]

    operations = [
        migrations.AddField(
            model_name='reformcarriedout',
            name='transfers',
            field=models.JSONField(default=list),
        ),
    ]
