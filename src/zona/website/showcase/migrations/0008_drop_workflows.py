from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def drop_workflows(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What waited becomes a draft again; the newsroom's approval takes its place."""
    for name in ("TaskState", "WorkflowState", "WorkflowPage", "Workflow", "Task"):
        apps.get_model("wagtailcore", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("showcase", "0007_drop_old_media")]

    operations = [
        migrations.RunPython(drop_workflows, migrations.RunPython.noop),
    ]
