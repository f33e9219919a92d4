"""The panel as it is started on a workstation, with the simulator's telephone; it says what it shows.

Arguments: the folder of its data, the port of the telephone system, the language (else English). Without a port (0)
there is no backend either.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.app import Launch, Panel, new_application
from nba_desktop.contract.base import Language
from nba_desktop.domain.panel import PanelState


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def name_of(widget: QWidget | None) -> list[object]:
    """Which widget has the keyboard, and what a screen reader would call it."""
    face = QAccessible.queryAccessibleInterface(widget) if widget is not None else None
    return [id(widget), face.text(QAccessible.Text.Name) if face is not None else ""]


def items() -> dict[str, list[int]]:
    """Where on the screen the items of an open menu are, by their words without the key."""
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return {}
    named = ((action.text().split("\t")[0].replace("&", ""), action) for action in menu.actions())
    middles = ((name, menu.mapToGlobal(menu.actionGeometry(action).center())) for name, action in named if name)
    return {name: [middle.x(), middle.y()] for name, middle in middles}


def popup() -> list[int]:
    """Where on the screen a menu or a list is open: its left, top, width and height."""
    opened = QApplication.activePopupWidget()
    if opened is None:
        return []
    place = opened.geometry()
    return [place.x(), place.y(), place.width(), place.height()]


def main() -> int:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    language: Language = "de" if sys.argv[3:] == ["de"] else "en"
    app = new_application()
    telephony = TelephonySettings(
        source="asterisk_ami" if port else "none", port=port or 5038, username="cti", extension="201",
        interface="PJSIP/agent1",
    )  # fmt: skip
    panel = Panel(
        Launch(
            data_dir=folder,
            settings_file=folder / "settings.json",
            language=language,
            theme="light",
            telephony=telephony,
            telephony_secret="cti-demo",
            backend_url=None if port else "http://127.0.0.1:9",
            token=None if port else "none",
            has_sample_data=True,
        ),
        app,
    )
    said: dict[str, object] = {}

    def look() -> None:
        state: PanelState = panel.session.state
        contact = state.contact
        found = {
            "calls": [str(one.interaction.state) for one in state.contacts],
            "link": state.telephony.status,
            "authenticated": contact is not None and contact.authenticated,
            "concern": contact.concern if contact else None,
            "solved": contact.solved if contact else None,
            "actions": len(contact.recommendations) if contact else 0,
            "responses": [one.code.value for one in contact.live_responses] if contact else [],
            "consents": [one[2].value for one in contact.consent.recorded] if contact else [],
            "note": contact.note.text if contact else "",
            "raised": len(contact.raised) if contact else 0,
            "bridge": contact is not None and contact.guide.bridge_said,
            "steps": len(contact.guide.done) if contact else 0,
            "choices": [choice for _, choice in contact.guide.choices] if contact else [],
            "inputs": [value for _, value in contact.guide.values] if contact else [],
            "tab": contact.tab.value if contact else "",
            "action": contact.action.rank if contact and contact.action else 0,
            "group": contact.open_group.value if contact and contact.open_group else "",
            "drawer": contact is not None and contact.consent.open,
            "customer": contact is not None and bool(contact.candidates),
            "notices": [one.code.value for one in state.notices],
            "focus": bool(app.focusWindow()),
            "active": panel.window.isActiveWindow() or panel.strip.isActiveWindow(),
            "menu": items(),
            "popup": popup(),
            "text": getattr(app.focusWidget(), "text", lambda: "")() if app.focusWidget() else "",
            "at": name_of(app.focusWidget()),
            "strip": list(panel.strip.words) if panel.strip.isVisible() else [],
        }
        for name, value in found.items():
            if said.get(name) != value:
                said[name] = value
                say(**{name: value})

    timer = QTimer(panel)
    timer.timeout.connect(look)
    timer.start(20)
    signal.signal(signal.SIGTERM, lambda *_: app.quit())
    panel.start()
    say(panel=int(panel.window.winId()), strip_window=int(panel.strip.winId()))
    code = app.exec()
    panel.stop()
    return code


if __name__ == "__main__":
    sys.exit(main())
