"""The stand-in for Genesys Cloud as a process, as a plain client sees it."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from nba_desktop.adapters.sign_in.loopback import code_challenge
from nba_desktop.simulator.genesys_command import run
from nba_desktop.simulator.genesys_script import ScriptError, load
from tests.fakes.genesys import AGENT, SCRIPTS, StandIn, names, steps

TOPIC = f"v2.users.{AGENT}.conversations"


@pytest.fixture
def played() -> Iterator[StandIn]:
    stand_in = StandIn("--heartbeat", "0.2")
    yield stand_in
    assert stand_in.end() == 0


def token(played: StandIn, pair: tuple[str, str] = ("nba-desktop-demo", "genesys-demo")) -> requests.Response:
    values = {"grant_type": "client_credentials"}
    return requests.post(f"{played.url}/oauth/token", data=values, auth=pair, timeout=10)


def ask(played: StandIn, method: str, path: str, access: str, **more: Any) -> requests.Response:
    headers = {"Authorization": f"Bearer {access}"}
    return requests.request(method, f"{played.url}/api/v2/{path}", headers=headers, timeout=10, **more)


def drain(line: ClientConnection) -> None:
    """Read until the other side closes."""
    for _ in range(50):
        line.recv(timeout=10)


def test_a_client_signs_in_and_hears_a_call(played: StandIn) -> None:
    access = token(played).json()["access_token"]
    channel = ask(played, "POST", "notifications/channels", access).json()
    assert set(channel) == {"connectUri", "id", "expires"}
    path = f"notifications/channels/{channel['id']}/subscriptions"
    assert ask(played, "PUT", path, access, json=[{"id": TOPIC}]).status_code == 200
    with connect(channel["connectUri"]) as line:
        beat = json.loads(line.recv(timeout=10))
        assert beat == {"topicName": "channel.metadata", "eventBody": {"message": "WebSocket Heartbeat"}}
        line.send('{"message": "ping"}')
        answers = (json.loads(line.recv(timeout=10)) for _ in range(50))
        assert any(one["eventBody"] == {"message": "pong"} for one in answers)
        played.tell(play="01", **{"from": "+4930901820"})
        answers = (json.loads(line.recv(timeout=10)) for _ in range(50))
        told = next(one for one in answers if one["topicName"] == TOPIC)
        assert told["eventBody"]["participants"][0]["address"] == "tel:+4930901820"
        assert played.wait_for("sent", "ringing")["listeners"] == 1
        found = ask(played, "POST", "analytics/conversations/details/query", access, json={}).json()["conversations"]
        assert [one["conversationId"] for one in found] == [told["eventBody"]["id"]]
        played.tell(drop=True)
        with pytest.raises(ConnectionClosed):
            drain(line)


def test_a_browsers_code_is_good_once_and_for_its_verifier_only(played: StandIn) -> None:
    verifier = "v" * 64
    values = {
        "response_type": "code",
        "client_id": "nba-desktop-demo",
        "redirect_uri": "http://127.0.0.1:1/callback",
        "state": "mine",
        "code_challenge": code_challenge(verifier),
        "code_challenge_method": "S256",
    }

    def code() -> str:
        answer = requests.get(f"{played.url}/oauth/authorize", params=values, allow_redirects=False, timeout=10)
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert (answer.status_code, query["state"]) == (302, ["mine"])
        return query["code"][0]

    def redeem(with_code: str, with_verifier: str) -> requests.Response:
        form = {
            "grant_type": "authorization_code",
            "code": with_code,
            "redirect_uri": values["redirect_uri"],
            "client_id": values["client_id"],
            "code_verifier": with_verifier,
        }
        return requests.post(f"{played.url}/oauth/token", data=form, timeout=10)

    assert redeem(code(), "another").status_code == 400
    good = code()
    access = redeem(good, verifier).json()["access_token"]
    assert redeem(good, verifier).status_code == 400
    assert ask(played, "GET", "users/me", access).json()["id"] == AGENT
    assert ask(played, "GET", "conversations", access).json()["entities"] == []
    refused = requests.get(
        f"{played.url}/oauth/authorize", params=values | {"redirect_uri": "https://elsewhere.example"}, timeout=10
    )
    assert refused.status_code == 400


def test_what_is_not_allowed_is_refused(played: StandIn) -> None:
    assert token(played, ("nba-desktop-demo", "wrong")).status_code == 401
    assert ask(played, "GET", "users/me", "made-up").status_code == 401
    access = token(played).json()["access_token"]
    assert ask(played, "GET", "users/me", access).status_code == 400, "a client's own token speaks for no user"
    assert ask(played, "GET", "nothing", access).status_code == 404
    channel = ask(played, "POST", "notifications/channels", access).json()["id"]
    path = f"notifications/channels/{channel}/subscriptions"
    assert ask(played, "PUT", path, access, json=[{"id": "v2.users.another.conversations"}]).status_code == 403
    assert ask(played, "PUT", path, access, data=b"no json").status_code == 400
    played.tell(refuse=429, times=1, retry_after=7)
    played.tell(play="99")
    played.wait_for("error", "no_script")
    refused = ask(played, "POST", "notifications/channels", access)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")


def test_the_twenty_first_channel_takes_the_place_of_the_oldest(played: StandIn) -> None:
    access = token(played).json()["access_token"]
    channels = [ask(played, "POST", "notifications/channels", access).json()["id"] for _ in range(21)]
    answers = [
        ask(played, "PUT", f"notifications/channels/{one}/subscriptions", access, json=[{"id": TOPIC}]).status_code
        for one in (channels[0], channels[1])
    ]
    assert answers == [404, 200]


def test_calls_can_go_on_side_by_side(played: StandIn) -> None:
    played.tell(play="01")
    played.wait_for("waiting_for", "answered")
    played.tell(play="02")
    played.wait_for("error", "busy")
    played.tell(play="02", at_once=True, pause=False)
    played.wait_for("finished", "02")
    played.advance()
    played.wait_for("sent", "answered")


@pytest.mark.parametrize("line", ["nonsense", "[]", "{}", '{"continue": false}', '{"refuse": "x"}'])
def test_a_command_it_does_not_know_is_reported(line: str) -> None:
    out = io.StringIO()
    assert run([], SCRIPTS, io.StringIO(line + "\n"), out) == 0
    assert json.loads(out.getvalue().splitlines()[-1]) == {"error": "bad_command"}


def test_a_port_in_use_and_a_missing_certificate_are_reported(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        out = io.StringIO()
        assert run(["--port", str(taken.getsockname()[1])], SCRIPTS, io.StringIO(), out) == 2
        assert json.loads(out.getvalue())["error"] == "cannot_listen"
    out = io.StringIO()
    assert run(["--tls-certificate", str(tmp_path / "none.pem")], SCRIPTS, io.StringIO(), out) == 2
    assert json.loads(out.getvalue())["error"] == "no_certificate"


@pytest.mark.parametrize("content", ["", "no json\n", "{}\n", '{"at_ms": 1, "message": {"eventBody": {}}}\n'])
def test_a_file_that_is_no_script_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "01_broken.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(ScriptError, match="01_broken"):
        load(tmp_path, "01")


@pytest.mark.parametrize("number", names())
def test_every_script_begins_with_a_phase_and_is_in_order(number: str) -> None:
    told = steps(number)
    assert told[0].phase == "ringing"
    assert [one.at for one in told] == sorted(one.at for one in told)
