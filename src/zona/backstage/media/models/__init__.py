from .recording import Consent, Kind, Quality, Recording, State
from .transcript import Language, Transcript
from .upload import Upload

__all__ = [
    "Consent",
    "Kind",
    "Language",
    "Quality",
    "Recording",
    "State",
    "Transcript",
    "Upload",
]
