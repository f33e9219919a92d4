"""The agent's own file."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from nba_desktop.adapters.own_file import OwnFile
from nba_desktop.domain.errors import FailureCode, OwnStoreError
from nba_desktop.domain.own import BRIDGE, Own

OWN = (
    Own(compact=True)
    .toggled("move", "Umzug")
    .noted("move", "Umzug", "Zähler „links“\nzweite Zeile")
    .worded("A", BRIDGE, "de", "Alt {x}?", "Neu {x}?")
    .with_done(UUID(int=7))
)
OWN = replace(OWN, answers_seen_until=datetime(2026, 11, 10, 9, 30, tzinfo=UTC))


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "own.json"
    OwnFile(path).save(OWN)
    assert OwnFile(path).load() == OWN
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


def test_nothing_kept_yet_is_nothing(tmp_path: Path) -> None:
    file = OwnFile(tmp_path / "own.json")
    assert (file.load(), file.set_aside) == (Own(), None)


@pytest.mark.parametrize("content", [b"", b"garbage", b"\xff", b"[]", b'{"form":2,"own":{}}', b'{"form":1}'])
def test_a_damaged_file_is_set_aside_and_never_logged(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(content)
    file = OwnFile(path)
    with caplog.at_level(logging.DEBUG):
        assert file.load() == Own()
    assert file.set_aside is not None
    assert file.set_aside.read_bytes() == content
    assert not content or content.decode(errors="replace") not in caplog.text
    file.save(OWN)
    assert file.load() == OWN


def test_a_folder_that_takes_nothing_is_said_without_the_words(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    with pytest.raises(OwnStoreError) as raised:
        OwnFile(tmp_path / "blocked" / "own.json").save(OWN)
    assert raised.value.code is FailureCode.DISK_UNWRITABLE
    assert "Zähler" not in str(raised.value)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "own.json").mkdir()
    with pytest.raises(OwnStoreError):
        OwnFile(tmp_path / "own.json").load()
