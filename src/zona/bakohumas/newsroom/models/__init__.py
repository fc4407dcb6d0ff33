from .agenda import Event, EventDocument, EventKind, FollowUp, Host, Mode, Risk, Visibility
from .coverage import Assignment, Coverage, Form, ItemPlan, NoCoverage, Participation, WritingKey
from .freshness import (CheckerCatch, NumbersLetter, OfficeScore, Period, PeriodicDuty, PeriodicFulfilment)
from .review import Approval, Deputy, NewsroomSettings, Review, Reviewer, ReviewLink, Step, Verdict

__all__ = [
    "Approval",
    "Assignment",
    "CheckerCatch",
    "Coverage",
    "Deputy",
    "Event",
    "EventDocument",
    "EventKind",
    "FollowUp",
    "Form",
    "Host",
    "ItemPlan",
    "Mode",
    "NewsroomSettings",
    "NoCoverage",
    "NumbersLetter",
    "OfficeScore",
    "Participation",
    "Period",
    "PeriodicDuty",
    "PeriodicFulfilment",
    "Review",
    "ReviewLink",
    "Reviewer",
    "Risk",
    "Step",
    "Verdict",
    "Visibility",
    "WritingKey",
]
