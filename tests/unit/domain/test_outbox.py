from __future__ import annotations

from dataclasses import replace
from itertools import islice
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.contract.codes import ProblemCode
from nba_desktop.contract.events import MAX_BATCH, BatchVerdict, EventVerdict
from nba_desktop.contract.problems import Problem
from nba_desktop.domain.errors import (
    BackendBehindProxy,
    BackendFault,
    BackendGibberish,
    BackendMismatch,
    BackendOffline,
    BackendRefusal,
    BackendTimeout,
    BackendUnauthorised,
    BackendUntrusted,
    FailureCode,
    OutboxFull,
    PanelError,
)
from nba_desktop.domain.outbox import (
    LONGEST_RETRY_AFTER_S,
    LONGEST_WAIT_S,
    Entry,
    EntryState,
    Outcome,
    Sending,
    next_batch,
    on_failure,
    on_verdict,
)

FORBIDDEN = Problem(type="about:blank", title="Forbidden", status=403, code=ProblemCode.FORBIDDEN)
INVALID = Problem(type="about:blank", title="Invalid", status=422, code=ProblemCode.INVALID_MESSAGE)


def entry(number: int, contact: int = 1) -> Entry:
    return Entry(UUID(int=number), UUID(int=1000 + contact), number, f'{{"n":{number}}}')


def entries(count: int) -> tuple[Entry, ...]:
    return tuple(entry(number) for number in range(1, count + 1))


def verdicts(*pairs: tuple[int, str]) -> BatchVerdict:
    return BatchVerdict(
        verdicts=tuple(
            EventVerdict.model_validate({"event_id": UUID(int=number), "verdict": verdict}) for number, verdict in pairs
        )
    )


def ids(*numbers: int) -> tuple[UUID, ...]:
    return tuple(UUID(int=number) for number in numbers)


def test_the_oldest_go_first_and_not_more_than_a_batch_takes() -> None:
    shuffled = tuple(reversed(entries(MAX_BATCH + 5)))
    assert [e.position for e in next_batch(shuffled, Sending(), 0.0)] == list(range(1, MAX_BATCH + 1))


def test_a_parked_entry_is_not_sent_and_does_not_hold_the_others_back() -> None:
    first, second = entries(2)
    assert next_batch((replace(first, state=EntryState.PARKED), second), Sending(), 0.0) == (second,)


def test_nothing_is_sent_before_the_wait_is_over() -> None:
    sending = Sending(failures=1, retry_at=10.0, paused=FailureCode.OFFLINE)
    assert next_batch(entries(1), sending, 9.9) == ()
    assert next_batch(entries(1), sending, 10.0) == entries(1)


@pytest.mark.parametrize("verdict", ["accepted", "duplicate"])
def test_accepted_and_duplicate_are_receipts(verdict: str) -> None:
    outcome = on_verdict(Sending(), entries(1), verdicts((1, verdict)), 0.0, 0.5)
    assert outcome == Outcome(Sending(), accepted=ids(1))


def test_a_verdict_that_refuses_parks_its_entry_alone_with_the_reason() -> None:
    verdict = BatchVerdict(
        verdicts=(
            EventVerdict(event_id=UUID(int=1), verdict="accepted"),
            EventVerdict(event_id=UUID(int=2), verdict="refused", problem=INVALID),
            EventVerdict(event_id=UUID(int=3), verdict="refused"),
        )
    )
    outcome = on_verdict(Sending(), entries(3), verdict, 0.0, 0.5)
    assert outcome.accepted == ids(1)
    assert outcome.parked == ((UUID(int=2), "invalid_message"), (UUID(int=3), "refused"))
    assert outcome.sending.paused is None


def test_a_missing_verdict_means_not_received_and_waits() -> None:
    outcome = on_verdict(Sending(), entries(3), verdicts((1, "accepted"), (3, "accepted")), 100.0, 0.0)
    assert (outcome.accepted, outcome.parked) == (ids(1, 3), ())
    assert outcome.sending.retry_at > 100.0


def test_verdicts_that_contradict_each_other_are_no_verdict() -> None:
    outcome = on_verdict(Sending(), entries(1), verdicts((1, "accepted"), (1, "refused")), 0.0, 0.0)
    assert (outcome.accepted, outcome.parked) == ((), ())


