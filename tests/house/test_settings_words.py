"""The page of the settings knows every setting, by the name that the documents have for it."""

from __future__ import annotations

import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_keys import setting_keys
from nba_desktop.domain.preferences import THEMES
from nba_desktop.domain.settings_in_force import SettingInForce
from nba_desktop.ui.texts.settings_words import group_of, setting_groups, setting_name, setting_names, setting_value

ROOT = Path(__file__).parents[2]


def test_every_setting_of_the_schema_has_its_title_as_its_name() -> None:
    titles = {key: str(one.info.title).replace("'", "’") for key, one in setting_keys().items()}
    assert setting_names() == titles


def test_in_german_too_the_page_says_what_the_documents_say() -> None:
    documents = tomllib.loads((ROOT / "packaging" / "settings.de.toml").read_text(encoding="utf-8"))
    contexts = ET.parse(ROOT / "translations" / "nba_de.ts").getroot().iter("context")
    texts = next(one for one in contexts if one.findtext("name") == "texts")
    german = {one.findtext("source", ""): one.findtext("translation", "") for one in texts.iter("message")}
    said = {key: german.get(name) for key, name in setting_names().items()}
    assert said == {key: documents["settings"][key]["title"] for key in setting_names()}


def test_every_part_of_the_schema_has_a_heading() -> None:
    assert setting_groups().keys() == {group_of(key) for key in setting_keys()}


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("telephony.tls", "true", "Yes"),
        ("flight_recorder.enabled", "false", "No"),
        ("telephony.port", "5039", "5039"),
        ("text_size", "125", "125%"),
        ("wrap_up_closes_after_s", "0", "0 s"),
        ("backend.url", "null", "Not set"),
        ("telephony.username", '""', "Not set"),
        ("keys", "{}", "Not set"),
        ("keys", '{"note": "F8", "undo": "Alt+9"}', "Note on the call: F8, Change the last response: Alt+9"),
        ("keys", '{"no_such": "F8"}', "no_such: F8"),
        ("hotkey", '"Ctrl+Alt+N"', "Ctrl+Alt+N"),
        ("telephony.queues", '["A", "B"]', "A, B"),
        ("language", '"de"', "Deutsch"),
        ("telephony.source", '"asterisk_ami"', "Asterisk"),
        ("telephony.genesys.grant", '"pkce"', "pkce"),
        ("backend.url", "no JSON", "no JSON"),
    ],
)
def test_a_value_is_said_in_words(key: str, value: str, words: str) -> None:
    assert setting_value(SettingInForce(key, value, "default")) == words


def test_each_value_of_a_choice_has_words_of_its_own() -> None:
    for key, values in (("theme", THEMES), ("backend.mode", ("embedded", "site"))):
        said = {setting_value(SettingInForce(key, f'"{value}"', "default")) for value in values}
        assert len(said - set(values)) == len(values)
    assert Settings().theme in THEMES


def test_a_key_of_one_command_and_what_nobody_knows_are_named_too() -> None:
    assert setting_name("keys.note") == "Key for “Note on the call”"
    assert setting_name("no.such") == "no.such"
