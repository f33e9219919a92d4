"""What must fit together in a catalogue beyond each single entry."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Final, Protocol

from nba_desktop.backend.decisioning.attributes import Schema
from nba_desktop.backend.decisioning.catalogue import ActionEntry, CatalogueEntry, RuleEntry, StepEntry, Words
from nba_desktop.backend.decisioning.content import HOWS, gaps
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.errors import ConditionError
from nba_desktop.contract.codes import ActionKind, ClosingForm, ResponseCode

MAX_TITLE: Final = 32
MAX_REASON: Final = 110
LONGEST_WORDING_ID: Final = 64
"""What the event that records a consent can name."""

_GAP_LENGTH: Final = 8
_DONE_AT_ONCE: Final = frozenset({ClosingForm.ON_CALL, ClosingForm.SERVICE_DONE})
_NEVER_QUIET: Final = frozenset({ActionKind.SALES, ActionKind.CONSENT})


class _At(Protocol):
    def __call__(self, path: KeyPath, message: str, suggestion: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class Complain:
    """Where mistakes go: `at` a path of the catalogue, or `inside` the condition at a path."""

    at: _At
    inside: Callable[[KeyPath, ConditionError], None]


def check_catalogue(entry: CatalogueEntry, schema: Schema, complain: Complain) -> None:
    """Report everything that does not fit together."""
    concerns = [one.code for one in entry.concerns]
    _check_unique("concern", concerns, ("concerns",), "code", complain)
    _check_unique("action", [one.id for one in entry.actions], ("actions",), "id", complain)
    _check_unique("lever", [one.id for one in entry.levers], ("levers",), "id", complain)
    _check_wordings(entry, complain)
    for place, name in enumerate(entry.attributes_off):
        if name not in schema:
            complain.at(("attributes_off", place), f"unknown attribute '{name}'", _guess(name, schema))
    for place, context in enumerate(entry.context):
        if context.concern not in concerns:
            complain.at(
                ("context", place, "concern"), f"unknown concern '{context.concern}'", _guess(context.concern, concerns)
            )
    for path, target in _targets(entry):
        _check_target(path, target, entry, complain)
    for place, action in enumerate(entry.actions):
        _ActionCheck(action, ("actions", place), schema, complain).run(concerns)


def _targets(entry: CatalogueEntry) -> Iterable[tuple[KeyPath, str]]:
    for place, context in enumerate(entry.context):
        yield ("context", place, "target"), context.target
    for place, lever in enumerate(entry.levers):
        yield ("levers", place, "target"), lever.target


def _check_target(path: KeyPath, target: str, entry: CatalogueEntry, complain: Complain) -> None:
    level, _, name = target.partition("/")
    known = {
        "issue": [kind.value for kind in ActionKind],
        "group": [one.group for one in entry.actions],
        "action": [one.id for one in entry.actions],
    }[level]
    if name not in known:
        complain.at(path, f"there is no {level} '{name}'", _guess(name, known))


def _check_wordings(entry: CatalogueEntry, complain: Complain) -> None:
    _check_unique("wording", [one.id for one in entry.consent_wordings], ("consent_wordings",), "id", complain)
    for place, wording in enumerate(entry.consent_wordings):
        length = len(wording.full_id("de"))
        if length > LONGEST_WORDING_ID:
            complain.at(
                ("consent_wordings", place, "id"),
                f"the wording's id has {length} characters with its language and version",
                f"at most {LONGEST_WORDING_ID}",
            )
        for language in ("de", "en"):
            path = ("consent_wordings", place, "text", language)
            for name in _gap_names(getattr(wording.text, language), path, complain):
                if name not in {"company", "privacy_url"}:
                    complain.at(path, f"unknown name '{{{name}}}'", "a wording knows {company} and {privacy_url}")


def _check_unique(what: str, ids: list[str], path: KeyPath, key: str, complain: Complain) -> None:
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if one in seen:
            complain.at((*path, place, key), f"the {what} '{one}' is here twice")
        seen.add(one)


def _gap_names(template: str, path: KeyPath, complain: Complain) -> list[str]:
    try:
        found = gaps(template)
    except ValueError as error:
        complain.at(path, str(error), "write {name}")
        return []
    for gap in found:
        if gap.how and gap.how not in HOWS:
            complain.at(path, f"unknown form ':{gap.how}' of '{gap.name}'", f"one of {', '.join(HOWS)}")
    return [gap.name for gap in found]


def _said_length(template: str) -> int:
    """How long a template gets with usual values."""
    try:
        return sum(len(text) + _GAP_LENGTH * (name is not None) for text, name, _, _ in Formatter().parse(template))
    except ValueError:
        return len(template)


def _guess(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"did you mean '{close[0]}'?" if close else ""


class _ActionCheck:
    """All checks of one action."""

    def __init__(self, action: ActionEntry, path: KeyPath, schema: Schema, complain: Complain) -> None:
        self._action = action
        self._path = path
        self._schema = schema
        self._complain = complain

    def run(self, concerns: list[str]) -> None:
        action = self._action
        for place, concern in enumerate(action.concerns):
            if concern not in concerns:
                self._at(("concerns", place), f"unknown concern '{concern}'", _guess(concern, concerns))
        for concern in action.bridge_for:
            if concern not in concerns:
                self._at(("bridge_for", concern), f"unknown concern '{concern}'", _guess(concern, concerns))
        if action.advertising is False and action.kind in _NEVER_QUIET:
            self._at(("advertising",), f"a {action.kind.value} action is always advertising", "remove this line")
        if action.kind is ActionKind.SERVICE and action.value.relative is None:
            self._at(
                ("value",),
                "a service action declares its value as 'relative', so that no euro figure beats it by its unit",
            )
        if (action.kind is ActionKind.CONSENT) != (action.consent_purpose is not None):
            self._at(("id",), "'consent_purpose' belongs to consent actions, and to each of them")
        self._responses()
        self._lengths()
        self._rules()
        self._content()
        self._steps()

    def _at(self, path: KeyPath, message: str, suggestion: str = "") -> None:
        self._complain.at((*self._path, *path), message, suggestion)

    def _responses(self) -> None:
        action = self._action
        at_once = action.closing_form in _DONE_AT_ONCE
        for place, code in enumerate(action.responses):
            if code is ResponseCode.NO_CODE:
                self._at(("responses", place), "NO_CODE is never clicked", "remove it")
            if code in action.responses[:place]:
                self._at(("responses", place), f"{code.value} is here twice")
            if code is ResponseCode.ACCEPTED_DONE and not at_once:
                self._at(
                    ("responses", place),
                    f"ACCEPTED_DONE does not fit the closing form {action.closing_form.value}",
                    "use ACCEPTED_PENDING: it is closed later, not on the telephone",
                )
        accepted = {ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING}
        if not accepted & set(action.responses):
            self._at(("responses",), "no code says that the customer accepted", "add ACCEPTED_DONE or ACCEPTED_PENDING")

    def _lengths(self) -> None:
        for name, words, limit in (
            ("title", self._action.title, MAX_TITLE),
            ("reason", self._action.reason, MAX_REASON),
        ):
            for language in ("de", "en"):
                length = _said_length(getattr(words, language))
                if length > limit:
                    self._at((name, language), f"{length} characters are too long for the card, {limit} fit")

    def _rules(self) -> None:
        seen: set[str] = set()
        for name in ("eligibility", "applicability", "suitability"):
            rules: tuple[RuleEntry, ...] = getattr(self._action, name)
            for place, rule in enumerate(rules):
                if rule.id in seen:
                    self._at((name, place, "id"), f"the rule '{rule.id}' is here twice")
                seen.add(rule.id)
                self._words(rule.otherwise, (name, place, "otherwise"))
                if rule.because is not None:
                    self._words(rule.because, (name, place, "because"))

    def _content(self) -> None:
        action = self._action
        for name in ("title", "reason", "bridge", "teaser"):
            self._words(getattr(action, name), (name,))
        for concern, bridge in action.bridge_for.items():
            self._words(bridge, ("bridge_for", concern))
        for place, benefit in enumerate(action.benefits):
            for name in ("feature", "advantage", "benefit"):
                self._words(getattr(benefit, name), ("benefits", place, name))
        seen: set[str] = set()
        for place, objection in enumerate(action.objections):
            if objection.id in seen:
                self._at(("objections", place, "id"), f"the objection '{objection.id}' is here twice")
            seen.add(objection.id)
            self._words(objection.phrase, ("objections", place, "phrase"))
            self._words(objection.answer, ("objections", place, "answer"))
        for place, item in enumerate(action.knowledge):
            self._words(item.title, ("knowledge", place, "title"))
            self._words(item.text, ("knowledge", place, "text"))

    def _steps(self) -> None:
        earlier: dict[str, StepEntry] = {}
        inputs: set[str] = set()
        for place, step in enumerate(self._action.steps):
            path: KeyPath = ("steps", place)
            if step.id in earlier:
                self._at((*path, "id"), f"the step '{step.id}' is here twice")
            self._words(step.text, (*path, "text"), inputs)
            for index, choice in enumerate(step.choices):
                self._words(choice.label, (*path, "choices", index, "label"))
            if step.when is not None:
                self._branch(step.when, path, earlier)
            if step.input is not None:
                self._words(step.input.label, (*path, "input", "label"))
                if step.input.name in inputs or step.input.name in self._schema:
                    self._at((*path, "input", "name"), f"the name '{step.input.name}' is taken", "choose another name")
                inputs.add(step.input.name)
            earlier[step.id] = step

    def _branch(self, when: dict[str, str], path: KeyPath, earlier: dict[str, StepEntry]) -> None:
        for step_id, choice in when.items():
            step = earlier.get(step_id)
            if step is None:
                self._at((*path, "when", step_id), f"there is no earlier step '{step_id}'", _guess(step_id, earlier))
                continue
            known = [one.id for one in step.choices]
            if choice not in known:
                self._at(
                    (*path, "when", step_id), f"the step '{step_id}' has no choice '{choice}'", _guess(choice, known)
                )

    def _words(self, words: Words, path: KeyPath, inputs: Iterable[str] = ()) -> None:
        known = {*self._schema, *inputs}
        for language in ("de", "en"):
            place = (*self._path, *path, language)
            for name in _gap_names(getattr(words, language), place, self._complain):
                if name not in known:
                    self._complain.at(place, f"unknown name '{{{name}}}'", _guess(name, known))
