"""What the website tells higher rooms."""

from django.dispatch import Signal

office_opened = Signal()  # office
