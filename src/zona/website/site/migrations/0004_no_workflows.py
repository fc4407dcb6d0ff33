"""Wagtail makes a workflow of its own; approval follows the risk of an item (newsroom)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def drop_workflows(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("WorkflowPage", "WorkflowTask", "Workflow", "Task"):
        apps.get_model("wagtailcore", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("site", "0003_pages")]
    operations = [migrations.RunPython(drop_workflows, migrations.RunPython.noop)]
