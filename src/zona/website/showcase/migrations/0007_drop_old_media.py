from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("showcase", "0006_move_recordings")]

    operations = [
        migrations.RemoveField(
            model_name='podcastepisodepage',
            name='duration',
        ),
        migrations.RemoveField(
            model_name='podcastepisodepage',
            name='media',
        ),
        migrations.RemoveField(
            model_name='videopage',
            name='captions',
        ),
        migrations.RemoveField(
            model_name='videopage',
            name='duration',
        ),
        migrations.RemoveField(
            model_name='videopage',
            name='media',
        ),
    ]
