from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("showcase", "0008_drop_workflows")]

    operations = [migrations.DeleteModel(name="OfficeApproval")]
