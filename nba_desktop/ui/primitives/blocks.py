"""Frames of the panel: sections with their ground, rules, cards, and the words of a block that is not there yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.ui.icons import Icon
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text


class Section(QFrame):
    """A section of the panel over its whole width; `ground` is the grey one."""

    def __init__(self, ground: bool = False, top: int = 8, bottom: int = 8, spacing: int = 6) -> None:
        super().__init__()
        self.setProperty("role", "ground" if ground else "sheet")
        self._space = (top, bottom, spacing)
        # Never wider than its window: a box layout gives too little height to what asks for more width than there is.
        self.setMinimumWidth(1)
        self.body = QVBoxLayout(self)
        self.set_tight(False)

    def set_tight(self, tight: bool) -> None:
        """Halve the space around and between for a small screen."""
        top, bottom, spacing = (space // 2 for space in self._space) if tight else self._space
        self.body.setContentsMargins(12, top, 12, bottom)
        self.body.setSpacing(spacing)


class Rule(QFrame):
    """A hairline between two sections."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "rule")
        self.setFixedHeight(1)


class Frame(QFrame):
    """A frame with one layout; `role`: card, quote, callout."""

    def __init__(
        self, role: str, horizontal: bool = False, margins: tuple[int, int, int, int] = (10, 8, 10, 8)
    ) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.body: QBoxLayout = QHBoxLayout(self) if horizontal else QVBoxLayout(self)
        self.body.setContentsMargins(*margins)


class BlockMessage(QWidget):
    """What stands in a block's place while it has nothing to show, with a way to try again where there is one."""

    retry_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("dots")
        self._icon.setProperty("variant", "muted")
        self._words = Label(role="small", variant="muted", wrap=True)
        self._retry = Button(self.tr("Try again"), role="link", icon="retry")
        self._retry.clicked.connect(self.retry_clicked)
        row = FlowLayout(self, spacing=8, line_spacing=0)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(self._icon)
        row.add_stretched(self._words)
        row.addWidget(self._retry)

    def show_message(self, icon: str, text: str, retry: bool = False) -> None:
        """Show a sentence with its icon, and the retry button where trying again can help."""
        self._icon.set_name(icon)
        set_text(self._words, text)
        set_shown(self._retry, retry)
        set_named(self._retry, f"{self._retry.text()}: {text}")

    def text(self) -> str:
        """The sentence shown."""
        return self._words.text()


class Block(QWidget):
    """A content and, in the same reserved place, the message that stands for it until it is there."""

    retry_clicked = Signal()

    def __init__(self, content: QWidget, reserved_lines: float) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._content = content
        self._message = BlockMessage()
        self._message.retry_clicked.connect(self.retry_clicked)
        self._lines = reserved_lines
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        column.addWidget(self._message)
        column.addStretch(1)
        self._message.hide()

    def reserve(self, lines: float) -> None:
        """Keep room for so many lines of text, whatever is shown."""
        self._lines = lines
        height = round(lines * self.fontMetrics().height())
        if self.minimumHeight() != height:
            self.setMinimumHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.reserve(self._lines)

    def show_content(self) -> None:
        """Show the content."""
        self._switch(message=False)

    def show_message(self, icon: str, text: str, retry: bool = False) -> None:
        """Show a sentence in the content's place."""
        self._message.show_message(icon, text, retry)
        self._switch(message=True)

    @property
    def message(self) -> str:
        """The sentence shown, empty while the content is shown."""
        return "" if self._message.isHidden() else self._message.text()

    def _switch(self, message: bool) -> None:
        self.reserve(self._lines)
        set_shown(self._content, not message)
        set_shown(self._message, message)
