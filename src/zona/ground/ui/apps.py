from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "zona.ground.ui"
    label = "ui"
    verbose_name = "Tampilan"
