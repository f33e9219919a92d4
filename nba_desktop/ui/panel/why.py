"""Why these actions and not others: the reasons of each, and what removed the rest, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nba_desktop.contract.codes import Stage
from nba_desktop.contract.contact import Concern
from nba_desktop.contract.recommendation import Decision
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.labels import RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_text, set_variant
from nba_desktop.ui.texts.because import because, factors
from nba_desktop.ui.texts.live_words import live_words
from nba_desktop.ui.texts.why_not import why_not, why_not_stage

_ICONS = {"for": "plus", "against": "minus", "missing": "block", "live": "outbox"}
_VARIANTS = {"for": "good", "against": "bad"} | dict.fromkeys(("factors", "stage", "missing", "live"), "muted")


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One line of the explanation; `strong` stands before `text`."""

    kind: Literal["title", "factors", "stage", "for", "against", "missing", "live"]
    strong: str = ""
    text: str = ""


def why_lines(decision: Decision, concerns: tuple[Concern, ...], formats: Formats) -> tuple[WhyLine, ...]:
    """A decision as lines: each action with its factors, what speaks for it and against it; then what is missing."""
    lines = []
    for action in decision.recommendations:
        lines.append(WhyLine("title", f"{action.rank} {action.title}"))
        if action.factors is not None:
            lines.append(WhyLine("factors", text=factors(action.factors, formats)))
        for speaks in ("for", "against"):
            lines.extend(
                WhyLine(speaks, text=because(reason, concerns, formats))
                for reason in action.because
                if reason.speaks == speaks
            )
    for stage in Stage:
        missing = [item for item in decision.why_not if item.stage is stage]
        if missing:
            stage_name = why_not_stage(stage)
            heading = QCoreApplication.translate("WhyPage", "Not shown – {stage}").format(stage=stage_name)
            lines.append(WhyLine("stage", heading))
            lines.extend(WhyLine("missing", item.title, why_not(item, formats)) for item in missing)
    if decision.live:
        lines.append(WhyLine("stage", QCoreApplication.translate("WhyPage", "Asked of other systems in this call")))
        lines.extend(_live_lines(decision, formats))
    return tuple(lines)


def _live_lines(decision: Decision, formats: Formats) -> list[WhyLine]:
    """A line for each system and what became of asking it, with what it was asked for."""
    asked: dict[tuple[str, str], list[str]] = {}
    for one in decision.live:
        asked.setdefault((one.provider, live_words(one, formats)), []).append(one.attribute)
    return [WhyLine("live", name, f"{said} ({', '.join(attributes)})") for (name, said), attributes in asked.items()]


class WhyPage(ScrollPage):
    """Shows the explanation of the decision on the screen."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(spacing=3)
        self.setAccessibleName(self.tr("Why these actions"))
        self._formats = formats
        self._shown: tuple[object, ...] = ()
        self._lines = Pool(self.body, _Line, ready=24)

    def show_state(self, contact: ContactState, state: PanelState) -> None:
        """Show the reasons of the contact's decision."""
        if contact.view is None or not contact.why_open:
            return
        key = (contact.view.decision, state.concerns)
        if key == self._shown:
            return
        self._shown = key
        lines = why_lines(contact.view.decision, state.concerns, self._formats)
        for widget, line in zip(self._lines.shown(len(lines)), lines, strict=True):
            widget.show_line(line, self._word(line))
        self.to_top()

    def _word(self, line: WhyLine) -> str:
        """What the icon says, for a screen reader."""
        return {"for": self.tr("Speaks for it"), "against": self.tr("Speaks against it")}.get(line.kind, "")


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._icon = Icon("", 14)
        self._text = RichLabel("small")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(7)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._text, 1)

    def show_line(self, line: WhyLine, word: str) -> None:
        self._icon.set_name(_ICONS.get(line.kind, ""))
        set_variant(self._icon, _VARIANTS.get(line.kind, ""))
        set_variant(self._text, "muted" if line.kind in ("factors", "stage") else "")
        parts = [strong(line.strong)] if line.strong else []
        parts += [plain(line.text)] if line.text else []
        set_text(self._text, ": ".join(parts) if line.kind in ("missing", "live") else " ".join(parts))
        top = 6 if line.kind in ("title", "stage") else 0
        self._row.setContentsMargins(0 if line.kind in ("title", "factors", "stage") else 2, top, 0, 0)
        set_named(self._text, " ".join(part for part in (word, line.strong, line.text) if part))
