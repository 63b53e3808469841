import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """How papers reached the desk (postal item, consent), what a draft keeps of it, and work stopped for silence."""

    dependencies = [
        ("dossiers", "0006_idempotency_of_every_act"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="intake",
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="state",
            field=models.CharField(choices=[("submitted", "Chờ tiếp nhận"), ("refused", "Không được tiếp nhận"), ("in_process", "Đang xử lý"), ("awaiting_supplement", "Chờ bổ sung"), ("decided", "Đã có kết quả"), ("handed_over", "Đã trả kết quả"), ("stopped", "Dừng xử lý")], max_length=24),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("helper", models.TextField()),
                ("given_by", models.TextField()),
                ("given_on", models.DateField()),
                ("way", models.CharField(choices=[("written", "Giấy ủy quyền, giấy đồng ý"), ("spoken", "Nói trực tiếp tại nơi giúp nộp"), ("electronic", "Tin nhắn, xác nhận điện tử")], max_length=20)),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="dossiers.dossier")),
                ("submission", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="consent", to="dossiers.submission")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="PostalItem",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("arrived_at", models.DateTimeField()),
                ("posted_on", models.DateField(null=True)),
                ("tracking", models.CharField(default="", max_length=60)),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="dossiers.dossier")),
                ("submission", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="postal_item", to="dossiers.submission")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("reason", models.TextField()),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="dossiers.dossier")),
                ("request", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="stop", to="dossiers.supplementrequest")),
            ],
            options={"abstract": False},
        ),
    ]
