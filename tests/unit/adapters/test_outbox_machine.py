"""The encrypted outbox under any order of puts, receipts, crashes and lost keys, against a model of it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nba_desktop.adapters.sealing import read_site_key
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.outbox import EntryState
from tests.fakes.site_keys import PUBLIC
from tests.unit.adapters.events import note

SEAL = read_site_key(PUBLIC)
KEYS = (b"1" * 32, b"2" * 32)


class OutboxMachine(RuleBasedStateMachine):
    """`states` is what must be true of each event under the key in use; `locked` what waits under the other one."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="nba-outbox-"))
        self.path = self.folder / "0" / "outbox.sqlcipher"
        self.key = KEYS[0]
        self.states: dict[UUID, str] = {}
        self.locked: list[tuple[Path, bytes, dict[UUID, str]]] = []
        self.crashes = 0
        self.outbox = self.opened()

    def opened(self) -> SqliteOutbox:
        outbox = SqliteOutbox(self.path, key=self.key, seal=SEAL)
        outbox._db.execute("PRAGMA synchronous = OFF")
        return outbox

    @rule(count=st.integers(1, 3))
    def put(self, count: int) -> None:
        events = [note(seq) for seq in range(1, count + 1)]
        self.outbox.put(*events)
        self.states |= {event.event_id: "pending" for event in events}

    @rule(data=st.data())
    def put_again(self, data: st.DataObject) -> None:
        if self.states:
            wanted = data.draw(st.sampled_from(sorted(self.states)))
            event = note().model_copy(update={"event_id": wanted})
            before = self.outbox.stored()
            if event.model_dump_json() in before:
                self.outbox.put(event)
            assert self.outbox.stored() == before

    @rule(count=st.integers(1, 3))
    def accept(self, count: int) -> None:
        sent = [one.event_id for one in self.outbox.entries(EntryState.PENDING, count)]
        self.outbox.mark_accepted(*sent)
        self.states |= dict.fromkeys(sent, "accepted")

    @rule()
    def park_one(self) -> None:
        sent = [one.event_id for one in self.outbox.entries(EntryState.PENDING, 1)]
        self.outbox.mark_parked(dict.fromkeys(sent, "refused"))
        self.states |= dict.fromkeys(sent, "parked")

    @rule()
    def retry(self) -> None:
        self.outbox.retry_parked()
        self.states = {one: "pending" if state == "parked" else state for one, state in self.states.items()}

    @rule()
    def crash(self) -> None:
        self.crashes += 1
        copy = self.folder / str(self.crashes) / self.path.name
        shutil.copytree(self.path.parent, copy.parent)
        self.outbox.close()
        self.locked = [(copy.with_name(aside.name), key, states) for aside, key, states in self.locked]
        self.path = copy
        self.outbox = self.opened()
        assert (self.outbox.set_aside, self.outbox.left_sealed) == (None, None)

    @precondition(lambda self: len(self.locked) < 2)
    @rule()
    def lose_the_key(self) -> None:
        self.outbox.close()
        lost = self.key
        self.key = KEYS[1] if self.key == KEYS[0] else KEYS[0]
        self.outbox = self.opened()
        assert self.outbox.why is FailureCode.STORE_KEY_LOST
        assert self.outbox.set_aside is not None
        self.locked.append((self.outbox.set_aside, lost, self.states))
        self.states = {}

    @precondition(lambda self: self.locked)
    @rule()
    def find_a_key_again(self) -> None:
        aside, key, states = self.locked.pop()
        earlier = SqliteOutbox(aside, key=key)
        self.outbox.take_in(earlier)
        earlier.close()
        self.states |= states

    @invariant()
    def it_holds_what_the_model_says(self) -> None:
        if not hasattr(self, "outbox"):
            return
        for state in EntryState:
            found = [one.event_id for one in self.outbox.entries(state)]
            assert sorted(found) == sorted(one for one, of in self.states.items() if of == state.value)
        assert self.outbox._sealed is not None
        unsent = {str(one) for one, of in self.states.items() if of != "accepted"}
        assert self.outbox._sealed.ids() == unsent

    def teardown(self) -> None:
        if hasattr(self, "outbox"):
            self.outbox.close()
            shutil.rmtree(self.folder)


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
