"""The databases' own means of searching (fulltext.py)."""

from django.db import migrations

from ..index import fulltext


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(fulltext.install, fulltext.remove, elidable=False)]
