"""A real panel that clicks by itself and says what it was told is stored; it is there to be killed.

Arguments: the backend's URL, the folder of the outbox, `click` or `drain`. The token comes on standard input.
Each line on standard output is the id of an event that the outbox had acknowledged before the line was written.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from nba_desktop.app import Launch, Panel, new_application
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.events import AnyEvent
from nba_desktop.domain.call import InteractionState


def main() -> int:
    url, folder, mode = sys.argv[1:4]
    app = new_application()
    call = f"nba-desktop:call?number=%2B493512805504&id={sys.argv[4]}&state=answered" if mode == "click" else None
    panel = Panel(
        Launch(
            data_dir=Path(folder),
            settings_file=Path(folder) / "settings.json",
            language="de",
            theme="light",
            backend_url=url,
            token=sys.stdin.readline().strip(),
            first_call=call,
        ),
        app,
    )
    store = panel.store
    assert store is not None
    put = store.put

    def put_and_say(*events: AnyEvent) -> None:
        put(*events)
        sys.stdout.write("".join(f"{event.event_id}\n" for event in events))
        sys.stdout.flush()

    store.put = put_and_say  # type: ignore[method-assign]
    turns = itertools.count()

    def click() -> None:
        turn = next(turns)
        session = panel.session
        if turn % 3 == 0:
            session.write_note(f"Notiz {turn}")
        elif turn % 3 == 1:
            session.respond(ResponseCode.NOT_ADDRESSED_TIME)
        else:
            contact = session.state.contact
            assert contact is not None
            assert contact.interaction.state is InteractionState.LIVE
            entry = contact.last_response
            assert entry is not None
            session.retract(entry.event_id)

    def leave_when_empty() -> None:
        status = store.status()
        if status.waiting == 0:
            app.exit(1 if status.parked else 0)

    timer = QTimer(panel)
    timer.timeout.connect(click if mode == "click" else leave_when_empty)
    panel.start()
    timer.start(2)
    code = app.exec()
    panel.stop()
    return code


if __name__ == "__main__":
    sys.exit(main())
