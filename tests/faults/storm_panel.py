"""What a panel's process does in the storm of kills: it records, sends, and says what was acknowledged.

It runs in a child that was forked for it and is there to be killed. Two kinds: the outbox with its sender, which are
there within a tenth of a second and make many requests, and a whole panel in which somebody clicks.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QTimer

from nba_desktop.app import Panel, new_application
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.events import AnyEvent
from tests.faults.calls import a_call
from tests.faults.canaries import NOTE, NUMBER
from tests.faults.sending import sending
from tests.faults.stores import a_launch, hear_of_each_put

RECORDED: Final = "recorded-"
"""How the telephone system's names of those calls begin that nobody but the outbox tells the backend of."""
_EVERY_MS: Final = 4


def record_and_send(folder: Path, url: str, token: str, say: int, round_number: int) -> None:
    """Record calls and send them until killed; each acknowledged event's id goes to the file descriptor `say`."""
    chance = random.Random(round_number)
    app = QCoreApplication([])
    events = _calls(round_number)
    with sending(folder, url, token) as out:

        def record() -> None:
            group = tuple(itertools.islice(events, chance.choice((1, 1, 2, 5))))
            out.outbox.put(*group)
            _say(say, [str(event.event_id) for event in group])

        timer = QTimer(app)
        timer.timeout.connect(record)
        timer.start(_EVERY_MS)
        app.exec()


def click(folder: Path, url: str, token: str, say: int, round_number: int) -> None:
    """A whole panel in a call that somebody clicks in until it is killed."""
    hear_of_each_put(lambda ids: _say(say, ids))
    app = new_application()
    call = f"nba-desktop:call?number=%2B{NUMBER[1:]}&id=clicked-{round_number}-{os.getpid()}&state=answered"
    panel = Panel(a_launch(folder, url, token, call), app)
    _clicking(panel)
    panel.start()
    app.exec()


def drain(folder: Path, url: str, token: str, say: int, _: int) -> None:
    """A whole panel that does nothing but send what is there, and ends; it says how many events were refused."""
    app = new_application()
    panel = Panel(a_launch(folder, url, token), app)

    def leave_when_empty() -> None:
        status = panel.store.status() if panel.store else None
        if status and status.waiting == 0:
            timer.stop()
            _say(say, [f"parked {status.parked}"])
            app.exit(0)

    timer = QTimer(panel)
    timer.timeout.connect(leave_when_empty)
    timer.start(20)
    panel.start()
    app.exec()
    panel.stop()


def _say(say: int, lines: list[str]) -> None:
    os.write(say, "".join(f"{line}\n" for line in lines).encode())


def _clicking(panel: Panel) -> None:
    turns = itertools.count()

    def one_click() -> None:
        session = panel.session
        if session.state.contact is None:
            return
        turn = next(turns)
        if turn % 3 == 0:
            session.write_note(f"{NOTE} {turn}")
        elif turn % 3 == 1:
            session.respond(ResponseCode.NOT_ADDRESSED_TIME)
        else:
            entry = session.state.contact.last_response
            assert entry is not None
            session.retract(entry.event_id)

    timer = QTimer(panel)
    timer.timeout.connect(one_click)
    timer.start(_EVERY_MS)


def _calls(round_number: int) -> Iterator[AnyEvent]:
    """One call after the other, each with a few notes."""
    for call in itertools.count():
        yield from a_call(
            f"{RECORDED}{round_number}-{os.getpid()}-{call}", notes=1 + call % 6, text=NOTE + "x" * (call % 400)
        )
