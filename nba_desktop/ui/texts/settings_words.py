"""What the settings are called, what they are set to, and where that comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.key_map import Command
from nba_desktop.domain.settings_in_force import SettingInForce, SettingsInForce, SettingSource
from nba_desktop.ui.texts.key_words import command_name, native_key

translate = QCoreApplication.translate


def set_by_it() -> str:
    """Why a control does nothing."""
    return translate("texts", "Set by your IT department")


def setting_names() -> Mapping[str, str]:
    """What each setting is called, by its dotted name: in English as the schema, and the documents made from it."""
    return {
        "language": translate("texts", "Language"),
        "theme": translate("texts", "Colours"),
        "text_size": translate("texts", "Text size"),
        "hotkey": translate("texts", "Key that brings the panel forward"),
        "keys": translate("texts", "Keys"),
        "backend.mode": translate("texts", "Kind of backend"),
        "backend.url": translate("texts", "Address of the site’s backend"),
        "sign_in.method": translate("texts", "Way to sign in"),
        "sign_in.issuer": translate("texts", "Issuer"),
        "sign_in.client_id": translate("texts", "Client of the identity provider"),
        "sign_in.scopes": translate("texts", "Scopes"),
        "sign_in.resource": translate("texts", "Resource"),
        "sign_in.audience": translate("texts", "Audience"),
        "network.proxy": translate("texts", "Proxy"),
        "network.proxy_address": translate("texts", "Address of the proxy"),
        "network.proxy_file": translate("texts", "File that names the proxy"),
        "network.proxy_username": translate("texts", "Account at the proxy"),
        "network.proxy_secret_name": translate("texts", "Name of the proxy’s secret"),
        "telephony.source": translate("texts", "Source of the calls"),
        "telephony.host": translate("texts", "Host of the telephone system"),
        "telephony.port": translate("texts", "Port of the telephone system"),
        "telephony.username": translate("texts", "Account at the telephone system"),
        "telephony.secret_name": translate("texts", "Name of the secret"),
        "telephony.extension": translate("texts", "The agent’s extension"),
        "telephony.interface": translate("texts", "The agent’s channel"),
        "telephony.more_extensions": translate("texts", "Further extensions"),
        "telephony.more_interfaces": translate("texts", "Further channels"),
        "telephony.number_format.format": translate("texts", "Form of the numbers"),
        "telephony.number_format.region": translate("texts", "Country of the numbers"),
        "telephony.number_format.trunk_prefix": translate("texts", "Trunk prefix"),
        "telephony.number_format.extension_digits": translate("texts", "Longest extension"),
        "telephony.queues": translate("texts", "Queues"),
        "telephony.internal_calls": translate("texts", "Calls within the house"),
        "telephony.tls": translate("texts", "Encrypted line"),
        "telephony.tls_ca_file": translate("texts", "Trusted certificates"),
        "telephony.tls_check_hostname": translate("texts", "Check of the host’s name"),
        "telephony.genesys.region": translate("texts", "Region of Genesys Cloud"),
        "telephony.genesys.grant": translate("texts", "Way to sign in to Genesys Cloud"),
        "telephony.genesys.client_id": translate("texts", "Client of Genesys Cloud"),
        "telephony.genesys.user_id": translate("texts", "Agent at Genesys Cloud"),
        "telephony.genesys.redirect_port": translate("texts", "Port of the sign-in"),
        "telephony.genesys.customer_no_attribute": translate("texts", "Attribute with the customer number"),
        "telephony.genesys.auth_level_attribute": translate("texts", "Attribute with the authentication"),
        "telephony.genesys.ivr_path_attribute": translate("texts", "Attribute with the way through the menu"),
        "telephony.genesys.authenticated_values": translate("texts", "Values that mean authenticated"),
        "telephony.genesys.api_url": translate("texts", "Address of the interface of Genesys Cloud"),
        "telephony.genesys.login_url": translate("texts", "Address of the sign-in of Genesys Cloud"),
        "outbox_retention_days": translate("texts", "Days in the outbox"),
        "outbox_encryption": translate("texts", "Encryption of the local store"),
        "site_public_key": translate("texts", "Public key of the site"),
        "flight_recorder.enabled": translate("texts", "Flight recorder"),
        "flight_recorder.megabytes": translate("texts", "Room for the flight recorder"),
        "wrap_up_closes_after_s": translate("texts", "End of the wrap-up"),
    }


def setting_groups() -> Mapping[str, str]:
    """The headings, by the first part of the dotted name; the empty one is for what has no other part."""
    return {
        "": translate("texts", "Panel"),
        "backend": translate("texts", "Backend"),
        "sign_in": translate("texts", "Sign-in"),
        "network": translate("texts", "Network"),
        "telephony": translate("texts", "Telephone system"),
        "flight_recorder": translate("texts", "Flight recorder"),
    }


def group_of(key: str) -> str:
    """The first part of a dotted name; empty where there is no other."""
    first, dot, _ = key.partition(".")
    return first if dot else ""


def setting_name(key: str) -> str:
    """What a setting is called; one that no table knows has its dotted name."""
    first, _, command = key.partition(".")
    if first == "keys" and command in _COMMANDS:
        return translate("texts", "Key for “{command}”").format(command=command_name(_COMMANDS[command]))
    return setting_names().get(key, key)


def setting_value(setting: SettingInForce) -> str:
    """What a setting is set to, in words where there are some; what is no JSON is shown as it is."""
    try:
        value = json.loads(setting.value)
    except ValueError:
        return setting.value
    return _words(setting.key, value)


def _words(key: str, value: Any) -> str:
    match value:
        case True:
            return translate("texts", "Yes")
        case False:
            return translate("texts", "No")
        case None | "" | []:
            return translate("texts", "Not set")
        case dict() if not value:
            return translate("texts", "Not set")
        case list():
            return ", ".join(_words(key, one) for one in value)
        case dict():
            return ", ".join(f"{_part_name(name)}: {_words(name, one)}" for name, one in value.items())
        case str() if key in ("hotkey", "keys") or key in _COMMANDS or key.startswith("keys."):
            return native_key(value) or value
        case int() if key in (units := _units()):
            return units[key].format(number=value)
        case _:
            return _known_values(key).get(str(value), str(value))


def _units() -> Mapping[str, str]:
    return {
        "text_size": translate("texts", "{number}%"),
        "outbox_retention_days": translate("texts", "{number} days"),
        "flight_recorder.megabytes": translate("texts", "{number} MB"),
        "wrap_up_closes_after_s": translate("texts", "{number} s"),
    }


def _part_name(name: str) -> str:
    return command_name(_COMMANDS[name]) if name in _COMMANDS else name


def _known_values(key: str) -> Mapping[str, str]:
    match key:
        case "language":
            # Each language in its own words, as where it is chosen.
            return {"de": "Deutsch", "en": "English"}
        case "theme":
            return {
                "system": translate("texts", "As the system"),
                "light": translate("texts", "Light"),
                "dark": translate("texts", "Dark"),
                "contrast_light": translate("texts", "High contrast, light"),
                "contrast_dark": translate("texts", "High contrast, dark"),
            }
        case "backend.mode":
            return {
                "embedded": translate("texts", "On this workstation"),
                "site": translate("texts", "At the site"),
            }
        case "sign_in.method":
            return {
                "token": translate("texts", "A token of the keyring"),
                "openid": translate("texts", "In the browser"),
            }
        case "network.proxy":
            return {
                "system": translate("texts", "As the system says"),
                "none": translate("texts", "No proxy"),
                "address": translate("texts", "The proxy of an address"),
                "pac": translate("texts", "The proxy of a file"),
            }
        case "outbox_encryption":
            return {
                "preferred": translate("texts", "Where there is a key"),
                "required": translate("texts", "Always"),
            }
        case "telephony.source":
            return {
                "asterisk_ami": "Asterisk",
                "genesys_cloud": "Genesys Cloud",
                "hub": translate("texts", "From the backend"),
                "none": translate("texts", "From no telephone system"),
            }
        case _:
            return {}


def source_words(source: SettingSource) -> str:
    """Where a setting comes from."""
    return {
        "policy": translate("texts", "Policy of this machine"),
        "closed": translate("texts", "The policy of this machine has faults."),
        "command_line": translate("texts", "Command line"),
        "chosen": translate("texts", "Your choice"),
        "file": translate("texts", "Settings file"),
        "default": translate("texts", "Default"),
    }[source]


def policy_words(in_force: SettingsInForce) -> str:
    """Whether this machine has a policy, and where."""
    if not in_force.policy:
        return translate("texts", "This machine has no policy.")
    return translate("texts", "Policy of this machine: {place}").format(place=in_force.policy)


def policy_problems(in_force: SettingsInForce) -> str:
    """That the policy is not whole; empty where nothing is wrong with it."""
    return translate("texts", "The policy of this machine has faults.") if in_force.problems else ""


def setting_line(setting: SettingInForce) -> str:
    """A setting in one line, with its dotted name for whoever helps."""
    parts = (source_words(setting.source), setting.where)
    words = f"{setting_name(setting.key)}: {setting_value(setting)}"
    return f"{words} ({setting.key}) – {' · '.join(filter(None, parts))}"


def settings_text(in_force: SettingsInForce, version: str) -> str:
    """All of it as text, for the help desk; values as JSON writes them, which means the same in every language."""
    lines = [f"NBA Desktop {version}", policy_words(in_force)]
    lines += [f"! {one.where}: {one.says} → {one.way_out}" for one in in_force.problems]
    lines.append("")
    for one in in_force.settings:
        where = f", {one.where}" if one.where else ""
        lines.append(f"{one.key} = {one.value}  ({source_words(one.source)}{where})")
    return "\n".join(lines)


_COMMANDS: Mapping[str, Command] = {command.value: command for command in Command}
