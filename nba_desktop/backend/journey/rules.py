"""Rules of the journey: what a customer had to put up with, as a site declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ContactChannel

RuleKind = Literal["media_break", "repeat"]

LOOK_BACK: Final = timedelta(days=60)
"""No rule looks further back."""


@dataclass(frozen=True, slots=True)
class JourneyRule:
    """A touchpoint of one of the `types`, where `by_call` is set followed by a call of the customer `within` a time.

    `channels` and `least` narrow it: by which channels it came, and how much a value of it comes to at least. With
    `same` the call is about what that value says, for example its topic. `words` explain it; without them the panel
    has words of its own for the `code`. `names` are what it is called in figures.
    """

    code: str
    types: frozenset[str]
    kind: RuleKind = "media_break"
    channels: frozenset[ContactChannel] = frozenset()
    least: Mapping[str, float] = field(default_factory=dict)
    by_call: bool = True
    within: timedelta = LOOK_BACK
    same: str | None = None
    words: Mapping[Language, str] = field(default_factory=dict)
    names: Mapping[Language, str] = field(default_factory=dict)

    def fits(self, touchpoint: TouchpointRecord) -> bool:
        """Whether a touchpoint is one that the rule begins with."""
        return (
            touchpoint.type in self.types
            and (not self.channels or touchpoint.channel in self.channels)
            and all(_number(touchpoint.params.get(name)) >= least for name, least in self.least.items())
        )


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 1


_LETTERS: Final = frozenset({"price_letter", "bill", "payment_reminder"})

BUILT_IN_RULES: Final = (
    JourneyRule(
        "transferred",
        frozenset({"call_transferred"}),
        least={"times": 2},
        by_call=False,
        names={"de": "mehrfach weiterverbunden", "en": "transferred more than once"},
    ),
    JourneyRule(
        "portal_form_then_call",
        frozenset({"portal_form_abandoned"}),
        within=timedelta(days=7),
        names={"de": "Formular im Portal abgebrochen, dann Anruf", "en": "form abandoned in the portal, then a call"},
    ),
    JourneyRule(
        "letter_then_call",
        _LETTERS,
        channels=frozenset({ContactChannel.POST}),
        within=timedelta(days=21),
        names={"de": "Brief, dann Anruf", "en": "letter, then a call"},
    ),
    JourneyRule(
        "chat_then_call",
        frozenset({"chat"}),
        within=timedelta(days=5),
        names={"de": "Chat, dann Anruf", "en": "chat, then a call"},
    ),
    JourneyRule(
        "email_then_call",
        frozenset({"email_received"}),
        within=timedelta(days=10),
        names={"de": "E-Mail, dann Anruf", "en": "e-mail, then a call"},
    ),
    JourneyRule(
        "callback_missed_then_call",
        frozenset({"callback_missed"}),
        within=timedelta(days=14),
        names={"de": "Rückruf versäumt, dann Anruf", "en": "callback missed, then a call"},
    ),
)
"""What every site knows that declares no rules of its own; the panel has words for each."""

PANEL_WORDS: Final = {rule.code: rule.names for rule in BUILT_IN_RULES}
"""The rules for which the panel has words of its own, and what they are called."""
