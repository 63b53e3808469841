from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0016_procedure_lists'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='extension', name='extended_once'),
        migrations.RemoveConstraint(model_name='rating', name='rated_once'),
    ]
