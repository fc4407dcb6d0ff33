"""What a fault is to a person: what is wrong with the recording, and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..rules.faults import Fault

SENTENCES: dict[Fault, str | Promise] = {
    Fault.EMPTY: _("The file holds no recording. Upload it once more."),
    Fault.BROKEN: _(
        "The file is damaged or cut off. Play it on your device to its end; if that works, save it"
        " anew as MP3 or MP4 and replace the file."
    ),
    Fault.PROTECTED: _(
        "The file is locked against copying (DRM). Use the recording from the device on which it"
        " was made."
    ),
    Fault.NO_SOUND: _("The file has no sound. Replace it with the file that has the voices."),
    Fault.NO_PICTURE: _(
        "The file has sound but no moving picture. Replace it with the video file, or add it anew"
        " as audio."
    ),
    Fault.SILENT: _(
        "Nothing can be heard in the recording. Look whether the microphone was on, and replace"
        " the file."
    ),
    Fault.TOO_SHORT: _("The recording is shorter than one second. Replace the file."),
    Fault.TOO_LONG: _("The recording is longer than eight hours. Cut it into parts."),
    Fault.NO_SPACE: _("The server's disk is full. Tell the operator, then press “Try again”."),
    Fault.LOST: _("The uploaded file is gone from the server. Upload it once more."),
    Fault.DIED: _(
        "Preparing the recording broke off three times. Save it anew as MP3 or MP4 and replace the"
        " file; if that does not help, tell the operator."
    ),
}