def test_a_verdict_for_an_entry_that_was_not_sent_is_ignored() -> None:
    outcome = on_verdict(Sending(), entries(1), verdicts((1, "accepted"), (77, "accepted"), (78, "refused")), 0.0, 0.0)
    assert outcome == Outcome(Sending(), accepted=ids(1))


@pytest.mark.parametrize(
    "error",
    [
        BackendOffline(),
        BackendTimeout(),
        BackendGibberish(),
        BackendUntrusted(FailureCode.CERTIFICATE_EXPIRED),
        BackendBehindProxy(FailureCode.PROXY_SIGN_IN),
        BackendFault(500),
        BackendFault(429),
        BackendMismatch(FailureCode.PANEL_TOO_OLD),
        BackendMismatch(FailureCode.BACKEND_TOO_OLD),
        OutboxFull(),
    ],
    ids=lambda error: error.code.value,
)
def test_what_may_pass_is_tried_again_later_and_says_why(error: PanelError) -> None:
    outcome = on_failure(Sending(), entries(2), error, 50.0, 0.5)
    assert (outcome.accepted, outcome.parked) == ((), ())
    assert outcome.sending.paused is error.code
    assert outcome.sending.retry_at == pytest.approx(50.75)


def test_the_wait_doubles_up_to_a_minute_and_a_success_ends_it() -> None:
    sending, waits = Sending(), []
    for _ in range(9):
        sending = on_failure(sending, entries(1), BackendOffline(), 0.0, 0.999999).sending
        waits.append(round(sending.retry_at))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert on_verdict(sending, entries(1), verdicts((1, "accepted")), 0.0, 0.0).sending == Sending()


def test_retry_after_is_waited_for_but_not_for_ever() -> None:
    def wait(seconds: float) -> float:
        return on_failure(Sending(), entries(1), BackendFault(429, seconds), 0.0, 0.0).sending.retry_at

    assert (wait(30.0), wait(0.1), wait(1e9)) == (30.0, 0.5, LONGEST_RETRY_AFTER_S)


@pytest.mark.parametrize(
    ("error", "code"),
    [(BackendUnauthorised(), FailureCode.UNAUTHORISED), (BackendRefusal(403, FORBIDDEN), FailureCode.FORBIDDEN)],
)
def test_a_token_that_does_not_count_or_may_not_do_this_pauses_all_until_somebody_resumes(
    error: PanelError, code: FailureCode
) -> None:
    outcome = on_failure(Sending(limit=4), entries(2), error, 0.0, 0.5)
    sending = outcome.sending
    assert outcome.parked == ()
    assert (sending.paused, sending.needs_token) == (code, True)
    assert next_batch(entries(2), sending, 1e12) == ()
    assert next_batch(entries(2), sending.resumed(), 0.0) == entries(2)
    again = sending.tried_again()
    assert (again.paused, next_batch(entries(2), again, 0.0)) == (code, entries(2))


def test_a_refused_batch_is_halved_at_once_until_one_entry_is_alone_and_parked() -> None:
    sending, sizes = Sending(), []
    parked: tuple[tuple[UUID, str], ...] = ()
    while not parked:
        batch = next_batch(entries(100), sending, 0.0)
        sizes.append(len(batch))
        outcome = on_failure(sending, batch, BackendRefusal(422, INVALID), 0.0, 0.5)
        sending, parked = outcome.sending, outcome.parked
    assert sizes == [100, 50, 25, 12, 6, 3, 1]
    assert parked == ((UUID(int=1), "invalid_message"),)
    assert sending.limit == 2


def test_a_refusal_without_a_problem_document_is_named_by_its_status() -> None:
    outcome = on_failure(Sending(), entries(1), BackendRefusal(413, None), 0.0, 0.5)
    assert outcome.parked == ((UUID(int=1), "http_413"),)


def test_batches_grow_again_after_a_split() -> None:
    sending = Sending(limit=1)
    for expected in (2, 4, 8, 16, 32, 64, 100, 100):
        sending = on_verdict(sending, entries(1), verdicts((1, "duplicate")), 0.0, 0.0).sending
        assert sending.limit == expected


@given(
    failures=st.integers(0, 10_000),
    chance=st.floats(0, 1, exclude_max=True),
    retry_after=st.none() | st.floats(0, 1e12),
)
def test_a_wait_is_never_nothing_and_never_endless(failures: int, chance: float, retry_after: float | None) -> None:
    error = BackendFault(503, retry_after)
    wait = on_failure(Sending(failures=failures), entries(1), error, 0.0, chance).sending.retry_at
    assert 0.5 <= wait <= max(LONGEST_WAIT_S, LONGEST_RETRY_AFTER_S)


