"""What administrators need of the settings, written from their schema: `make settings`.

Group policies for Windows in both languages, a JSON schema of policy.json, and a document that names every setting.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pydantic import TypeAdapter

from nba_desktop.adapters.policy import LINUX_FILE, MAC_FILE
from nba_desktop.adapters.policy_registry import REGISTRY_KEY, REGISTRY_PLACE
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_keys import SettingKey, setting_keys

ROOT: Final = Path(__file__).resolve().parents[1]
_POLICIES: Final = "packaging/windows/policy"
_DEFINITIONS: Final = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
_TOP: Final = "nba_desktop"
_SUPPORTED: Final = "supported"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language: titles and sentences of the settings, names of parts and values, other words."""

    settings: Mapping[str, tuple[str, str]]
    parts: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    words: Mapping[str, str]


def documents() -> dict[str, str]:
    """Every file that is made, by its path in the repository."""
    settings = list(setting_keys().values())
    return {
        f"{_POLICIES}/nba-desktop.admx": _xml(_admx(settings)),
        f"{_POLICIES}/en-US/nba-desktop.adml": _xml(_adml(settings, words("en"))),
        f"{_POLICIES}/de-DE/nba-desktop.adml": _xml(_adml(settings, words("de"))),
        "packaging/policy.schema.json": _json_schema(),
        "docs/settings.md": _document(settings, words("en")),
    }


def words(language: str) -> Words:
    """The words of a language; the settings say their English themselves."""
    table = tomllib.loads(Path(__file__).with_name(f"settings.{language}.toml").read_text("utf-8"))
    written = table.get("settings") or {
        one.key: {"title": one.info.title, "says": one.info.description} for one in setting_keys().values()
    }
    settings = {key: (entry["title"], entry["says"]) for key, entry in written.items()}
    return Words(settings, table["parts"], table["values"], table["words"])


def shape(setting: SettingKey) -> dict[str, Any]:
    """What a value must be, as JSON schema; null, which a registry cannot say, is left out."""
    written = TypeAdapter(setting.type).json_schema()
    (found,) = [one for one in written.get("anyOf", [written]) if one.get("type") != "null"]
    return dict(found)


def _default(setting: SettingKey, nothing: str) -> str:
    default = TypeAdapter(setting.type).dump_python(setting.info.default, mode="json")
    return nothing if default in (None, "", [], {}) else json.dumps(default, ensure_ascii=False)


def _id(key: str) -> str:
    return key.replace(".", "_")


# ---- Windows


def _admx(settings: list[SettingKey]) -> Element:
    root = _root("policyDefinitions")
    SubElement(SubElement(root, "policyNamespaces"), "target", prefix=_TOP, namespace="NBADesktop.Policies.Panel")
    SubElement(root, "resources", minRequiredRevision="1.0")
    supported = SubElement(SubElement(root, "supportedOn"), "definitions")
    SubElement(supported, "definition", name=_SUPPORTED, displayName=f"$(string.{_SUPPORTED})")
    categories = SubElement(root, "categories")
    for part in ("", *words("en").parts):
        category = SubElement(categories, "category", name=_category(part), displayName=f"$(string.{_category(part)})")
        if part:
            SubElement(category, "parentCategory", ref=_category(part.rpartition(".")[0]))
    policies = SubElement(root, "policies")
    for setting in settings:
        _policy(policies, setting)
    return root


def _category(part: str) -> str:
    return f"{_TOP}_{_id(part)}" if part else _TOP


