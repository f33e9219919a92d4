from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.settings import (
    BackendSettings,
    NumberFormatSettings,
    Settings,
    TelephonySettings,
)
from nba_desktop.adapters.settings_loading import load_settings
from nba_desktop.domain.errors import FailureCode, SettingsError
from tests.fakes.site_keys import PUBLIC, SITE_KEY

SITE = Settings(
    language="en",
    theme="dark",
    backend=BackendSettings(mode="site", url="https://nba.example.com"),
    telephony=TelephonySettings(
        source="asterisk_ami",
        host="pbx.example.com",
        username="nba",
        extension="2001",
        interface="PJSIP/2001",
        number_format=NumberFormatSettings(format="national", trunk_prefix="0"),
        queues=("energie-service",),
    ),
)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "settings.json")
    assert settings == Settings()
    assert (settings.language, settings.theme, settings.backend.mode) == (None, "system", "embedded")
    assert (settings.telephony.source, settings.outbox_retention_days) == ("none", 7)


def test_settings_are_read_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(SITE.model_dump_json(), encoding="utf-8")
    assert load_settings(tmp_path / "settings.json") == SITE


def test_a_file_may_name_a_few_fields_only_and_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b'\xef\xbb\xbf{"theme": "light"}')
    assert load_settings(tmp_path / "settings.json") == Settings(theme="light")


BROKEN = {
    "line 3": '{\n  "theme": "dark",\n  language: "de"\n}',
    "line 1": '{"theme": "dark"',
    "theme": '{"theme": "pink-4711"}',
    "telephony.port": '{"telephony": {"port": 999999}}',
    "telephony.pasword": '{"telephony": {"pasword": "pink-4711"}}',
    "telephony.queues.1": '{"telephony": {"queues": ["a", 7]}}',
    "telephony.number_format.region": '{"telephony": {"number_format": {"region": "pink-4711"}}}',
    "backend": '{"backend": {"mode": "site"}}',
    "telephony": '{"telephony": {"source": "asterisk_ami", "username": "pink-4711"}}',
}


@pytest.mark.parametrize("place", BROKEN)
def test_a_broken_file_is_said_with_file_place_and_way_out_and_without_its_values(tmp_path: Path, place: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(BROKEN[place])
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert caught.value.where == f"{path}, {place}"
    assert caught.value.problem.endswith("correct it, or move the file away to start with the defaults")
    assert caught.value.code is FailureCode.SETTINGS_INVALID
    assert "pink-4711" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Expecting value"),
        (b"[]", "Input should be an object"),
        (b"null", "Input should be an object"),
        (b'{"theme": "dark",\n "language": "\xe4"}', "not UTF-8"),
        (b'{"theme": "dark", "theme": "light"}', "twice"),
        (b"[" * 200_000, "nested too deeply"),
        (b" " * (1024 * 1024 + 1), "larger than 1 MiB"),
    ],
    ids=["empty", "a list", "null", "Latin-1", "doubled key", "deep", "huge"],
)
def test_a_file_that_is_no_settings_at_all_is_said(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert caught.value.where.startswith(str(path))
    assert problem in caught.value.problem


def test_how_many_more_fields_are_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"a": 1, "b": 2, "c": 3}')
    with pytest.raises(SettingsError, match=r"\(and 2 more\)"):
        load_settings(tmp_path / "settings.json")


def test_a_place_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "settings.json")


def test_a_broken_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark",')
    with pytest.raises(SettingsError):
        load_settings(path)
    assert path.read_text() == '{"theme": "dark",'


@given(content=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_file_is_settings_or_a_settings_error(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any-settings.json"
    path.write_bytes(content)
    try:
        settings = load_settings(path)
    except SettingsError:
        return
    assert json.loads(content) == {}
    assert settings == Settings()


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        (json.dumps(SITE_KEY.as_dict(private=True)), "the private key"),
        ('  {"kty": "oct", "k": "pink-4711"}', "the private key"),
        ('{"kty": "RSA", "n": "AQAB", "dp": "pink-4711"}', "the private key"),
        ('{"d": "pink-4711"}', "neither"),
        ('{"kty": "EC", "d": "pink-4711"', "neither"),
        ('[{"kty": "EC", "d": "pink-4711"}]', "neither"),
        ('{"kty":' + "[" * 3990, "neither"),
        ('{"kty": "RSA", "n": "pink-4711", "e": "AQAB"}', "a key that nothing can be sealed to"),
        ('{"kty": ["pink-4711"]}', "a key that nothing can be sealed to"),
        (PUBLIC.replace("P-256", "P-999"), "a key that nothing can be sealed to"),
        (json.dumps(SITE_KEY.as_dict(private=False) | {"x": "pink-4711"}), "a key that nothing can be sealed to"),
        ("-----BEGIN PRIVATE KEY-----pink-4711", "neither"),
    ],
)
def test_a_key_of_the_site_that_is_no_public_one_is_refused_and_not_repeated(
    tmp_path: Path, key: str, problem: str
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"site_public_key": key}))
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert caught.value.where == f"{path}, site_public_key"
    assert caught.value.problem.startswith(problem)
    assert "pink-4711" not in str(caught.value)
    assert str(SITE_KEY.as_dict(private=True)["d"]) not in str(caught.value)


@pytest.mark.parametrize("key", ["", PUBLIC, f"\n{PUBLIC}", "/etc/nba-desktop/site.jwk"])
def test_a_public_key_of_the_site_or_its_file_is_taken(key: str) -> None:
    assert Settings(site_public_key=key).site_public_key == key
