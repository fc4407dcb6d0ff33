from .coverage import Coverage
from .duties import Assignment, Form
from .events import Event, EventDocument, EventKind, FollowUp, Host, Mode, Risk, Visibility
from .participation import NoCoverage, Participation

__all__ = [
    "Assignment",
    "Coverage",
    "Event",
    "EventDocument",
    "EventKind",
    "FollowUp",
    "Form",
    "Host",
    "Mode",
    "NoCoverage",
    "Participation",
    "Risk",
    "Visibility",
]
