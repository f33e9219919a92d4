"""`sign-in` and `agent block`: what an administrator sees and does."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.errors import InvalidToken
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.tokens import TokenService, ensure_agent
from tests.fakes.backend_site import NOW, migrated, sql_store
from tests.fakes.decisions import RESOURCES
from tests.unit.adapters import http_peer
from tests.unit.backend.sign_in.minting import ENTRY, claims, jwks, mint


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


class Said:
    """Runs commands."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def by(self, *arguments: str) -> tuple[int, str]:
        code = main(arguments, RESOURCES)
        return code, "".join(self._capsys.readouterr())


def site_file(folder: Path, keys_url: str) -> str:
    file = folder / "sign_in.yaml"
    file.write_text(json.dumps({**ENTRY, "jwks_uri": keys_url}), encoding="utf-8")
    return str(file)


def test_the_file_and_a_token_are_checked_without_showing_it(
    tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, token = now_utc(), tmp_path / "token"
    with http_peer.serving(http_peer.says(200, json.dumps(jwks("ours")))) as peer:
        file = site_file(tmp_path, peer.url)
        assert said.by("sign-in", "check", file) == (0, "https://login.example: keys that can check a token: 1\n")
        token.write_text(mint(claims(now, roles=["nba-lead"])) + "\n", encoding="ascii")
        code, text = said.by("sign-in", "check", file, "--token", str(token))
        assert (code, "anna   analyst,team_lead  " in text) == (0, True)
        monkeypatch.setattr("sys.stdin", io.StringIO(mint(claims(now, aud="other"))))
        code, text = said.by("sign-in", "check", file, "--token", "-")
        assert (code, text.splitlines()[1:]) == (
            1,
            [
                "The token does not count: the token's aud is not the one that is expected here "
                "(it is 'other', expected is 'nba-backend')."
            ],
        )
        token.write_text(mint(claims(now), kid="theirs"), encoding="ascii")
        code, text = said.by("sign-in", "check", file, "--token", str(token))
        assert (code, "the token's key is not one of the identity provider's" in text) == (1, True)
        code, text = said.by("sign-in", "check", file, "--token", str(tmp_path / "nowhere"))
        assert (code, "nowhere: there is no such file" in text) == (2, True)
        # Nothing can be read of a folder, not even by root.
        code, text = said.by("sign-in", "check", file, "--token", str(tmp_path))
        assert (code, f"{tmp_path} cannot be read: " in text) == (2, True)
    code, text = said.by("sign-in", "check", file)
    assert (code, text) == (1, "The identity provider's keys cannot be fetched: its keys: no connection\n")


def test_an_embedded_backend_has_its_own_token_alone(tmp_path: Path, said: Said) -> None:
    file = site_file(tmp_path, "https://login.example/keys")
    code, text = said.by("serve", "--embedded", "--data", str(tmp_path), "--sign-in", file)
    assert (code, "--sign-in is for a site" in text) == (2, True)


def test_an_agent_is_made_known_blocked_and_let_in_again(tmp_path: Path, said: Said) -> None:
    data = ("--data", str(tmp_path))
    (tmp_path / "backend.sqlite3").write_bytes(migrated())
    assert said.by("agent", "add", "anna", *data) == (0, "")
    assert said.by("agent", "add", "anna", *data) == (0, "")
    assert "anna" in said.by("agent", "list", *data)[1]
    code, text = said.by("agent", "block", "anna", *data)
    assert (code, "refused" in text) == (0, True)
    assert f"{now_utc():%Y-%m-%d}" in said.by("agent", "list", *data)[1]
    _, made = said.by("token", "create", "--agent", "anna", "--role", "agent", *data)
    token = made.split()[0]
    config = BackendConfig(data=tmp_path, resources=RESOURCES)
    with open_store(config) as store, pytest.raises(InvalidToken, match="the agent is blocked here"):
        TokenService(store, now_utc).caller_of(token)
    assert said.by("token", "list", *data)[1].endswith("  agent blocked\n")
    assert said.by("agent", "unblock", "anna", *data) == (0, "")
    assert said.by("token", "list", *data)[1].endswith("  valid\n")
    assert f"{now_utc():%Y-%m-%d}" not in said.by("agent", "list", *data)[1]
    code, text = said.by("agent", "block", "nobody", *data)
    assert (code, "there is no agent nobody" in text) == (2, True)


def test_an_account_is_listed_and_released(tmp_path: Path, said: Said) -> None:
    with sql_store(tmp_path, customers=False) as store, store.write() as unit:
        ensure_agent(unit.access, "anna", NOW)
        unit.access.add_sign_in("anna", "https://login.example", "0815", NOW)
    data = ("--data", str(tmp_path))
    assert said.by("sign-in", "list", *data) == (
        0,
        "AGENT  ACCOUNT  ISSUER                 SINCE\nanna   0815     https://login.example  2026-03-12\n",
    )
    assert said.by("sign-in", "release", "anna", *data) == (0, "")
    code, text = said.by("sign-in", "release", "anna", *data)
    assert (code, "no account stands for that agent" in text) == (2, True)
