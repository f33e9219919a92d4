"""What moves the panel: a low bar where the window has no frame of its own, a grip at its inner side, and a menu."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.signing_in import SignInState, SignInStatus
from nba_desktop.domain.window_place import Edge, WindowPlace
from nba_desktop.ui.panel.keys import USUAL_KEYS, shown
from nba_desktop.ui.panel.strip import Strip
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.popups import open_menu
from nba_desktop.ui.setters import set_named, set_shown
from nba_desktop.ui.shortcuts import add_shortcut
from nba_desktop.ui.texts.sign_in_words import signed_in_words

_BAR: Final = 26
_GRIP: Final = 5
_STEP: Final = 40
_AGAIN_MS: Final = 15_000


class Grip(QWidget):
    """The inner side of a docked panel: dragged, it makes the panel wider or narrower."""

    width_chosen = Signal(int, bool)

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._edge = Edge.RIGHT
        self._from: tuple[int, int] | None = None
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.hide()

    def place(self, edge: Edge) -> None:
        """Go to the side that is not at the screen's edge."""
        self._edge = edge
        x = self._panel.width() - _GRIP if edge is Edge.LEFT else 0
        self.setGeometry(x, 0, _GRIP, self._panel.height())
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._from = (round(event.globalPosition().x()), self._panel.width())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag(event, final=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag(event, final=True)
        self._from = None

    def _drag(self, event: QMouseEvent, *, final: bool) -> None:
        if self._from is not None:
            start, width = self._from
            moved = round(event.globalPosition().x()) - start
            self.width_chosen.emit(width + (moved if self._edge is Edge.LEFT else -moved), final)


class WindowBar(QWidget):
    """Built into a panel, with its strip.

    In a call no window of theirs is closed by a slip: a docked panel folds into its strip, the strip opens the panel.
    Elsewhere, and by the menu, `close_held` asks for a second click within a quarter of a minute.
    """

    edge_chosen = Signal(object)
    monitor_chosen = Signal(str)
    width_chosen = Signal(int, bool)
    collapse_chosen = Signal(bool)
    day_chosen = Signal()
    due_chosen = Signal()
    answers_chosen = Signal()
    own_review_chosen = Signal()
    preferences_chosen = Signal()
    help_chosen = Signal()
    tour_chosen = Signal()
    practice_chosen = Signal()
    sign_out_chosen = Signal()
    close_held = Signal()

    def __init__(self, panel: QWidget, strip: Strip, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(panel)
        self.setProperty("role", "ground")
        self._panel, self._strip = panel, strip
        self._leaving = False
        self._since_held = QElapsedTimer()
        self._place = WindowPlace()
        self._docked, self._can_dock = False, False
        self._monitors: tuple[str, ...] = ()
        self._idle = True
        self._sign_in = SignInState()
        self._menu: QMenu | None = None
        self._grip = Grip(panel)
        self._grip.width_chosen.connect(self.width_chosen)
        self._where = Button(role="tool", icon="dots")
        self._where.clicked.connect(self.open_menu)
        self._fold = Button(role="tool", icon="chevron-right")
        self._fold.clicked.connect(lambda: self.collapse_chosen.emit(True))
        self._close = Button(role="tool", icon="cross")
        self._close.clicked.connect(panel.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 1)
        row.setSpacing(4)
        row.addWidget(self._where)
        row.addStretch(1)
        row.addWidget(self._fold)
        row.addWidget(self._close)
        self.hide()
        strip.expand_requested.connect(lambda: self.collapse_chosen.emit(False))
        self._shortcuts = tuple(
            (add_shortcut(window, "", pressed), command)
            for window, command, pressed in (
                (panel, Command.WINDOW_MENU, self.open_menu),
                (panel, Command.COLLAPSE, lambda: self.collapse_chosen.emit(True)),
                (strip, Command.COLLAPSE, lambda: self.collapse_chosen.emit(False)),
            )
        )
        # First as it stands first, also before a content that is made later.
        for before, after in ((panel, self._where), (self._where, self._fold), (self._fold, self._close)):
            QWidget.setTabOrder(before, after)
        self.renew(keys)
        for window in (panel, strip):
            window.installEventFilter(self)

    def renew(self, keys: KeyMap) -> None:
        """Say everything in the language that is spoken now, and take other keys."""
        self._keys = keys
        words = self.tr("Where the panel is ({key})").format(key=shown(keys[Command.WINDOW_MENU]))
        set_named(self._where, self.tr("Where the panel is"), words)
        words = self.tr("Fold the panel into a strip ({key})").format(key=shown(keys[Command.COLLAPSE]))
        set_named(self._fold, self.tr("Fold the panel into a strip"), words)
        set_named(self._close, self.tr("Close the panel"), self.tr("Close the panel"))
        for shortcut, command in self._shortcuts:
            shortcut.setKey(QKeySequence(keys[command]))
        self._make_room()

    def show_place(self, place: WindowPlace, *, docked: bool, can_dock: bool, monitors: tuple[str, ...]) -> None:
        """Show where the panel is; the bar and the grip are there while it is docked."""
        self._place, self._docked, self._can_dock, self._monitors = place, docked, can_dock, monitors
        self._fold.set_icon("chevron-left" if place.edge is Edge.LEFT else "chevron-right")
        barred = docked and not place.collapsed
        set_shown(self, barred)
        set_shown(self._grip, barred)
        self._make_room()
        self._lay_out()

    def _make_room(self) -> None:
        self._panel.setContentsMargins(0, 0 if self.isHidden() else self._height(), 0, 0)

    def _height(self) -> int:
        return max(_BAR, self.sizeHint().height())

    def _lay_out(self) -> None:
        self.setGeometry(0, 0, self._panel.width(), self._height())
        self.raise_()
        self._grip.place(self._place.edge)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close and not self._may_close(watched):
            event.ignore()
            return True
        if watched is self._strip:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.Resize:
            self._lay_out()
        elif isinstance(event, QContextMenuEvent):
            # What has a menu of its own, such as a field, has taken the event before.
            self._pop_up(event.globalPos())
            return True
        return super().eventFilter(watched, event)

    def show_idle(self, idle: bool) -> None:
        """Say whether there is no call, so that there is time for the tour, the practice and the review."""
        self._idle = idle
        if idle:
            self._since_held.invalidate()

    def show_sign_in(self, sign_in: SignInState) -> None:
        """Say who is signed in, for the menu."""
        self._sign_in = sign_in

    # ---- closing

    def _may_close(self, window: QObject) -> bool:
        if self._idle or self._leaving:
            return True
        if window is self._strip or self._docked:
            self.collapse_chosen.emit(window is not self._strip)
            return False
        return self._is_meant()

    def _is_meant(self) -> bool:
        """Whether this is the second wish in a row to end the program in a call; the first asks for it."""
        if self._since_held.isValid() and self._since_held.elapsed() < _AGAIN_MS:
            return True
        self._since_held.start()
        self.close_held.emit()
        return False

    def _on_close_chosen(self) -> None:
        self._leaving = self._idle or self._is_meant()
        if self._leaving:
            self._panel.close()

    # ---- the menu

    def open_menu(self) -> None:
        """Open the menu below its button, or at the panel's top where the bar is not shown."""
        below = self._where if self.isVisible() else self._panel
        corner = QPoint(0, below.height() if below is self._where else 0)
        self._pop_up(below.mapToGlobal(corner))

    def menu(self) -> QMenu:
        """The menu as it is now."""
        menu = QMenu(self._panel)
        edges = QActionGroup(menu)
        for edge, words in (
            (Edge.LEFT, self.tr("At the &left edge")),
            (Edge.RIGHT, self.tr("At the &right edge")),
            (Edge.FLOATING, self.tr("&In front of the other windows")),
        ):
            action = self._add(menu, words, partial(self.edge_chosen.emit, edge), edges)
            action.setChecked(edge is (self._place.edge if self._docked else Edge.FLOATING))
            action.setEnabled(self._can_dock or edge is Edge.FLOATING)
        if len(self._monitors) > 1:
            menu.addSeparator()
            screens = QActionGroup(menu)
            for number, name in enumerate(self._monitors, start=1):
                words = self.tr("Screen &{number}: {name}").format(number=number, name=name.replace("&", "&&"))
                action = self._add(menu, words, partial(self.monitor_chosen.emit, name), screens)
                action.setChecked(name == (self._place.monitor or self._monitors[0]))
        menu.addSeparator()
        for words, step in ((self.tr("&Wider"), _STEP), (self.tr("&Narrower"), -_STEP)):
            action = self._add(menu, words, partial(self.width_chosen.emit, self._place.width + step, True))
            action.setEnabled(self._docked)
        menu.addSeparator()
        self._add(menu, self.tr("&Preferences …"), self.preferences_chosen.emit, key=Command.PREFERENCES)
        self._add(menu, self.tr("&Keys and help"), self.help_chosen.emit, key=Command.HELP)
        for words, chosen, key in (
            (self.tr("Show the &tour"), self.tour_chosen.emit, None),
            (self.tr("Practi&se calls"), self.practice_chosen.emit, Command.PRACTICE),
            (self.tr("My re&view"), self.own_review_chosen.emit, Command.OWN_REVIEW),
        ):
            self._add(menu, words, chosen, key=key).setEnabled(self._idle)
        menu.addSeparator()
        self._add(menu, self.tr("To&day’s calls"), self.day_chosen.emit, key=Command.DAY)
        self._add(menu, self.tr("Follow-&ups"), self.due_chosen.emit, key=Command.DUE)
        self._add(menu, self.tr("Your feed&back on actions"), self.answers_chosen.emit, key=Command.ANSWERS)
        menu.addSeparator()
        if self._sign_in.status is SignInStatus.SIGNED_IN:
            who = self._add(menu, signed_in_words(self._sign_in.agent).replace("&", "&&"), lambda: None)
            who.setEnabled(False)
            self._add(menu, self.tr("Sign &out …"), self.sign_out_chosen.emit)
            menu.addSeparator()
        self._add(menu, self.tr("&Fold into a strip"), partial(self.collapse_chosen.emit, True), key=Command.COLLAPSE)
        self._add(menu, self.tr("&Close the panel"), self._on_close_chosen)
        return menu

    def _add(
        self,
        menu: QMenu,
        words: str,
        chosen: partial[None] | object,
        group: QActionGroup | None = None,
        key: Command | None = None,
    ) -> QAction:
        # Behind a tabulator the menu shows a key; an action with a shortcut would take it from the panel.
        keyed = shown(self._keys[key]) if key is not None else ""
        action = menu.addAction(f"{words}\t{keyed}" if keyed else words)
        if group is not None:
            action.setCheckable(True)
            group.addAction(action)
        action.triggered.connect(lambda: chosen())  # type: ignore[operator]
        return action

    def _pop_up(self, corner: QPoint) -> None:
        # Not modal: a call that comes meanwhile is shown.
        self._menu = self.menu()
        self._menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_menu(self._menu, self._panel, corner)