def _policy(policies: Element, setting: SettingKey) -> None:
    part, _, name = setting.key.rpartition(".")
    key = "\\".join([REGISTRY_KEY, *part.split(".")] if part else [REGISTRY_KEY])
    kind, own = shape(setting), _id(setting.key)
    attributes = {
        "name": own,
        "class": "Machine",
        "displayName": f"$(string.{own})",
        "explainText": f"$(string.{own}_says)",
        "key": key,
    }
    if kind.get("type") == "boolean":
        attributes["valueName"] = name
    else:
        attributes["presentation"] = f"$(presentation.{own})"
    policy = SubElement(policies, "policy", attributes)
    SubElement(policy, "parentCategory", ref=_category(part))
    SubElement(policy, "supportedOn", ref=_SUPPORTED)
    if kind.get("type") == "boolean":
        for state, value in (("enabledValue", "1"), ("disabledValue", "0")):
            SubElement(SubElement(policy, state), "decimal", value=value)
        return
    _element(SubElement(policy, "elements"), setting.key, kind, key, name)


def _element(elements: Element, key: str, kind: Mapping[str, Any], registry_key: str, name: str) -> None:
    own = {"id": _value_id(key)}
    if "enum" in kind:
        element = SubElement(elements, "enum", {**own, "valueName": name, "required": "true"})
        for value in kind["enum"]:
            item = SubElement(element, "item", displayName=f"$(string.{_id(key)}_is_{value})")
            if isinstance(value, int):
                SubElement(SubElement(item, "value"), "decimal", value=str(value))
            else:
                SubElement(SubElement(item, "value"), "string").text = value
        return
    match kind["type"]:
        case "integer":
            limits = {"minValue": str(kind["minimum"]), "maxValue": str(kind["maximum"])}
            SubElement(elements, "decimal", {**own, "valueName": name, "required": "true", **limits})
        case "array":
            SubElement(elements, "multiText", {**own, "valueName": name, "required": "true"})
        case "object":
            SubElement(elements, "list", {**own, "key": rf"{registry_key}\{name}", "explicitValue": "true"})
        case _:
            longest = {"maxLength": str(kind["maxLength"])} if "maxLength" in kind else {}
            SubElement(elements, "text", {**own, "valueName": name, "required": "true", **longest})


def _value_id(key: str) -> str:
    return f"{_id(key)}_value"


def _adml(settings: list[SettingKey], said: Words) -> Element:
    root = _root("policyDefinitionResources")
    SubElement(root, "displayName").text = said.words["product"]
    SubElement(root, "description").text = said.words["product"]
    resources = SubElement(root, "resources")
    strings = SubElement(resources, "stringTable")
    for name, text in _strings(settings, said):
        SubElement(strings, "string", id=name).text = text
    presentations = SubElement(resources, "presentationTable")
    for setting in settings:
        kind = shape(setting)
        if kind.get("type") != "boolean":
            _presentation(SubElement(presentations, "presentation", id=_id(setting.key)), setting, kind, said)
    return root


def _strings(settings: list[SettingKey], said: Words) -> Iterator[tuple[str, str]]:
    yield _SUPPORTED, said.words["supported"]
    yield _category(""), said.words["product"]
    for part, name in said.parts.items():
        yield _category(part), name
    for setting in settings:
        title, says = said.settings[setting.key]
        yield _id(setting.key), title
        default = _default(setting, said.words["nothing"])
        lines = [said.words["default"].format(default=default), said.words["name"].format(key=setting.key)]
        if setting.security:
            lines.append(said.words["security"])
        yield f"{_id(setting.key)}_says", "\n\n".join([says, *lines])
        for value in shape(setting).get("enum", ()):
            yield f"{_id(setting.key)}_is_{value}", said.values.get(setting.key, {}).get(str(value), str(value))


def _presentation(presentation: Element, setting: SettingKey, kind: Mapping[str, Any], said: Words) -> None:
    title, own, default = said.settings[setting.key][0], {"refId": _value_id(setting.key)}, setting.info.default
    if "enum" in kind:
        first = str(kind["enum"].index(default)) if default in kind["enum"] else "0"
        SubElement(presentation, "dropdownList", {**own, "noSort": "true", "defaultItem": first}).text = title
        return
    match kind["type"]:
        case "integer":
            SubElement(presentation, "decimalTextBox", {**own, "defaultValue": str(default)}).text = title
        case "array":
            SubElement(presentation, "multiTextBox", own).text = title
        case "object":
            SubElement(presentation, "listBox", own).text = title
        case _:
            box = SubElement(presentation, "textBox", own)
            SubElement(box, "label").text = title
            if default:
                SubElement(box, "defaultValue").text = str(default)


