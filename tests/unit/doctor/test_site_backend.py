"""What the doctor says of a site's backend, its certificate among the rest, over real lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop import __version__
from nba_desktop.contract.handshake import PROTOCOL
from nba_desktop.doctor.site_backend import ask, check_certificate, check_clock, check_readiness
from tests.fakes.certificates import Authority
from tests.unit.adapters.http_peer import Answer, says, serving, writes

READY = '{"status":"ready","version":"9.0","catalogue_version":"v1","protocol":1,"least_panel":null}'
SITE = "https://nba.example.com"


@pytest.mark.parametrize(
    ("host", "valid", "trusted", "ok", "words"),
    [
        ("127.0.0.1", (-10, 400), True, True, "who it says it is; its certificate is valid until"),
        ("127.0.0.1", (-10, 5), True, True, "(4 days)"),
        ("127.0.0.1", (-10, -1), True, False, "has expired"),
        ("127.0.0.1", (1, 2), True, False, "is not valid yet"),
        ("nba.example.com", (-10, 400), True, False, "is for another"),
        ("127.0.0.1", (-10, 400), False, False, "signed by nobody this machine trusts"),
    ],
    ids=["good", "soon over", "expired", "not yet valid", "wrong host", "nobody trusts it"],
)
def test_a_certificate_is_said_to_be_good_or_what_is_wrong_with_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    valid: tuple[int, int],
    trusted: bool,
    ok: bool,
    words: str,
) -> None:
    authority = Authority(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    begins, days = valid
    with serving(says(200, READY), authority.certify(host, begins=begins, days=days)) as peer:
        finding = check_certificate(peer.url)
    assert finding.ok is ok, finding
    assert words in finding.says
    # Good for a year: nothing to do.
    assert bool(finding.way_out) is not (ok and days > 100)


@pytest.mark.parametrize(
    ("url", "ok", "words"),
    [
        ("http://127.0.0.1:8765", True, "on this machine"),
        ("http://nba.example.com", False, "not encrypted"),
        ("https://backend.invalid", False, "cannot be reached"),
    ],
)
def test_a_line_without_certificate_is_said(url: str, ok: bool, words: str) -> None:
    finding = check_certificate(url)
    assert finding.ok is ok
    assert words in finding.says


def test_a_port_that_speaks_no_tls_is_said() -> None:
    with serving(writes(b"hello\r\n")) as peer:
        finding = check_certificate(peer.url.replace("http:", "https:"))
    assert not finding.ok
    assert "no encrypted line" in finding.says


def answer(status: int = 200, body: str = READY, protocol: int | None = PROTOCOL) -> Answer:
    headers: dict[str, Any] = {} if protocol is None else {"NBA_Protocol": str(protocol), "NBA_Version": "9.0"}
    return says(status, body, **headers)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (answer(), None),
        (answer(protocol=None), None),
        (answer(200, "<html>Welcome to our hotel", None), None),
        (answer(404, "", None), None),
        (answer(503, "<html>gateway", None), None),
        (answer(503, '{"code":"store_unavailable"}'), "its store does not answer"),
        (answer(protocol=PROTOCOL + 2), "the panel is too old"),
        (answer(200, READY.replace("null", '"999.0"')), "of version 999.0 or newer"),
        (answer(200, READY.replace("null", f'"{__version__}"')), None),
    ],
)
def test_a_backend_that_cannot_work_with_this_panel_says_so_itself(answer: Answer, words: str | None) -> None:
    with serving(answer) as peer:
        finding = check_readiness(peer.url, ask(peer.url))
    if words is None:
        assert finding is None
        return
    assert finding is not None
    assert words in finding.says
    assert finding.way_out


def test_a_backend_that_is_behind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.doctor.site_backend.PROTOCOL", PROTOCOL + 2)
    with serving(answer()) as peer:
        finding = check_readiness(peer.url, ask(peer.url))
    assert finding is not None
    assert "the backend is too old" in finding.says


def test_nobody_there_says_nothing_of_itself() -> None:
    assert ask("http://127.0.0.1:9") is None
    assert ask("http://nba.example.com") is None
    assert check_readiness(SITE, None) is None


@pytest.mark.parametrize("ahead", [timedelta(days=365), timedelta(0), timedelta(days=-365)])
def test_the_clocks_are_compared(ahead: timedelta) -> None:
    now = datetime.now(UTC)
    with serving(says(200, READY)) as peer:
        asked = ask(peer.url, lambda: now + ahead)
    assert asked is not None
    finding = check_clock(asked.ahead)
    assert finding.ok is (not ahead)
    expected = "agrees" if not ahead else "ahead of" if ahead > timedelta() else "behind"
    assert expected in finding.says
    assert "time zone" in finding.says


def test_a_backend_that_tells_no_time_is_not_compared() -> None:
    assert check_clock(None).ok
    with serving(writes(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: yesterday\r\n\r\n")) as peer:
        asked = ask(peer.url)
    assert asked is not None
    assert asked.ahead is None
