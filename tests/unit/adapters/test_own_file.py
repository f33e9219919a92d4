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


# ---- encrypted

KEY, OTHER = b"k" * 32, b"o" * 32


def opened(path: Path, key: bytes | None) -> OwnFile:
    file = OwnFile()
    file.open(path, key)
    return file


def test_with_a_key_nothing_of_it_lies_in_plain_and_what_did_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    OwnFile(path).save(OWN)
    assert opened(path, KEY).load() == OWN
    assert [file.name for file in tmp_path.iterdir()] == ["own.sqlcipher"]
    assert "Zähler".encode() not in (tmp_path / "own.sqlcipher").read_bytes()
    assert os.name == "nt" or (tmp_path / "own.sqlcipher").stat().st_mode & 0o077 == 0
    assert opened(path, KEY).load() == OWN


def test_what_was_kept_on_a_day_without_key_goes_over_what_was_kept_before(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    opened(path, KEY).save(OWN)
    meanwhile = opened(path, None)
    assert meanwhile.load() == Own()
    meanwhile.save(Own().noted("move", "Umzug", "neu").noted("meter", "Zähler", "ablesen").with_done(UUID(int=8)))
    both = opened(path, KEY).load()
    assert {one.article_id: one.text for one in both.notes} == {"move": "neu", "meter": "ablesen"}
    assert (both.favourites, both.wordings) == (OWN.favourites, OWN.wordings)
    assert both.done_unsent == (UUID(int=7), UUID(int=8))
    assert both.answers_seen_until == OWN.answers_seen_until
    assert not path.exists()


def test_a_file_of_another_key_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    opened(path, KEY).save(OWN)
    sealed = (tmp_path / "own.sqlcipher").read_bytes()
    file = opened(path, OTHER)
    assert file.load() == Own()
    assert file.set_aside is not None
    assert file.set_aside.name.startswith("own.sqlcipher.damaged-")
    assert file.set_aside.read_bytes() == sealed


def test_an_encrypted_file_that_is_damaged_while_the_panel_runs_is_set_aside_and_what_is_saved_is_kept(
    tmp_path: Path,
) -> None:
    file = opened(tmp_path / "own.json", KEY)
    file.save(OWN)
    (tmp_path / "own.sqlcipher").write_bytes(b"not a database, " * 512)
    file.save(OWN)
    assert file.set_aside is not None
    assert opened(tmp_path / "own.json", KEY).load() == OWN


def test_an_encrypted_file_that_cannot_be_written_is_said_without_the_words(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    with pytest.raises(OwnStoreError) as raised:
        opened(tmp_path / "blocked" / "own.json", KEY).save(OWN)
    assert raised.value.code is FailureCode.DISK_UNWRITABLE
    assert "Zähler" not in str(raised.value)


def test_before_it_is_opened_nothing_is_written_over(tmp_path: Path) -> None:
    for use in (OwnFile().load, lambda: OwnFile().save(Own())):
        with pytest.raises(OwnStoreError, match="not open yet"):
            use()
