"""The bundle for whoever helps: useful, and with nothing of anybody in it, wherever that was put."""

from __future__ import annotations

import base64
import json
import logging
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from nba_desktop.adapters.log_file import LOG_FILE, end_log, keep_log
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.cli import main
from nba_desktop.contract.base import new_id
from tests.e2e.processes import run

pytestmark = pytest.mark.timeout(180)

CANARIES = (
    "Lisa-Marie",
    "Müllerhausen",
    "lisa.mueller@example.org",
    "+4935128055047",
    "0351 2805 5047",
    "DE02120300000000202051",
    "DE02 1203 0000 0000 2020 51",
    "1991-04-17-geboren",
    "eyJhbGciOiJFZERTQSJ9aXNzbmJh7Q",
    "geheimesKennwort1",
    "PJSIP/muellerin",
    "agentin.mueller",
)
EVERYTHING = " ".join(CANARIES)
NAME = "Müllerhausen Lisa-Marie"


def forms(canary: str) -> set[bytes]:
    """The ways in which a text may be hidden in a file."""
    plain = canary.encode()
    found = {
        plain,
        canary.lower().encode(),
        quote(canary).encode(),
        plain.hex().encode(),
        json.dumps(canary)[1:-1].encode(),
    }
    found |= {canary.encode(one) for one in ("utf-16-le", "utf-16-be", "latin-1")}
    found.add(base64.b64encode(plain)[:-4])
    squeezed = canary.replace(" ", "")
    return found | {squeezed.encode(), squeezed.lstrip("+0").encode()}


def world(folder: Path, settings: dict[str, Any]) -> tuple[Path, Path]:
    """A workstation full of people: its settings file, and its data."""
    config, data = folder / NAME / "config", folder / NAME / "data"
    config.mkdir(parents=True)
    (config / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    (config / "preferences.json").write_text(json.dumps({"names": EVERYTHING}), encoding="utf-8")
    SqliteOutbox(data / "outbox.sqlite3").close()
    with closing(sqlite3.connect(data / "outbox.sqlite3")) as outbox:
        rows = [
            (str(new_id()), EVERYTHING, json.dumps({"note": EVERYTHING}), "pending", ""),
            (str(new_id()), EVERYTHING, json.dumps({"note": EVERYTHING}), "parked", EVERYTHING),
            (str(new_id()), EVERYTHING, "{}", "parked", "unknown_contact"),
        ]
        outbox.executemany(
            "INSERT INTO entry (event_id, contact_id, json, state, why, stored_at) VALUES (?, ?, ?, ?, ?, '2026')", rows
        )
        outbox.commit()
    log = keep_log(data)
    for canary in (*CANARIES, CANARIES):
        logging.getLogger("nba_desktop.tried").info("telephony input dropped: %s (%d)", canary, 17)
    end_log(log)
    with (data / LOG_FILE).open("a", encoding="utf-8") as file:
        # What looks like a person's is taken out even of what nobody of us wrote.
        file.write(f"{' '.join((*CANARIES[2:7], CANARIES[8]))} {folder / NAME / 'data'}\n")
    (data / "own.json").write_text(EVERYTHING, encoding="utf-8")
    recorder = data / "flight-recorder"
    recorder.mkdir()
    at = "2026-11-20T10:00:00+00:00"
    records = [
        {"n": 1, "at": at, "kind": "start", "extension": EVERYTHING},
        {"n": 2, "at": at, "kind": "link", "source": EVERYTHING, "state": "down", "detail": EVERYTHING},
        {"n": 3, "at": at, "kind": "heard", "source": EVERYTHING, "type": EVERYTHING, "text": EVERYTHING},
        {"n": 4, "at": at, "kind": "dropped", "source": EVERYTHING, "code": EVERYTHING},
    ]
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    (recorder / "heard-00000001.jsonl").write_text(lines, encoding="utf-8")
    return config / "settings.json", data


GOOD = {
    "language": "de",
    "hotkey": "Lisa-Marie",
    "keys": {"help": "Müllerhausen"},
    "backend": {"mode": "site", "url": "http://127.0.0.1:9/Lisa-Marie"},
    "telephony": {
        "source": "asterisk_ami",
        "host": "127.0.0.1",
        "port": 9,
        "username": "agentin.mueller",
        "secret_name": "geheimesKennwort1",
        "extension": "4935128055047",
        "interface": "PJSIP/muellerin",
        "queues": ["Lisa-Marie"],
        "genesys": {"client_id": "eyJhbGciOiJFZERTQSJ9aXNzbmJh7Q", "user_id": "lisa.mueller@example.org"},
    },
}


@pytest.mark.parametrize(
    "settings",
    [GOOD, {**GOOD, EVERYTHING: EVERYTHING}, {"telephony": {"host": EVERYTHING, "Müllerhausen": 1}}],
    ids=["good", "a name that is no setting", "a name in a part"],
)
def test_nothing_of_anybody_is_in_the_bundle(tmp_path: Path, settings: dict[str, Any]) -> None:
    file, data = world(tmp_path, settings)
    out = tmp_path / "bundle.zip"
    environ = dict.fromkeys(
        ("LANG", "XDG_CURRENT_DESKTOP", "QT_SCALE_FACTOR", "HTTPS_PROXY", "NBA_DATABASE", "TZ"), EVERYTHING
    )
    done = run(
        *("doctor", "bundle", "--out", str(out), "--settings", str(file), "--data", str(data)),
        HOME=str(tmp_path / NAME),
        DISPLAY="Lisa-Marie:0",
        http_proxy="http://agentin.mueller:geheimesKennwort1@127.0.0.1:9",
        **environ,
    )
    assert done.returncode == 0, done.stderr
    assert out.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(out) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    everything = [*texts.values(), *(text.replace(b" ", b"") for text in texts.values()), out.read_bytes()]
    found = [
        (canary, name)
        for canary in CANARIES
        for form in forms(canary)
        for name, content in [*texts.items(), *((f"part {n}", one) for n, one in enumerate(everything))]
        if form in content or form in content.lower()
    ]
    assert not found
    # It is of use all the same.
    assert "refused for unknown_contact: 1" in texts["outbox.txt"].decode()
    assert "refused for another reason: 1" in texts["outbox.txt"].decode()
    assert "heard: 1" in texts["telephony.txt"].decode()
    assert "PROBLEM" in texts["findings.txt"].decode()
    assert "telephony input dropped: … (17)" in texts["log.txt"].decode()
    assert "LANG=(set)" in texts["environment.txt"].decode()
    if settings is GOOD:
        assert "telephony.host = 127.0.0.1" in texts["settings.txt"].decode()
        assert "backend.url = http://127.0.0.1:9\n" in texts["settings.txt"].decode()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    arguments = ["--settings", str(tmp_path / "none.json"), "--data", str(tmp_path)]
    assert main(["doctor", *arguments, "bundle", "--out", str(tmp_path / "file" / "x.zip")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_bundle_can_be_read_before_there_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--settings", str(tmp_path / "none.json"), "--data", str(tmp_path / "data")]
    assert main(["doctor", *arguments, "bundle", "--show", "--out", str(tmp_path / "x.zip")]) == 0
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("---- ")] == [
        f"---- {name}.txt" for name in ("read-me", "findings", "settings", "outbox", "telephony", "log", "environment")
    ]
    assert not (tmp_path / "x.zip").exists()
