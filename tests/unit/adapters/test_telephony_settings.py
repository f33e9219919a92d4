"""The telephone system in the settings: what fits together, and what is said when it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.adapters.settings_loading import load_settings
from nba_desktop.domain.errors import SettingsError

ASTERISK: dict[str, Any] = {
    "source": "asterisk_ami",
    "host": "pbx.example.com",
    "username": "nba",
    "extension": "201",
    "interface": "PJSIP/agent1",
}


def loaded(tmp_path: Path, **more: object) -> TelephonySettings:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"telephony": {**ASTERISK, **more}}), encoding="utf-8")
    return load_settings(path).telephony


def test_one_device_is_enough_and_nothing_is_left_out(tmp_path: Path) -> None:
    telephony = loaded(tmp_path)
    assert telephony.interfaces == ("PJSIP/agent1",)
    assert (telephony.more_extensions, telephony.queues, telephony.internal_calls) == ((), (), True)
    assert (telephony.tls, telephony.tls_check_hostname) == (False, True)


def test_an_agent_may_have_several_devices_and_extensions(tmp_path: Path) -> None:
    more = {"more_interfaces": ["PJSIP/agent1-mobile", "Local/201@from-queue/n"], "more_extensions": ["291"]}
    telephony = loaded(tmp_path, **more)
    assert telephony.interfaces == ("PJSIP/agent1", "PJSIP/agent1-mobile", "Local/201@from-queue/n")
    assert telephony.more_extensions == ("291",)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"interface": "agent1"}, "technology and name, such as PJSIP/2001"),
        ({"more_interfaces": ["PJSIP/"]}, "technology and name, such as PJSIP/2001"),
        ({"interface": ""}, "asterisk_ami needs interface"),
        ({"username": "", "extension": ""}, "asterisk_ami needs username, extension"),
        ({"tls_ca_file": "/etc/ssl/pbx.pem"}, "tls_ca_file is of no use without tls"),
        ({"port": 0}, "greater than or equal to 1"),
        ({"internal_calls": "sometimes"}, "valid boolean"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, wrong: dict[str, object], problem: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, **wrong)
    assert problem in str(caught.value)
    assert "telephony" in str(caught.value)
