"""Why this action, and why not that one: codes and values that the panel turns into sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nba_desktop.backend.decisioning.arbitration import Candidate, Removed, Slate, aims_at
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.content import Filler
from nba_desktop.contract.base import Params
from nba_desktop.contract.recommendation import Because, WhyNot

_LIKELY: Final = 0.5
_UNLIKELY: Final = 0.1
_HIGH_VALUE: Final = 1.25
_RECENT_DAYS: Final = 30


def because(
    candidate: Candidate,
    slate: Slate,
    catalogue: Catalogue,
    filler: Filler,
    values: Mapping[str, Value],
    withheld: frozenset[str],
) -> tuple[Because, ...]:
    """Every reason for and against a shown action, reasons for first."""
    action = candidate.action
    found: list[Because] = []

    def add(code: str, params: Params | None = None, *, against: bool = False) -> None:
        found.append(Because(code=code, params=params or {}, speaks="against" if against else "for"))

    concern = values.get("concern")
    if isinstance(concern, str) and concern in action.entry.concerns:
        add("concern_match", {"concern": concern})
    for _, rule in action.rules:
        if rule.entry.because is not None and rule.condition(values) is rule.required:
            add("rule_met", {"text": filler.fill(rule.entry.because.into(filler.language))})
    for lever in catalogue.entry.levers:
        if aims_at(lever.target, action):
            text = lever.why.into(filler.language)
            add("lever", {"text": text, "percent": lever.percent}, against=lever.percent < 0)
    if candidate.propensity.value >= _LIKELY:
        add("propensity_high")
    elif candidate.propensity.value < _UNLIKELY:
        add("propensity_low", against=True)
    if action.value >= _HIGH_VALUE:
        add("value_high")
    if slate.service_reserved == action.action_id:
        add("service_reserved")
    if slate.demoted == action.action_id:
        add("not_strategic", against=True)
    if candidate.quiet:
        add("quiet_not_solved" if values.get("concern_solved") is False else "quiet_until_solved", against=True)
    trouble = values.get("days_since_trouble")
    if action.advertising and isinstance(trouble, int) and trouble <= _RECENT_DAYS:
        add("recent_trouble", {"days_ago": trouble}, against=True)
    if any(rule.condition.names & withheld for _, rule in action.rules):
        add("data_not_used", against=True)
    return tuple(sorted(found, key=lambda one: one.speaks == "against"))


def why_not(removed: Removed, filler: Filler) -> WhyNot:
    """The stage and the rule that removed an action; a catalogue's rule brings its own sentence."""
    params = dict(removed.removal.params)
    if removed.rule is not None:
        params["text"] = filler.fill(removed.rule.entry.otherwise.into(filler.language))
    return WhyNot(
        action_id=removed.action.action_id,
        title=filler.fill(removed.action.entry.title.into(filler.language)),
        kind=removed.action.entry.kind,
        stage=removed.removal.stage,
        rule=removed.removal.rule,
        params=params,
    )
