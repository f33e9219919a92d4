"""The settings of a workstation as its panel shows them: with a policy, without one, with one that cannot be used."""

from __future__ import annotations

from nba_desktop.domain.settings_in_force import PolicyProblem, SettingInForce, SettingsInForce, SettingSource

POLICY = "/etc/xdg/nba-desktop/policy.json"
FILE = "/opt/agent/.config/nba-desktop/settings.json"
CHOICES = "/opt/agent/.config/nba-desktop/preferences.json"
_WHERE: dict[SettingSource, str] = {"policy": POLICY, "file": FILE, "chosen": CHOICES}
_SETTINGS: tuple[tuple[str, str, SettingSource], ...] = (
    ("language", '"de"', "chosen"),
    ("theme", '"contrast_dark"', "policy"),
    ("text_size", "125", "command_line"),
    ("hotkey", '"Ctrl+Alt+N"', "policy"),
    ("keys", '{"note": "F8"}', "chosen"),
    ("backend.mode", '"site"', "policy"),
    ("backend.url", '"https://nba.stadtwerke-beispielhausen.example/backend"', "policy"),
    ("telephony.source", '"asterisk_ami"', "file"),
    ("telephony.host", '"telefonanlage.stadtwerke-beispielhausen.example"', "policy"),
    ("telephony.port", "5039", "file"),
    ("telephony.tls", "true", "policy"),
    ("telephony.tls_ca_file", "null", "default"),
    ("telephony.queues", '["Kundenservice", "Reklamation"]', "file"),
    ("telephony.genesys.redirect_port", "8477", "default"),
    ("flight_recorder.enabled", "false", "policy"),
    ("outbox_retention_days", "7", "default"),
)
PROBLEMS = (
    PolicyProblem(f"{POLICY}, backend.url", "Input should be a valid URL", "Correct this policy"),
    PolicyProblem(f"{POLICY}, telephony.hots", "No such setting", "Correct this policy"),
)


def managed() -> SettingsInForce:
    """A workstation of whose settings the policy holds some."""
    return SettingsInForce(
        tuple(SettingInForce(key, value, source, _WHERE.get(source, "")) for key, value, source in _SETTINGS), POLICY
    )


def free() -> SettingsInForce:
    """The same without a policy."""
    settings = (
        SettingInForce(key, value, "file" if source == "policy" else source) for key, value, source in _SETTINGS
    )
    return SettingsInForce(tuple(settings))


def broken() -> SettingsInForce:
    """A workstation whose policy cannot be used: nothing of it holds."""
    return SettingsInForce(free().settings, POLICY, PROBLEMS)
