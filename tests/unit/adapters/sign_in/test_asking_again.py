"""A request that the backend refuses for its token is sent once more with a newer one, and no more than once."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler

import pytest

from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.http_client import HttpClient
from nba_desktop.contract.events import BatchVerdict
from nba_desktop.domain.errors import BackendOffline, BackendUnauthorised
from tests.unit.adapters.http_peer import Answer, Peer, says, serving

VERDICT = '{"verdicts": []}'


class Renewed(BearerToken):
    """A token with the ones that come after it; the last one stays."""

    def __init__(self, *values: str, waits: bool = False) -> None:
        self.later = list(values[1:])
        self.waits = waits
        super().__init__(values[0])

    @property
    def is_waiting(self) -> bool:
        return self.waits

    def newer_than(self, refused: str) -> str:
        assert refused == self.value
        if self.later:
            self.replace(self.later.pop(0))
        return self.value


def takes(wanted: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        good = handler.headers["Authorization"] == f"Bearer {wanted}"
        says(200 if good else 401, VERDICT)(handler)

    return answer


def sent(peer: Peer) -> list[tuple[str, bytes]]:
    return [(one.headers["Authorization"].removeprefix("Bearer "), one.body) for one in peer.requests]


def test_the_newer_token_is_tried_with_the_same_request() -> None:
    with serving(takes("new")) as peer:
        client = HttpClient(peer.url, Renewed("old", "new"))
        client.post("/v1/events", '{"events":[]}', BatchVerdict)
        client.post("/v1/events", '{"events":[]}', BatchVerdict)
    assert sent(peer) == [(one, b'{"events":[]}') for one in ("old", "new", "new")]


@pytest.mark.parametrize("tokens", [("old",), ("old", "newer", "newest")])
def test_it_is_refused_when_there_is_no_newer_one_or_that_is_refused_too(tokens: tuple[str, ...]) -> None:
    with serving(takes("another")) as peer, pytest.raises(BackendUnauthorised):
        HttpClient(peer.url, Renewed(*tokens)).post("/v1/events", "{}", BatchVerdict)
    assert [token for token, _ in sent(peer)] == list(tokens[:2])


def test_a_backend_is_not_well_for_somebody_whose_token_has_ended() -> None:
    with serving(says(200, "{}")) as peer:
        HttpClient(peer.url, Renewed("old")).check_health()
        with pytest.raises(BackendOffline):
            HttpClient(peer.url, Renewed("old", waits=True)).check_health()
    assert len(peer.requests) == 1