class UnreliableBackend:
    """Takes events in order, like the real one; what goes wrong is drawn by the test."""

    def __init__(self, poison: frozenset[UUID]) -> None:
        self.poison = poison
        self.received: list[UUID] = []

    def take(self, batch: tuple[Entry, ...], count: int | None = None) -> list[EventVerdict]:
        said = []
        for sent in batch[:count]:
            if sent.event_id in self.poison:
                said.append(EventVerdict(event_id=sent.event_id, verdict="refused", problem=INVALID))
            elif sent.event_id in self.received:
                said.append(EventVerdict(event_id=sent.event_id, verdict="duplicate"))
            else:
                self.received.append(sent.event_id)
                said.append(EventVerdict(event_id=sent.event_id, verdict="accepted"))
        return said

    def answer(self, batch: tuple[Entry, ...], mood: str, count: int) -> BatchVerdict:
        if mood == "well":
            return BatchVerdict(verdicts=tuple(self.take(batch)))
        if mood == "strict" and any(sent.event_id in self.poison for sent in batch):
            raise BackendRefusal(422, INVALID)
        if mood == "strict":
            return BatchVerdict(verdicts=tuple(self.take(batch)))
        if mood == "stops in the middle":
            return BatchVerdict(verdicts=tuple(self.take(batch, count)))
        if mood == "says half":
            return BatchVerdict(verdicts=tuple(reversed(self.take(batch)[count:])))
        if mood == "answer lost":
            self.take(batch, count)
            raise BackendTimeout
        raise {
            "offline": BackendOffline(),
            "gibberish": BackendGibberish(),
            "fault": BackendFault(503, 2.0),
            "token": BackendUnauthorised(),
        }[mood]


MOODS = [
    "well",
    "strict",
    "stops in the middle",
    "says half",
    "answer lost",
    "offline",
    "gibberish",
    "fault",
    "token",
]


@given(
    contacts=st.lists(st.integers(1, 4), min_size=1, max_size=40),
    poison=st.sets(st.integers(1, 40), max_size=6),
    course=st.lists(st.tuples(st.sampled_from(MOODS), st.integers(0, 40), st.integers(0, 10)), max_size=40),
    afterwards=st.sampled_from(["well", "strict"]),
)
def test_no_event_is_lost_doubled_or_out_of_order(
    contacts: list[int], poison: set[int], course: list[tuple[str, int, int]], afterwards: str
) -> None:
    everything = [entry(number, contact) for number, contact in enumerate(contacts, 1)]
    stored: dict[UUID, Entry] = {}
    backend = UnreliableBackend(frozenset(UUID(int=number) for number in poison))
    sending, now, accepted = Sending(), 0.0, set[UUID]()
    arriving = iter(everything)
    at_the_end = [(afterwards, 0, len(everything))] * 200
    for mood, count, news in course + at_the_end:
        for new in islice(arriving, news):
            stored[new.event_id] = new
        batch = next_batch(stored.values(), sending, now)
        oldest = sorted((e for e in stored.values() if e.state is EntryState.PENDING), key=lambda e: e.position)
        assert list(batch) == oldest[: len(batch)]
        if not batch:
            sending = sending.resumed() if sending.needs_token else sending
            now = max(now, sending.retry_at)
            continue
        try:
            outcome = on_verdict(sending, batch, backend.answer(batch, mood, count), now, 0.3)
        except PanelError as error:
            outcome = on_failure(sending, batch, error, now, 0.3)
        sending = outcome.sending
        for event_id in outcome.accepted:
            accepted.add(event_id)
            del stored[event_id]
        for event_id, why in outcome.parked:
            stored[event_id] = replace(stored[event_id], state=EntryState.PARKED, why=why)

    poisoned = [e for e in everything if e.event_id in backend.poison]
    assert list(stored.values()) == [replace(e, state=EntryState.PARKED, why="invalid_message") for e in poisoned]
    assert accepted == {e.event_id for e in everything} - backend.poison
    assert sorted(backend.received) == sorted(accepted)
    for contact in {e.contact_id for e in everything}:
        of_contact = [e.event_id for e in everything if e.contact_id == contact and e.event_id in accepted]
        assert [event_id for event_id in backend.received if event_id in set(of_contact)] == of_contact
