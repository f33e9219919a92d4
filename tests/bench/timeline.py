"""How fluently the long timeline scrolls with 5,000 contacts in it, and how long it takes to open."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import QWidget

from nba_desktop.app import new_application
from nba_desktop.domain.history import HistoryState, HistoryStatus
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.language import install_language
from nba_desktop.ui.panel.timeline import Timeline, TimelineList
from nba_desktop.ui.panel.timeline_model import TimelineModel
from nba_desktop.ui.theme import apply_theme
from tests.fakes import states

CONTACTS = 5_000
_HEAD = 60
_PLACE = QRect(0, 0, 440, 620)
_PIXELS = (48, 240, 1_200)
"""What a frame moves the list by: reading, turning the wheel, pulling the scroll bar."""


@dataclass
class Scrolling:
    """Milliseconds of each frame, of opening with the first contacts, and of the longest stop while the rest came."""

    frames: list[float] = field(default_factory=list)
    opened: float = 0.0
    longest_stop: float = 0.0

    @property
    def fps(self) -> float:
        """Frames a second over the whole scrolling."""
        return 1000 * len(self.frames) / sum(self.frames)


def scroll(frames: int, contacts: int = CONTACTS) -> Scrolling:
    """Open the timeline with the head of a long journey, let the rest come, and scroll `frames` frames each way."""
    app = new_application()
    translators = install_language(app, "de")
    apply_theme(app, Qt.ColorScheme.Light)
    measured = Scrolling()
    view = states.helmut_view().model_copy(update={"journey": states.helmut_journey("de", more=contacts - 5)})
    assert view.journey is not None
    points = view.journey.touchpoints
    head = states.contact_of(
        view.model_copy(update={"journey": view.journey.model_copy(update={"touchpoints": points[:_HEAD]})})
    )
    window = QWidget()
    window.resize(_PLACE.size())
    timeline = Timeline(Formats("de", states.now), window)
    window.show()
    QCoreApplication.processEvents()
    began = time.perf_counter()
    timeline.show_contact(head, ())
    timeline.place(_PLACE)
    timeline.open()
    window.repaint()
    measured.opened = _ms(began)

    model, shown = timeline.findChild(TimelineModel), timeline.findChild(TimelineList)
    assert isinstance(model, TimelineModel)
    assert isinstance(shown, TimelineList)
    history = HistoryState(view.customer_id, HistoryStatus.COMPLETE, older=points[_HEAD:], asked=1)
    began = time.perf_counter()
    timeline.show_contact(replace(head, history=history), ())
    while True:
        measured.longest_stop = max(measured.longest_stop, _ms(began))
        if model.is_whole:
            break
        began = time.perf_counter()
        QCoreApplication.processEvents()
    bar = shown.verticalScrollBar()
    for pixels in _PIXELS:
        for step in range(frames):
            began = time.perf_counter()
            bar.setValue(step * pixels % max(1, bar.maximum()))
            QCoreApplication.processEvents()
            measured.frames.append(_ms(began))
    window.close()
    for translator in translators:
        app.removeTranslator(translator)
    return measured


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000
