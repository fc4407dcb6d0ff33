from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "zona.ui"
    label = "ui"
    verbose_name = "Tampilan"
