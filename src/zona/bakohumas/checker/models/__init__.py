from .catches import CheckerCatch
from .house import CheckerSettings

__all__ = ["CheckerCatch", "CheckerSettings"]
