"""Units report of themselves before the visit."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0001_inspections'),
    ]

    operations = [
        migrations.CreateModel(
            name='SelfReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True)),
                ('judgement', models.CharField(blank=True, choices=[('', 'Chưa đánh giá'), ('met', 'Đạt'), ('partly', 'Đạt một phần'), ('unmet', 'Chưa đạt'), ('n-a', 'Không áp dụng')], max_length=10)),
                ('at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_reports', to='inspections.item')),
            ],
            options={
                'verbose_name': 'đơn vị tự báo cáo tiêu chí',
            },
        ),
    ]
