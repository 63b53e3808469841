"""Tasks say which kinds of evidence they need."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0012_same_words_found'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='evidence_kinds',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('notice', 'Thông báo kết luận'), ('plan', 'Kế hoạch'), ('resolution', 'Nghị quyết'), ('directive', 'Chỉ thị'), ('decision', 'Quyết định'), ('letter', 'Công văn'), ('inspection', 'Kết luận kiểm tra'), ('session', 'Kết luận phiên họp'), ('above', 'Nhiệm vụ cấp trên giao'), ('other', 'Văn bản khác')], max_length=20),
        ),
    ]
