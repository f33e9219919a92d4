"""Words for how an objection is answered."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def objection_method(method: str) -> str:
    """The method of an answer in a word or two; empty for a method this panel does not know."""
    methods = {
        "acknowledge": translate("texts", "Acknowledge"),
        "ask_back": translate("texts", "Ask back"),
        "isolate": translate("texts", "Isolate"),
        "reframe": translate("texts", "Reframe"),
        "compare": translate("texts", "Compare"),
        "evidence": translate("texts", "Evidence"),
        "postpone": translate("texts", "Postpone"),
        "concede": translate("texts", "Concede"),
        "respect_no": translate("texts", "Respect the no"),
    }
    return methods.get(method, "")
