"""What the agenda tells higher rooms."""

from django.dispatch import Signal

# An item is about to lose an event that made it grave, or the event its kind. `page`
risk_may_fall = Signal()
