from .review import Approval, Deputy, NewsroomSettings, Review, Reviewer, ReviewLink, Step, Verdict
from .writing import ItemPlan, WritingKey

__all__ = [
    "Approval",
    "Deputy",
    "ItemPlan",
    "NewsroomSettings",
    "Review",
    "ReviewLink",
    "Reviewer",
    "Step",
    "Verdict",
    "WritingKey",
]
