"""The webhook hub as a real process: set up by commands, posted to, listened to, stopped and started again."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from tests.e2e.backend.test_process import backend
from tests.e2e.processes import run_here
from tests.fakes.backend_site import CATALOGUE, migrated
from tests.fakes.sse import streaming


def made(*arguments: str) -> str:
    done = run_here("backend", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def new_site(folder: Path) -> tuple[str, str]:
    """Where commands find a new site."""
    (folder / "backend.sqlite3").write_bytes(migrated())
    return "--data", str(folder)


def post(url: str, address: str, **fields: str) -> None:
    assert requests.post(f"{url}{address}", data=fields, timeout=20).status_code == 200


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_telephone_system_reaches_the_agents_it_rings(tmp_path: Path) -> None:
    data = new_site(tmp_path)
    anna = made("token", "create", *data, "--agent", "anna", "--role", "agent")
    ben = made("token", "create", *data, "--agent", "ben", "--role", "agent")
    address = made("hook", "create", "pbx", *data, "--dialect", "zammad")
    made("hook", "map", "pbx", *data, "--user", "Anna Adler", "--agent", "anna")
    made("hook", "map", "pbx", *data, "--user", "202", "--agent", "ben")
    assert address.startswith("/v1/hooks/pbx?token=")

    number = "4930600000001"
    begin = {"event": "newCall", "direction": "in", "from": number, "to": "4930555000"}
    quiet = ("--log-level", "warning")
    with backend(*data, "--port", "0", "--catalogue", str(CATALOGUE), *quiet) as running, ExitStack() as stack:
        url = running.hello["url"]
        to_anna, to_ben = (stack.enter_context(streaming(url, token)) for token in (anna, ben))
        assert [to_anna.event().type, to_ben.event().type] == ["snapshot", "snapshot"]
        body = "&".join(f"{key}={value}" for key, value in begin.items()) + "&callId=1&user[]=Anna%20Adler&user[]=202"
        assert requests.post(f"{url}{address}", data=body, timeout=20).json() == {}
        ringing = to_anna.event()
        assert (ringing.type, ringing.caller.e164, ringing.leg_id) == ("ringing", f"+{number}", "pbx:1")
        assert to_ben.event().type == "ringing"
        post(url, address, event="answer", callId="1", direction="in", answeringNumber="202")
        assert to_ben.event().type == "answered"
        withdrawn = to_anna.event()
        assert (withdrawn.type, withdrawn.cause) == ("ended", "elsewhere")

        running.process.send_signal(signal.SIGTERM)
        for stream in (to_anna, to_ben):
            with pytest.raises(EOFError):
                stream.event()
        assert running.process.wait(20) in (0, -signal.SIGTERM)
        assert running.process.stderr is not None
        assert running.process.stderr.read() == ""
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert number.encode() not in stored
    assert address.partition("=")[2].encode() not in stored

    with backend(*data, "--port", "0", "--catalogue", str(CATALOGUE)) as running:
        url = running.hello["url"]
        with streaming(url, anna, last_seen=withdrawn.sequence) as to_anna:
            snapshot = to_anna.event()
            assert (snapshot.type, snapshot.legs) == ("snapshot", ())
            # The end of a call of before the restart, and the next call.
            post(url, address, event="hangup", callId="1", cause="normalClearing")
            post(url, address, **begin, callId="2", user="Anna Adler")
            following = to_anna.event()
            assert (following.type, following.leg_id) == ("ringing", "pbx:2")
            assert following.sequence > snapshot.sequence > withdrawn.sequence


def test_a_secret_that_was_replaced_opens_nothing(tmp_path: Path) -> None:
    data = new_site(tmp_path)
    old = made("hook", "create", "pbx", *data, "--dialect", "sipgate", "--public-url", "https://nba.example")
    new = made("hook", "rotate", "pbx", *data)
    with backend(*data, "--port", "0", "--catalogue", str(CATALOGUE)) as running:
        codes = [
            requests.post(
                one.replace("https://nba.example", running.hello["url"]), data="event=ping&callId=1", timeout=20
            ).status_code
            for one in (old, new)
        ]
        assert codes == [401, 200]
