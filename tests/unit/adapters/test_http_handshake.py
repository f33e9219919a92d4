"""What the panel's requests say of it, and what it reads from answers of backends of every age."""

from __future__ import annotations

from typing import Any

import pytest

from nba_desktop import __version__
from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.http_client import Timeouts
from nba_desktop.contract.handshake import PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER
from nba_desktop.contract.problems import Problem
from nba_desktop.domain.errors import BackendError, BackendMismatch, BackendRefusal, FailureCode
from tests.unit.adapters.http_peer import Answer, says, serving

CATALOGUE = '{"version":"7","language":"de","concerns":[]}'
VERDICTS = '{"verdicts":[]}'
OLD = FailureCode.PANEL_TOO_OLD
BEHIND = FailureCode.BACKEND_TOO_OLD


def by(protocol: int | str, version: str, status: int = 200, body: str = CATALOGUE) -> Answer:
    """An answer of a backend that speaks a protocol and has a version."""
    headers: dict[str, Any] = {"NBA_Protocol": str(protocol), "NBA_Version": version}
    return says(status, body, **headers)


def refusing(code: str, needed: str) -> Answer:
    document = {"type": "t", "title": "No", "status": 409, "code": code, "needed": needed}
    return by(PROTOCOL, "9.0", 409, Problem.model_validate(document).model_dump_json())


def failure_of(answer: Answer) -> BackendError:
    with serving(answer) as peer:
        backend = HttpBackend(peer.url, "secret", Timeouts(2.0, 2.0, 4.0))
        with pytest.raises(BackendError) as asked:
            backend.catalogue("de")
        with pytest.raises(type(asked.value)):
            backend.send(('{"a":1}',))
        if isinstance(asked.value, BackendMismatch):
            assert asked.value.server == peer.url
        return asked.value


@pytest.mark.parametrize(
    "answer",
    [by(PROTOCOL - 1, "0.0.9"), by(PROTOCOL, __version__), by(PROTOCOL + 1, "0.2"), says(200, CATALOGUE), by("x", "")],
    ids=["the one before", "the same", "the one after", "no word of it", "garbage"],
)
def test_a_neighbour_is_understood_and_told_who_asks(answer: Answer) -> None:
    with serving(answer) as peer:
        assert HttpBackend(peer.url, "secret").catalogue("de").version == "7"
    headers = peer.requests[0].headers
    assert (headers[PROTOCOL_HEADER], headers[VERSION_HEADER]) == (str(PROTOCOL), __version__)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        # Whoever is two apart is not believed, however well it looks.
        (by(PROTOCOL + 2, "9.0"), (OLD, __version__, "9.0", "9.0")),
        (by(PROTOCOL + 2, "9.0", 401), (OLD, __version__, "9.0", "9.0")),
        (by(PROTOCOL + 2, "9.0", 503, "<html>"), (OLD, __version__, "9.0", "9.0")),
        (by(PROTOCOL + 5, "9.0", 409, '{"code":"of the future"}'), (OLD, __version__, "9.0", "9.0")),
        (refusing("panel_too_old", "9.1"), (OLD, __version__, "9.0", "9.1")),
        (refusing("backend_too_old", ""), (BEHIND, __version__, "9.0", "")),
    ],
)
def test_a_backend_that_does_not_fit_is_said_with_both_versions(
    answer: Answer, expected: tuple[FailureCode, str, str, str]
) -> None:
    failure = failure_of(answer)
    assert isinstance(failure, BackendMismatch)
    assert (failure.code, failure.panel, failure.backend, failure.needed) == expected


def test_a_backend_two_behind_must_be_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.adapters.http_client.PROTOCOL", PROTOCOL + 2)
    failure = failure_of(by(PROTOCOL, "0.1"))
    assert isinstance(failure, BackendMismatch)
    assert (failure.code, failure.backend, failure.needed) == (BEHIND, "0.1", __version__)


def test_another_conflict_stays_one() -> None:
    failure = failure_of(refusing("conflict", ""))
    assert isinstance(failure, BackendRefusal)