def _root(name: str) -> Element:
    return Element(name, {"xmlns": _DEFINITIONS, "revision": "1.0", "schemaVersion": "1.0"})


def _xml(root: Element) -> str:
    ElementTree.indent(root)
    made = "<!-- Made by `make settings` from nba_desktop/adapters/settings.py. -->"
    return f'<?xml version="1.0" encoding="utf-8"?>\n{made}\n{ElementTree.tostring(root, encoding="unicode")}\n'


# ---- JSON schema


def _json_schema() -> str:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Made by `make settings` from nba_desktop/adapters/settings.py.",
        **Settings.model_json_schema(),
        "title": "NBA Desktop: policy.json and settings.json",
        "description": "Every setting may be left out; a name that is none is an error.",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


# ---- the document


def _document(settings: list[SettingKey], said: Words) -> str:
    template = Path(__file__).with_name("settings.md.in").read_text("utf-8")
    tables = "\n".join(_table(part, settings, said) for part in ("", *said.parts))
    places = {
        "LINUX_FILE": str(LINUX_FILE),
        "LINUX_DIR": str(LINUX_FILE.parent),
        "MAC_FILE": str(MAC_FILE),
        "REGISTRY": REGISTRY_PLACE,
    }
    for name, text in {**places, "TABLES": tables}.items():
        template = template.replace(f"@{name}@", text)
    return template


def _table(part: str, settings: list[SettingKey], said: Words) -> str:
    rows = [_row(one, said) for one in settings if one.key.rpartition(".")[0] == part]
    key = f"`{REGISTRY_PLACE}" + "".join(f"\\{one}" for one in part.split(".") if one) + "`"
    head = f"### {said.parts.get(part, 'Panel')}\n\nIn the registry below {key}.\n\n"
    return (
        f"{head}| Setting | Value | Default | Security | What it does | Registry |\n|---|---|---|---|---|---|\n"
        + "".join(rows)
    )


def _row(setting: SettingKey, said: Words) -> str:
    kind, name = shape(setting), setting.key.rpartition(".")[2]
    says = said.settings[setting.key][1].replace("|", "\\|")
    security = "yes" if setting.security else "–"
    default = _default(setting, "")
    shown = f"`{default}`" if default else "–"
    return f"| `{setting.key}` | {_value(kind)} | {shown} | {security} | {says} | {_registry(kind, name)} |\n"


def _value(kind: Mapping[str, Any]) -> str:
    if "enum" in kind:
        return ", ".join(f"`{json.dumps(value)}`" for value in kind["enum"])
    match kind["type"]:
        case "boolean":
            return "`true`, `false`"
        case "integer":
            return f"a number from {kind['minimum']} to {kind['maximum']}"
        case "array":
            return "a list of texts"
        case "object":
            return "names with texts"
        case _:
            return "the path of a file" if kind.get("format") == "path" else "a text"


def _registry(kind: Mapping[str, Any], name: str) -> str:
    if "enum" in kind:
        return f"`{name}`, {'REG_DWORD' if isinstance(kind['enum'][0], int) else 'REG_SZ'}"
    match kind["type"]:
        case "boolean":
            return f"`{name}`, REG_DWORD 1 or 0"
        case "integer":
            return f"`{name}`, REG_DWORD"
        case "array":
            return f"`{name}`, REG_MULTI_SZ"
        case "object":
            return f"a key `{name}` with a REG_SZ for each"
        case _:
            return f"`{name}`, REG_SZ"


def main() -> int:
    """Write every file anew and name those that were another."""
    for name, text in documents().items():
        file = ROOT / name
        if not file.is_file() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            print(f"written: {name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
