"""The panel's window: one state in, the agent's clicks out; its content is made anew for another language or keys."""

from __future__ import annotations

import gc
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QPaintEvent, QResizeEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete, isValid

from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.preferences import Setup
from nba_desktop.domain.window_place import NARROWEST, USUAL_WIDTH
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import window_icon
from nba_desktop.ui.panel.announcer import Announcer
from nba_desktop.ui.panel.carried import place_in, refill, reopen, take
from nba_desktop.ui.panel.content import PanelContent
from nba_desktop.ui.panel.panel_signals import PanelSignals
from nba_desktop.ui.panel.tour_example import example_of
from nba_desktop.ui.primitives.popups import keep_in_window
from nba_desktop.ui.theme import leave_unstyled, styled_at_the_end

SIZE: Final = (USUAL_WIDTH, 940)
SMALLEST: Final = (NARROWEST, 720)
_MOST_STEPS: Final = 200
_TOUCHES: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.MouseButtonPress})
"""A key that is a shortcut never comes as a key press; it is always asked for as an override first."""
_TOUCH_MS: Final = 1000


class PanelWindow(PanelSignals):
    """The native window; `show_state` is the only way in, the signals are the only way out.

    The title never names a caller.
    """

    def __init__(self, formats: Formats, setup: Setup | None = None) -> None:
        super().__init__()
        self._state = PanelState()
        self._seen = False
        self._handle: QWindow | None = None
        self._since_touched = QElapsedTimer()
        # Before the native window exists: a call must never take the keyboard from another program.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("panel")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setWindowTitle("NBA Desktop")
        self.setWindowIcon(window_icon())
        self._setup = setup or Setup(formats.language)
        with styled_at_the_end(_application()):
            self._content = PanelContent(formats, self._setup, self)
        self._announcer = Announcer(self, formats)
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self._place_content()
        self.setFocus()

    def show_state(self, state: PanelState) -> None:
        """Show the whole state; what is the same as before costs next to nothing."""
        self._state = state
        self._content.show_state(state)
        self._announcer.show_state(state)

    def toggle_help(self) -> None:
        """Open the sheet of keys, or close it."""
        self._content.helping.toggle_help()

    def show_tour(self, example: PanelState, formats: Formats) -> None:
        """Explain the panel by an example, unless there is a call; `formats` have the moment of the example."""
        self._content.helping.show_tour(lambda size: example_of(example, formats, self._setup, size))

    def show_setup(self, setup: Setup) -> None:
        """Show in the preferences what the panel is set to."""
        self._setup = setup
        self._content.show_setup(setup)

    def open_preferences(self) -> None:
        """Show the preferences over the panel."""
        self._content.open_preferences()

    def renew(self, formats: Formats, setup: Setup) -> None:
        """Make everything in the window anew: in another language, with other keys, or for text of another size.

        The window stays as it is. What is typed, opened or chosen in it is there again, and the keyboard too.
        """
        old, self._setup = self._content, setup
        focus = place_in(old, self.focusWidget())
        self.leave_field()
        opened, carried = old.kept_open(), take(old, focus)
        old.hide()
        leave_unstyled(old)
        with styled_at_the_end(_application()):
            self._content = PanelContent(formats, setup, self)
        self._announcer.use_formats(formats)
        # The bar and the grip lie over the content.
        self._content.lower()
        self._place_content()
        self._content.show()
        self._content.show_state(self._state)
        reopen(self._content, carried)
        self._content.open_again(opened)
        self.setFocus()
        refill(self._content, carried)
        # Not now: the click that led here may be one in it.
        QTimer.singleShot(0, lambda: _delete(old))
        # What lies over the content found its place before everything in it had its size.
        QTimer.singleShot(0, self, lambda: self._content.show_state(self._state))

    def leave_field(self) -> None:
        """Take the keyboard out of the field that has it, which keeps what was typed in it."""
        holder: QWidget | None = self.focusWidget()
        if holder is not None and holder is not self and not self.isActiveWindow():
            # While another program has the keyboard, Qt tells a field nothing of the change.
            QApplication.sendEvent(holder, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason))
        self.setFocus()

    def response_top(self) -> int:
        """Where the response row begins, in the window's coordinates."""
        return self._content.y() + self._content.response_top()

    def _place_content(self) -> None:
        self._content.setGeometry(self.contentsRect())
        self._content.set_barred(self.contentsMargins().top() > 0)

    # ---- the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_content()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not self._handle:
            # Every key and click passes through the native window, whichever control it is for.
            self._handle = handle
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._handle and event.type() in _TOUCHES:
            self._on_touched()
        elif watched is self._handle and isinstance(event, QContextMenuEvent):
            # Fields, texts and scroll bars open menus of Qt's own; it is open as soon as the event was handled.
            QTimer.singleShot(0, self, partial(self._keep_menu, self._left_of_menu(event)))
        return super().eventFilter(watched, event)

    def _left_of_menu(self, event: QContextMenuEvent) -> int:
        asked_by = self.focusWidget()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and asked_by is not None:
            return asked_by.mapToGlobal(QPoint(0, 0)).x()
        return event.globalPos().x()

    def _keep_menu(self, left: int) -> None:
        menu = QApplication.activePopupWidget()
        if menu is not None:
            keep_in_window(menu, self, left)

    def _on_touched(self) -> None:
        if not self._since_touched.isValid() or self._since_touched.elapsed() >= _TOUCH_MS:
            self._since_touched.start()
            self.touched.emit()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        # Bounded: with nothing else to go to, the keyboard stays where Qt left it.
        for _ in range(_MOST_STEPS):
            if not super().focusNextPrevChild(forwards):
                return False
            if not self.skips(self.focusWidget()):
                return True
        return True

    def skips(self, widget: QWidget | None) -> bool:
        """Whether the tabulator and screen readers pass a widget by: it is covered by what is open over it."""
        return self._content.skips(widget)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.UpdateRequest:
            # Qt has just painted everything that was marked for it.
            self.painted.emit()
        elif event.type() is QEvent.Type.ContentsRectChange:
            self._place_content()
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            # The first picture comes with the window's exposure, not by a request for an update.
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _delete(old: QWidget) -> None:
    """Delete a content for good, with every Python object of it.

    What Qt made within it is known by its address, at which Qt soon makes something else: that would be taken for gone
    as soon as Python forgets the old content.
    """
    if isValid(old):
        delete(old)
    gc.collect()
