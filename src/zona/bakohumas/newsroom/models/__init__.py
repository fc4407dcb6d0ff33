from zona.bakohumas.newsroom.models.catches import CheckerCatch
from zona.bakohumas.newsroom.models.duties import Assignment, Form
from zona.bakohumas.newsroom.models.participation import NoCoverage, Participation
from zona.bakohumas.newsroom.models.told import Coverage

from .agenda import Event, EventDocument, EventKind, FollowUp, Host, Mode, Risk, Visibility
from .coverage import ItemPlan, WritingKey
from .freshness import NumbersLetter, OfficeScore, Period, PeriodicDuty, PeriodicFulfilment
from .house import CheckerSettings
from .review import Approval, Deputy, NewsroomSettings, Review, Reviewer, ReviewLink, Step, Verdict

__all__ = [
    "Approval",
    "Assignment",
    "CheckerCatch",
    "CheckerSettings",
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
