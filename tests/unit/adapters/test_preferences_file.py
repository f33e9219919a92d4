"""The agent's choices: kept as a whole, and nothing of a bad file is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.domain.errors import SettingsError
from nba_desktop.domain.preferences import TEXT_SIZES, THEMES, Preferences


def test_without_a_file_nothing_is_chosen(tmp_path: Path) -> None:
    file = PreferencesFile(tmp_path / "preferences.json")
    assert file.load() == Preferences()
    assert file.set_aside is None


@given(
    chosen=st.builds(
        Preferences,
        language=st.sampled_from([None, "de", "en"]),
        theme=st.sampled_from([None, *THEMES]),
        text_size=st.sampled_from([None, *TEXT_SIZES]),
        keys=st.dictionaries(st.sampled_from(["note", "forward"]), st.sampled_from(["Alt+P", ""])),
    )
)
def test_what_was_chosen_comes_back(chosen: Preferences, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = PreferencesFile(tmp_path_factory.getbasetemp() / "some" / "preferences.json")
    file.save(chosen)
    assert file.load() == chosen


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b'{"form": 2}', b'{"colour": "red"}', b'{"theme": "pink"}', b'{"text_size": 300}', b" " * 70_000],
)
def test_what_is_no_such_file_is_set_aside_and_kept(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    file = PreferencesFile(path)
    assert file.load() == Preferences()
    assert file.set_aside is not None
    assert file.set_aside.read_bytes() == content
    assert not path.exists()


def test_a_place_that_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "preferences.json").mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        PreferencesFile(tmp_path / "preferences.json").load()
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        PreferencesFile(tmp_path / "file" / "preferences.json").save(Preferences(theme="dark"))
