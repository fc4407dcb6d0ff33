"""Reporters' addresses are sealed; those that are there are taken along."""

from django.db import migrations

import zona.ground.sealing.fields


def seal(apps, schema_editor):
    rows = apps.get_model("feedback", "Feedback").objects.exclude(plain="")
    for row in rows.iterator():
        row.email = row.plain
        row.save(update_fields=["email"])


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]

    operations = [
        migrations.RenameField("feedback", "email", "plain"),
        migrations.AddField(
            "feedback",
            "email",
            zona.ground.sealing.fields.SealedTextField(
                blank=True, default="", purpose="feedback.addresses"
            ),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("feedback", "plain"),
    ]
