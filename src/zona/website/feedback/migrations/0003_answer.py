"""An answer on its way is a row of its own; what had left or waited is taken along."""

import django.db.models.deletion
from django.db import migrations, models


def take_along(apps, schema_editor):
    answer = apps.get_model("feedback", "Answer")
    rows = apps.get_model("feedback", "Feedback").objects.filter(state="answered")
    sent = rows.exclude(answer_sent_at=None)
    waiting = rows.filter(answer_sent_at=None).exclude(email="")
    for state, found in (("sent", sent), ("waiting", waiting)):
        times = found.values_list("pk", "closed_at", "created_at", "answer_sent_at")
        answer.objects.bulk_create(
            [
                answer(feedback_id=pk, state=state, due_at=closed or created, sent_at=at)
                for pk, closed, created, at in times
            ],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_sealed_email")]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claim", models.CharField(blank=True, max_length=24)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("unsure", "Perhaps sent"),
                            ("refused", "Refused by the mail server"),
                            ("failed", "Failed"),
                            ("closed", "Left as it is"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "feedback",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letter",
                        to="feedback.feedback",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="feedback_answers_due")
                ],
            },
        ),
        migrations.RunPython(take_along, migrations.RunPython.noop),
        migrations.RemoveField("feedback", "answer_claimed_at"),
        migrations.RemoveField("feedback", "answer_sent_at"),
    ]
