"""What became of asking another system in the call, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.recommendation import LiveUse
from nba_desktop.ui.formats import Formats

translate = QCoreApplication.translate


def live_words(use: LiveUse, formats: Formats) -> str:
    """Whether it answered, and when; what did not come was not used."""
    match use.state:
        case "answered":
            time = formats.time(use.at) if use.at is not None else ""
            return translate("texts", "answered at {time}").format(time=time)
        case "nothing":
            return translate("texts", "knows nothing of it")
        case "unfit":
            return translate("texts", "the answer cannot be used")
        case "late":
            return translate("texts", "no answer in time")
        case "failed":
            return translate("texts", "cannot answer")
        case "paused":
            return translate("texts", "left alone for a while after failures")
        case "not_asked":
            return translate("texts", "not asked: nothing allows it")
