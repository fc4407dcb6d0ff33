from .calendar import ClosedDay, ElectionStage, Holiday, ServiceHours
from .office import Level, Office, SocialAccount, Zone
from .people import Invitation, LoginLink, Role, RoleAssignment, User

__all__ = [
    "ClosedDay",
    "ElectionStage",
    "Holiday",
    "Invitation",
    "Level",
    "LoginLink",
    "Office",
    "Role",
    "RoleAssignment",
    "ServiceHours",
    "SocialAccount",
    "User",
    "Zone",
]
