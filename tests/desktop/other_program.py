"""Another program of the agent's: says every key it gets, and goes where it is told.

Lines on standard input: `normal`, `maximise`, `fullscreen`, `grab KEY`. Each answer is a line of JSON.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from nba_desktop.adapters.dock.hotkeys import parse_hotkey
from nba_desktop.adapters.dock.x11 import X11Desktop
from nba_desktop.adapters.dock.xcb import Library


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Other(QWidget):
    """Takes the keyboard, as any program does that comes up."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text():
            say(key=event.text())


def main() -> int:
    app = QApplication(sys.argv)
    window = Other()
    window.setWindowTitle("other program")
    window.resize(500, 400)
    window.show()
    desktop = X11Desktop(Library())
    desktop.hotkey_pressed.connect(lambda: say(hotkey=True))
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def obey() -> None:
        words = sys.stdin.readline().split()
        match words:
            case ["normal"]:
                window.showNormal()
            case ["maximise"]:
                window.showMaximized()
            case ["fullscreen"]:
                window.showFullScreen()
            case ["grab", key]:
                hotkey = parse_hotkey(key)
                assert hotkey is not None
                say(grabbed=desktop.register_hotkey(hotkey))
            case _:
                app.quit()

    notifier.activated.connect(obey)
    say(window=int(window.winId()))
    code = app.exec()
    notifier.setEnabled(False)
    return code


if __name__ == "__main__":
    sys.exit(main())
