from django.db import migrations
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


class Migration(migrations.Migration):

    dependencies = [
        ("showcase", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        BootstrapLocaleField("showcase.BasePage"),
        BootstrapTranslationKeyField("showcase.BasePage"),
        BootstrapTranslatableModel("showcase.BasePage"),
    ]
