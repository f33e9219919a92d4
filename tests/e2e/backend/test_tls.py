"""A backend with a certificate of its own: from its first word to a renewal."""

from __future__ import annotations

import json
import shutil
import signal
import ssl
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest
import requests

from tests.e2e.backend.test_process import backend
from tests.fakes.backend_site import CATALOGUE, migrated
from tests.fakes.certificates import Authority


def until(done: Callable[[], bool]) -> None:
    waiting = Event()
    for _ in range(400):
        if done():
            return
        waiting.wait(0.05)
    pytest.fail("it did not happen within 20 s")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_renewed_certificate_needs_no_restart(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "backend.sqlite3").write_bytes(migrated())
    authority = Authority(tmp_path)
    file = tmp_path / "both.pem"

    def renew(days: int) -> None:
        made = authority.certify("127.0.0.1", days=days)
        made.chmod(0o600)
        shutil.copy2(made, file)

    renew(2)
    arguments = ("--data", str(data), "--port", "0", "--catalogue", str(CATALOGUE), "--tls-certificate", str(file))
    with backend(*arguments, "--tls-key", str(file)) as running:
        url = urlsplit(running.hello["url"])
        assert url.scheme == "https"
        assert url.port is not None
        place = ("127.0.0.1", url.port)
        answer = requests.get(f"{running.hello['url']}/healthz", verify=str(authority.ca_file), timeout=20)
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
        with pytest.raises(requests.ConnectionError):
            requests.get(f"http://127.0.0.1:{url.port}/healthz", timeout=20)

        shown = ssl.get_server_certificate(place)
        renew(3)
        running.process.send_signal(signal.SIGHUP)
        until(lambda: ssl.get_server_certificate(place) != shown)

        shown = ssl.get_server_certificate(place)
        renew(4)
        until(lambda: ssl.get_server_certificate(place) != shown)

        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(20) in (0, -signal.SIGTERM)
        assert running.process.stderr is not None
        lines = [json.loads(line) for line in running.process.stderr.read().splitlines()]
        assert ("request", "/healthz", 200) in [(one["event"], one.get("route"), one.get("status")) for one in lines]
        assert len([one for one in lines if one["event"].startswith("the certificate was read anew")]) >= 2
