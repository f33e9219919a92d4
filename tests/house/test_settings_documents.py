"""What administrators are given of the settings is up to date, whole and of one piece."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from nba_desktop.adapters.policy import policy_of
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_keys import setting_keys
from nba_desktop.ui.texts.settings_words import setting_names

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "packaging" / "windows" / "policy"
SPACE = {"": "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"}
# Which box of a dialog fits which element of a policy.
BOXES = {
    "enum": "dropdownList",
    "decimal": "decimalTextBox",
    "text": "textBox",
    "multiText": "multiTextBox",
    "list": "listBox",
}

# What the schema of such templates lets an element have: its attributes, and what is in it in this order.
GRAMMAR: dict[str, tuple[str, str]] = {
    "policyDefinitions": ("revision schemaVersion", "policyNamespaces resources supportedOn categories policies"),
    "policyNamespaces": ("", "target"),
    "target": ("prefix namespace", ""),
    "supportedOn": ("ref", "definitions"),
    "definitions": ("", "definition"),
    "definition": ("name displayName", ""),
    "categories": ("", "category"),
    "category": ("name displayName", "parentCategory"),
    "parentCategory": ("ref", ""),
    "policies": ("", "policy"),
    "policy": (
        "name class displayName explainText presentation key valueName",
        "parentCategory supportedOn enabledValue disabledValue elements",
    ),
    "enabledValue": ("", "decimal string"),
    "disabledValue": ("", "decimal string"),
    "elements": ("", "decimal text enum list multiText"),
    "enum": ("id valueName required", "item"),
    "item": ("displayName", "value"),
    "value": ("", "decimal string"),
    "decimal": ("id valueName required minValue maxValue value", ""),
    "text": ("id valueName required maxLength", ""),
    "multiText": ("id valueName required", ""),
    "list": ("id key explicitValue", ""),
    "policyDefinitionResources": ("revision schemaVersion", "displayName description resources"),
    "displayName": ("", ""),
    "description": ("", ""),
    "resources": ("minRequiredRevision", "stringTable presentationTable"),
    "stringTable": ("", "string"),
    "string": ("id", ""),
    "presentationTable": ("", "presentation"),
    "presentation": ("id", "decimalTextBox textBox dropdownList listBox multiTextBox"),
    "decimalTextBox": ("refId defaultValue", ""),
    "textBox": ("refId", "label defaultValue"),
    "label": ("", ""),
    "defaultValue": ("", ""),
    "dropdownList": ("refId noSort defaultItem", ""),
    "listBox": ("refId", ""),
    "multiTextBox": ("refId", ""),
}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "packaging" / "settings_documents.py"))


@pytest.fixture(scope="module")
def admx() -> Element:
    return ElementTree.parse(POLICIES / "nba-desktop.admx").getroot()


def tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def test_the_documents_are_those_of_the_schema(made: dict[str, Any]) -> None:
    stale = [name for name, text in made["documents"]().items() if (ROOT / name).read_text("utf-8") != text]
    assert not stale, "run `make settings`"


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_setting_part_and_value_has_its_words(made: dict[str, Any], language: str) -> None:
    words, known = made["words"](language), setting_keys()
    assert set(words.settings) == set(known)
    for title, says in words.settings.values():
        assert title
        assert re.fullmatch(r"[A-ZÄÖÜ].+\.", says)
    assert set(words.parts) == {key.rpartition(".")[0] for key in known} - {""}
    named = {key: {str(value) for value in made["shape"](one).get("enum", ())} for key, one in known.items()}
    assert {key: set(values) for key, values in words.values.items()} == {
        key: values for key, values in named.items() if values and key != "text_size"
    }


def test_the_panel_calls_the_settings_as_the_documents_do() -> None:
    titles = {key: str(one.info.title).replace("'", "’") for key, one in setting_keys().items()}
    assert setting_names() == titles


def test_each_setting_is_a_policy_that_writes_what_the_panel_reads(admx: Element) -> None:
    policies = {policy.get("name"): policy for policy in admx.iterfind("policies/policy", SPACE)}
    assert list(policies) == [key.replace(".", "_") for key in setting_keys()]
    for key in setting_keys():
        policy = policies[key.replace(".", "_")]
        part, _, name = key.rpartition(".")
        place = "\\".join([r"Software\Policies\NBA Desktop", *(part.split(".") if part else [])])
        assert policy.get("class") == "Machine"
        assert policy.get("key") == place
        elements = list(policy.iterfind("elements/*", SPACE))
        if elements:
            (element,) = elements
            written = element.get("key") or f"{place}\\{element.get('valueName')}"
            assert written == f"{place}\\{name}"
        else:
            assert policy.get("valueName") == name
            assert [one.get("value") for one in policy.iterfind(".//decimal", SPACE)] == ["1", "0"]


@pytest.mark.parametrize("file", ["nba-desktop.admx", "de-DE/nba-desktop.adml", "en-US/nba-desktop.adml"])
def test_a_template_is_built_as_windows_takes_it(file: str) -> None:
    for element in ElementTree.parse(POLICIES / file).getroot().iter():
        attributes, order = (words.split() for words in GRAMMAR[tag(element)])
        assert set(element.keys()) <= set(attributes)
        places = [order.index(tag(child)) for child in element]
        assert places == sorted(places)
        for name in set(element.keys()) & {"name", "id", "ref", "refId", "prefix"}:
            assert re.fullmatch(r"\w+", str(element.get(name)))


@pytest.mark.parametrize("language", ["de-DE", "en-US"])
def test_a_template_refers_to_nothing_that_is_not_there_and_leaves_nothing_over(admx: Element, language: str) -> None:
    adml = ElementTree.parse(POLICIES / language / "nba-desktop.adml").getroot()
    strings = [one.get("id") for one in adml.iterfind("resources/stringTable/string", SPACE)]
    presentations = {one.get("id"): one for one in adml.iterfind("resources/presentationTable/presentation", SPACE)}
    text = ElementTree.tostring(admx, encoding="unicode")
    assert len(strings) == len(set(strings))
    assert set(strings) == set(re.findall(r"\$\(string\.(\w+)\)", text))
    assert set(presentations) == set(re.findall(r"\$\(presentation\.(\w+)\)", text))
    categories = {one.get("name") for one in admx.iterfind("categories/category", SPACE)}
    supported = {one.get("name") for one in admx.iterfind("supportedOn/definitions/definition", SPACE)}
    assert {one.get("ref") for one in admx.iter(f"{{{SPACE['']}}}parentCategory")} <= categories
    assert {one.get("ref") for one in admx.iter(f"{{{SPACE['']}}}supportedOn")} - {None} == supported
    for policy in admx.iterfind("policies/policy", SPACE):
        for element in policy.iterfind("elements/*", SPACE):
            (box,) = presentations[policy.get("name")]
            assert (tag(box), box.get("refId")) == (BOXES[tag(element)], element.get("id"))
    assert all(one.text for one in adml.iter(f"{{{SPACE['']}}}string"))


def test_the_example_is_a_policy_and_the_schema_is_that_of_the_settings() -> None:
    example = json.loads((ROOT / "packaging" / "linux" / "policy.example.json").read_text("utf-8"))
    policy = policy_of(example, "policy.example.json")
    assert policy.problems == ()
    assert policy.values["telephony.tls"] is True
    schema = json.loads((ROOT / "packaging" / "policy.schema.json").read_text("utf-8"))
    assert set(schema["properties"]) == set(Settings.model_fields)
    assert schema["additionalProperties"] is False
