"""How agents sign in is set as a whole, and what is missing or cannot be used is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.adapters.settings_loading import load_settings
from nba_desktop.domain.errors import SettingsError

GOOD = {"method": "openid", "issuer": "https://login.example.com/realms/site", "client_id": "panel"}


def loaded(folder: Path, sign_in: dict[str, Any]) -> Any:
    (folder / "settings.json").write_text(json.dumps({"sign_in": sign_in}), encoding="utf-8")
    return load_settings(folder / "settings.json").sign_in


def test_without_a_word_a_token_of_the_keyring_speaks_for_the_agent(tmp_path: Path) -> None:
    sign_in = loaded(tmp_path, {})
    assert (sign_in.method, sign_in.scopes) == ("token", ("openid", "profile", "offline_access"))


def test_a_sign_in_is_read_as_it_is_written(tmp_path: Path) -> None:
    sign_in = loaded(tmp_path, {**GOOD, "scopes": ["openid", "api://nba/.default"], "issuer": "https://l.example/x/"})
    # An issuer counts character by character.
    assert sign_in.issuer == "https://l.example/x/"
    assert sign_in.scopes == ("openid", "api://nba/.default")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issuer": ""}, "needs its issuer"),
        ({"client_id": ""}, "needs its client_id"),
        ({"scopes": ["profile"]}, "the scope openid is missing"),
        ({"scopes": ["openid", "two words"]}, "sign_in.scopes.1"),
        ({"issuer": "http://login.example.com"}, "http:// is for this machine alone"),
        ({"issuer": "https://user:geheim@login.example.com"}, "not an issuer such as"),
        ({"issuer": "https://login.example.com?realm=geheim"}, "not an issuer such as"),
        ({"issuer": "login.example.com"}, "not an issuer such as"),
        ({"method": "saml"}, "sign_in.method"),
    ],
)
def test_what_is_missing_or_cannot_be_used_is_named(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, {**GOOD, **changes})
    assert words in str(caught.value)
    assert "geheim" not in str(caught.value)
