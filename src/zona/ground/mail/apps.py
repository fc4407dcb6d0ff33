from django.apps import AppConfig


class MailConfig(AppConfig):
    """Letters of all rooms, by one sender. On the ground floor: `offices` sends invitations."""

    name = "zona.ground.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
