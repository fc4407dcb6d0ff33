from django.apps import AppConfig


class PlainConfig(AppConfig):
    name = "bench.pages.plain"
    label = "plain"
