"""What each setting is, and where that comes from; machine policy before the agent, the agent before the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

SettingSource = Literal["policy", "closed", "command_line", "chosen", "file", "default"]
"""Machine policy, one that cannot be relied on, this start's options, the agent's choice in the panel, the settings
file, the program."""

SETTING_SOURCES: Final[tuple[SettingSource, ...]] = ("policy", "closed", "command_line", "chosen", "file", "default")


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """One setting by its dotted name, such as `telephony.host`.

    `value` is what holds, as JSON writes it. `where` is the file or the registry key it comes from, empty for what
    comes from no such place. Nothing but the policy changes a setting that is `locked`.
    """

    key: str
    value: str
    source: SettingSource
    where: str = ""

    @property
    def locked(self) -> bool:
        """Whether the machine's policy holds it, or a broken one has it closed."""
        return self.source in ("policy", "closed")


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """What of the machine's policy could not be used: the place, what is wrong, and the way out, without any value."""

    where: str
    says: str
    way_out: str


@dataclass(frozen=True, slots=True)
class SettingsInForce:
    """Every setting in the order of the schema, and what of the policy could not be used.

    `policy` is the place of the policy that was read, empty where the machine has none.
    """

    settings: tuple[SettingInForce, ...] = ()
    policy: str = ""
    problems: tuple[PolicyProblem, ...] = ()
    by_key: Mapping[str, SettingInForce] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {one.key: one for one in self.settings})

    def locks(self, key: str) -> bool:
        """Whether the machine's policy holds this setting."""
        found = self.by_key.get(key)
        return found is not None and found.locked
