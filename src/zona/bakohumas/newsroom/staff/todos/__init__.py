from . import approval, duties  # noqa: F401
