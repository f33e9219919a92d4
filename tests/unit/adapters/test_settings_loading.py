"""Policy before options before the agent's choices before the file before the defaults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.adapters.policy import Policy, policy_of
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_loading import load_in_force, refuse_locked, start_options, with_choices
from nba_desktop.domain.errors import PolicyError, SettingLocked, SettingsError
from nba_desktop.domain.preferences import Preferences

PLACE = "/etc/xdg/nba-desktop/policy.json"
SITE = "https://nba.example.com"
ELSEWHERE = "https://elsewhere.example.com"
LOCKED_SITE = policy_of({"backend": {"mode": "site", "url": SITE}}, PLACE)
ASTERISK = {"source": "asterisk_ami", "username": "nba", "extension": "2001", "interface": "PJSIP/2001"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def write(file: Path, values: dict[str, Any]) -> None:
    file.write_text(json.dumps(values))


def test_each_setting_is_the_first_ones_that_has_it_and_says_where_that_is(file: Path) -> None:
    write(file, {"theme": "light", "backend": {"mode": "embedded"}, "telephony": {"host": "pbx"}, "text_size": 125})
    policy = policy_of({"backend": {"mode": "site", "url": SITE}, "hotkey": None}, PLACE)
    loaded = load_in_force(file, policy, start_options("en", "dark", None))
    assert loaded.error is None
    assert loaded.settings.backend.url == SITE
    assert (loaded.settings.language, loaded.settings.theme, loaded.settings.text_size) == ("en", "dark", 125)
    found = {key: (one.value, one.source, one.where) for key, one in loaded.in_force.by_key.items()}
    assert found["backend.mode"] == ('"site"', "policy", PLACE)
    assert found["hotkey"] == ("null", "policy", PLACE)
    assert found["theme"] == ('"dark"', "command_line", "")
    assert found["telephony.host"] == ('"pbx"', "file", str(file))
    assert found["telephony.port"] == ("5038", "default", "")
    assert loaded.in_force.policy == PLACE
    assert loaded.in_force.locks("backend.url")
    assert not loaded.in_force.locks("theme")


def test_every_setting_is_listed_in_the_order_of_the_schema(file: Path) -> None:
    listed = [one.key for one in load_in_force(file, Policy()).in_force.settings]
    dumped = Settings().model_dump()

    def keys(values: dict[str, Any], before: str) -> list[str]:
        return [
            key
            for name, value in values.items()
            for key in (
                keys(value, f"{before}{name}.") if isinstance(value, dict) and name != "keys" else [before + name]
            )
        ]

    assert listed == keys(dumped, "")


def test_what_the_agent_chose_stands_before_the_file_and_behind_policy_and_option(file: Path) -> None:
    write(file, {"language": "de", "text_size": 125, "keys": {"note": "F7", "help": "F2"}, "hotkey": "Ctrl+Alt+X"})
    policy = policy_of({"theme": "dark"}, PLACE)
    chosen = Preferences("en", "light", 150, {"note": "F8", "forward": ""})
    loaded = load_in_force(file, policy, start_options("de", None, None)).in_force
    found = with_choices(loaded, chosen, Preferences(language="de"), "preferences.json").by_key
    assert (found["language"].value, found["language"].source) == ('"de"', "command_line")
    assert (found["theme"].value, found["theme"].source) == ('"dark"', "policy")
    assert (found["text_size"].value, found["text_size"].where) == ("150", "preferences.json")
    assert json.loads(found["keys"].value) == {"note": "F8", "help": "F2"}
    assert (found["hotkey"].value, found["hotkey"].source) == ('""', "chosen")


@pytest.mark.parametrize(
    ("policy", "options", "option"),
    [
        (LOCKED_SITE, start_options(None, None, ELSEWHERE), "--backend"),
        (policy_of({"backend": {"mode": "embedded"}}, PLACE), start_options(None, None, SITE), "--backend"),
        (policy_of({"language": "de"}, PLACE), start_options("en", None, None), "--language"),
        (policy_of({"theme": "contrast_dark"}, PLACE), start_options("de", "dark", None), "--theme"),
    ],
)
def test_an_option_against_the_policy_is_refused(policy: Policy, options: dict[str, str], option: str) -> None:
    with pytest.raises(SettingLocked) as refused:
        refuse_locked(policy, options)
    assert refused.value.where == PLACE
    assert f"start without {option}" in refused.value.problem
    assert "example.com" not in str(refused.value)


def test_an_option_that_says_what_the_policy_says_is_taken() -> None:
    refuse_locked(LOCKED_SITE, start_options("de", None, SITE + "/"))


def test_a_file_cannot_lead_away_from_the_policy(file: Path) -> None:
    write(file, {"backend": {"mode": "site", "url": ELSEWHERE}})
    assert load_in_force(file, LOCKED_SITE, start_options(None, None, ELSEWHERE)).settings.backend.url == SITE


def test_policy_and_file_may_each_say_a_part(file: Path) -> None:
    policy = policy_of({"telephony": {"source": "asterisk_ami", "host": "pbx.example.com"}}, PLACE)
    write(file, {"telephony": ASTERISK | {"source": "none", "host": "elsewhere"}})
    telephony = load_in_force(file, policy).settings.telephony
    assert (telephony.source, telephony.host, telephony.extension) == ("asterisk_ami", "pbx.example.com", "2001")


def test_what_policy_and_file_say_too_little_of_is_said_and_the_rest_of_the_policy_holds(file: Path) -> None:
    policy = policy_of({"telephony": {"source": "asterisk_ami"}, "flight_recorder": {"enabled": False}}, PLACE)
    loaded = load_in_force(file, policy)
    assert isinstance(loaded.error, SettingsError)
    assert loaded.error.where == f"{file} under {PLACE}, telephony"
    assert "asterisk_ami needs username" in loaded.error.problem
    assert not loaded.settings.flight_recorder.enabled
    assert loaded.settings.telephony.source == "none"
    assert not loaded.may_connect


@pytest.mark.parametrize("content", ["{bad", "[]", '{"theme": "pink"}', '{"telephony": 5}', '{"x": 1}'])
def test_a_broken_file_leaves_the_policy_in_force(file: Path, content: str) -> None:
    file.write_text(content)
    loaded = load_in_force(file, LOCKED_SITE)
    assert loaded.error is not None
    assert not isinstance(loaded.error, PolicyError)
    assert loaded.settings.backend.url == SITE
    assert loaded.may_connect
    assert not load_in_force(file, Policy()).may_connect


def test_a_policy_that_cannot_be_relied_on_leaves_nothing_of_what_concerns_security(file: Path) -> None:
    write(
        file,
        {
            "theme": "dark",
            "backend": {"mode": "site", "url": ELSEWHERE},
            "telephony": ASTERISK,
            "outbox_retention_days": 3650,
        },
    )
    policy = policy_of({"bakend": {}, "language": "de", "telephony": {"source": "hub"}}, PLACE)
    loaded = load_in_force(file, policy, start_options(None, None, ELSEWHERE))
    assert isinstance(loaded.error, PolicyError)
    assert not loaded.may_connect
    settings = loaded.settings
    assert (settings.language, settings.theme) == ("de", "dark")
    assert (settings.backend.url, settings.telephony.source) == (None, "none")
    assert (settings.outbox_retention_days, settings.flight_recorder.enabled) == (7, False)
    assert loaded.in_force.problems == policy.problems


def test_who_is_named_in_an_address_is_not_told(file: Path) -> None:
    write(file, {"telephony": {"host": "ami://anna:pink-4711@pbx.example.com"}})
    shown = load_in_force(file, Policy()).in_force.by_key["telephony.host"].value
    assert shown == '"ami://…@pbx.example.com"'


@pytest.mark.parametrize(
    ("policy", "file_says", "key", "says"),
    [
        ({"backend": {"mode": "site"}}, {}, "backend.url", "a site's backend needs its url"),
        ({"backend": {"mode": "site"}}, {"backend": {"url": ""}}, "backend.url", "a site's backend needs its url"),
        (
            {"telephony": {"source": "genesys_cloud"}},
            {"backend": {"mode": "site", "url": SITE}},
            "telephony.genesys.client_id",
            "genesys_cloud needs genesys.client_id",
        ),
    ],
)
def test_a_policy_that_wants_what_nobody_gives_connects_nothing(
    policy: dict[str, Any], file_says: dict[str, Any], key: str, says: str, file: Path
) -> None:
    write(file, file_says)
    loaded = load_in_force(file, policy_of({**policy, "theme": "dark"}, PLACE))
    assert isinstance(loaded.error, PolicyError)
    assert (loaded.error.where, loaded.error.says) == (f"{PLACE}, {key}", says)
    assert [one.where for one in loaded.in_force.problems] == [loaded.error.where]
    assert loaded.policy.error is loaded.error
    assert not loaded.may_connect
    found = {one.key: one.source for one in loaded.in_force.settings if one.source != "default"}
    assert found == {"theme": "policy", "flight_recorder.enabled": "closed", "outbox_encryption": "closed"}


def test_file_or_option_may_give_what_the_policy_wants(file: Path) -> None:
    policy = policy_of({"backend": {"mode": "site"}}, PLACE)
    assert load_in_force(file, policy, start_options(None, None, SITE)).error is None
    write(file, {"backend": {"url": SITE}})
    loaded = load_in_force(file, policy)
    assert (loaded.error, loaded.settings.backend.url) == (None, SITE)


def test_what_the_file_says_too_little_of_is_no_fault_of_the_policy(file: Path) -> None:
    write(file, {"telephony": {"source": "genesys_cloud"}, "backend": {"mode": "site"}})
    loaded = load_in_force(file, policy_of({"telephony": {"tls": True}, "theme": "dark"}, PLACE))
    assert loaded.error is not None
    assert not isinstance(loaded.error, PolicyError)
    found = {one.key: one.source for one in loaded.in_force.settings if one.source != "default"}
    assert found == {"telephony.tls": "policy", "theme": "policy"}


def test_an_option_that_is_wrong_is_said_as_the_option(file: Path) -> None:
    error = load_in_force(file, Policy(), start_options(None, None, "http://nba.example.com")).error
    assert str(error) == "--backend: must begin with https:// unless the backend is on this machine"
