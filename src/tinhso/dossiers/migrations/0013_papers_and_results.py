
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('dossiers', '0012_voices'),
        ('files', '0002_source'),
        ('parties', '0002_joining'),
    ]

    operations = [
        migrations.CreateModel(
            name='HeldPaperAsked',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=80)),
                ('code', models.CharField(max_length=60)),
                ('reason', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperConfirmation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=80)),
                ('seen_as', models.CharField(choices=[('original', 'Bản chính đã đối chiếu'), ('certified', 'Bản sao chứng thực'), ('copy', 'Bản sao thường'), ('electronic', 'Bản điện tử')], max_length=20)),
                ('kind', models.CharField(db_default='', default='', max_length=60)),
            ],
        ),
        migrations.AddField(
            model_name='result',
            name='agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='result',
            name='holder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party'),
        ),
        migrations.AddField(
            model_name='result',
            name='kind',
            field=models.CharField(db_default='', default='', max_length=60),
        ),
        migrations.AddIndex(
            model_name='result',
            index=models.Index(fields=['holder', 'kind'], name='result_by_holder'),
        ),
        migrations.AddField(
            model_name='heldpaperasked',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='heldpaperasked',
            name='result',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.result'),
        ),
        migrations.AddField(
            model_name='paperconfirmation',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='paperconfirmation',
            name='holder',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party'),
        ),
        migrations.AddField(
            model_name='paperconfirmation',
            name='paper',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='confirmation', to='dossiers.paper'),
        ),
        migrations.AddField(
            model_name='paperconfirmation',
            name='result',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='dossiers.result'),
        ),
        migrations.AddIndex(
            model_name='paperconfirmation',
            index=models.Index(fields=['holder', 'kind'], name='paper_by_holder'),
        ),
    ]
