"""What must fit together in one action."""

from __future__ import annotations

from string import Formatter
from typing import Final

from nba_desktop.backend.decisioning.attributes import CONTACT_POINTS, Schema
from nba_desktop.backend.decisioning.complaints import Complain, Names, check_words
from nba_desktop.backend.decisioning.entries.actions import ActionEntry, GroupEntry
from nba_desktop.backend.decisioning.entries.base import Words
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.entries.guide import StepEntry
from nba_desktop.backend.decisioning.knowledge import article_id
from nba_desktop.backend.decisioning.policy_checks import check_cool_down, check_rules, check_skills
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.guessing import guess
from nba_desktop.contract.codes import ActionKind, ChurnClass, ClosingForm, ResponseCode

MAX_TITLE: Final = 32
MAX_REASON: Final = 110

_GAP_LENGTH: Final = 8
_DONE_AT_ONCE: Final = frozenset({ClosingForm.ON_CALL, ClosingForm.SERVICE_DONE})
_NEVER_QUIET: Final = frozenset({ActionKind.SALES, ActionKind.CONSENT})


class ActionCheck:
    """All checks of one action; `group` is None when it is not well formed or not there."""

    def __init__(
        self,
        action: ActionEntry,
        path: KeyPath,
        group: GroupEntry | None,
        whole: CatalogueEntry,
        names: Names,
        schema: Schema,
        complain: Complain,
    ) -> None:
        self._action = action
        self._path = path
        self._group = group
        self._whole = whole
        self._names = names
        self._schema = schema
        self._complain = complain

    def run(self) -> None:
        self._belonging()
        self._concerns()
        self._kind()
        self._placements()
        self._responses()
        self._lengths()
        self._policies()
        self._needs()
        self._bonus()
        self._content()
        self._steps()

    def _at(self, path: KeyPath, message: str, suggestion: str = "") -> None:
        self._complain.at((*self._path, *path), message, suggestion)

    def _belonging(self) -> None:
        action, group, groups = self._action, self._group, self._names.listed["groups"]
        if action.group not in groups:
            self._at(("group",), f"unknown group '{action.group}'", guess(action.group, groups) or "add it to 'groups'")
        if group is not None and group.issue is not action.kind:
            self._at(
                ("kind",),
                f"a {action.kind.value} action cannot be in '{group.id}', a group of the issue {group.issue.value}",
                "put it into a group of its kind",
            )

    def _concerns(self) -> None:
        action, concerns = self._action, self._names.listed["concerns"]
        for place, concern in enumerate(action.concerns):
            if concern not in concerns:
                self._at(("concerns", place), f"unknown concern '{concern}'", guess(concern, concerns))
        for concern in action.bridge_for:
            if concern not in concerns:
                self._at(("bridge_for", concern), f"unknown concern '{concern}'", guess(concern, concerns))

    def _kind(self) -> None:
        action = self._action
        if action.advertising is False and action.kind in _NEVER_QUIET:
            self._at(("advertising",), f"a {action.kind.value} action is always advertising", "remove this line")
        if action.kind is ActionKind.SERVICE and action.value.relative is None:
            self._at(
                ("value",),
                "a service action declares its value as 'relative', so that no euro figure beats it by its unit",
            )
        if (action.kind is ActionKind.CONSENT) != (action.consent_purpose is not None):
            self._at(("id",), "'consent_purpose' belongs to consent actions, and to each of them")

    def _placements(self) -> None:
        known = self._names.listed["placements"]
        for place, placement in enumerate(self._action.placements):
            if placement not in known:
                hint = guess(placement, known) or "add it to 'placements'"
                self._at(("placements", place), f"unknown placement '{placement}'", hint)

    def _responses(self) -> None:
        action = self._action
        at_once = action.closing_form in _DONE_AT_ONCE
        path: KeyPath = (*self._path, "responses")
        for place, code in enumerate(action.responses):
            if code is ResponseCode.NO_CODE:
                self._at(("responses", place), "NO_CODE is never clicked", "remove it")
            if code in action.responses[:place]:
                first = action.responses.index(code)
                self._complain.twice((*path, place), (*path, first), code.value)
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
        action = self._action
        cards: list[tuple[str, Words | None, int]] = [
            ("title", action.title, MAX_TITLE),
            ("reason", action.reason, MAX_REASON),
            ("reason_with_bonus", action.reason_with_bonus, MAX_REASON),
        ]
        for name, words, limit in cards:
            for language in ("de", "en"):
                length = _said_length(getattr(words, language, ""))
                if length > limit:
                    self._at((name, language), f"{length} characters are too long for the card, {limit} fit")

    def _policies(self) -> None:
        action, path, complain = self._action, self._path, self._complain
        ids = check_rules(action, path, self._schema, complain)
        shared = set() if self._group is None else {rule.id for rule in self._group.rules}
        for place, rule_id in ids:
            if rule_id in shared:
                self._at((*place, "id"), f"the rule '{rule_id}' stands in the group '{action.group}' too", "rename it")
        check_cool_down(action.cool_down, (*path, "cool_down"), complain)
        for code in action.cool_down:
            if isinstance(code, ResponseCode) and code not in action.responses:
                self._at(("cool_down", code.value), f"{code.value} is none of the action's responses")
        check_skills(action.skills, path, self._whole, complain)

    def _needs(self) -> None:
        known = [name for name, one in self._schema.items() if one.known == "before" and name not in CONTACT_POINTS]
        for place, name in enumerate(self._action.needs):
            if name not in known:
                hint = guess(name, known) or "`catalogue attributes` lists them"
                self._at(("needs", place), f"no rule can ask for '{name}'", hint)

    def _bonus(self) -> None:
        action = self._action
        says = action.reason_with_bonus is not None or any(step.with_bonus for step in action.steps)
        if not action.value.bonus_ladder:
            if says:
                self._at(("value",), "words for a bonus, and no 'bonus_ladder'", "add the ladder or remove the words")
            return
        if not says:
            self._at(
                ("value", "bonus_ladder"),
                "no sentence says the bonus",
                "add 'reason_with_bonus' or a step with 'with_bonus: true'",
            )
        enough = self._whole.bonus.enough_points
        highest = max(self._whole.bonus.limits_eur.values(), default=0.0)
        kept: set[ChurnClass] = set()
        for place, step in enumerate(action.value.bonus_ladder):
            path: KeyPath = ("value", "bonus_ladder", place)
            moved = {churn: points for churn, points in step.retention_points.items() if points >= enough}
            paid = {churn for churn, points in moved.items() if points / 100 * action.value.margin_eur > step.eur}
            if not moved:
                self._at(path, f"the step moves nobody by {enough:g} points ('bonus.enough_points')", "leave it out")
            elif not paid:
                self._at(path, "the step costs more than the margin it saves", "leave it out")
            elif paid <= kept:
                self._at(path, "everybody this step keeps is kept by a smaller one", "leave it out")
            if step.eur > highest:
                self._at(path, f"no level may promise {step.eur:g} €", f"'bonus.limits_eur' ends at {highest:g} €")
            kept |= paid

    def _content(self) -> None:
        action = self._action
        for name in ("title", "reason", "bridge", "teaser"):
            self._words(getattr(action, name), (name,), told_later=name != "bridge")
        if action.reason_with_bonus is not None:
            self._words(action.reason_with_bonus, ("reason_with_bonus",), bonus=True, told_later=True)
        for concern, bridge in action.bridge_for.items():
            self._words(bridge, ("bridge_for", concern))
        for place, benefit in enumerate(action.benefits):
            for name in ("feature", "advantage", "benefit"):
                self._words(getattr(benefit, name), ("benefits", place, name))
        seen: dict[str, KeyPath] = {}
        for place, objection in enumerate(action.objections):
            at: KeyPath = (*self._path, "objections", place, "id")
            first = seen.setdefault(objection.id, at)
            if first != at:
                self._complain.twice(at, first, f"the objection '{objection.id}'")
            if objection.title is not None:
                self._words(objection.title, ("objections", place, "title"))
            self._words(objection.phrase, ("objections", place, "phrase"))
            self._words(objection.answer, ("objections", place, "answer"))
        named: dict[str, KeyPath] = {}
        for place, item in enumerate(action.knowledge):
            here: KeyPath = (*self._path, "knowledge", place, "id" if item.id else "title")
            before = named.setdefault(article_id(action, item), here)
            if before != here:
                self._complain.twice(here, before, f"the information '{item.id or item.title.de}'")
            self._words(item.title, ("knowledge", place, "title"))
            self._words(item.text, ("knowledge", place, "text"))

    def _steps(self) -> None:
        if all(step.with_bonus for step in self._action.steps):
            self._at(("steps",), "every step needs a bonus", "add what is done without one")
        earlier: dict[str, StepEntry] = {}
        inputs: set[str] = set()
        for place, step in enumerate(self._action.steps):
            path: KeyPath = ("steps", place)
            if step.id in earlier:
                at: KeyPath = (*self._path, *path, "id")
                first = next(index for index, one in enumerate(self._action.steps) if one.id == step.id)
                self._complain.twice(at, (*self._path, "steps", first, "id"), f"the step '{step.id}'")
                continue
            self._words(step.text, (*path, "text"), inputs, bonus=step.with_bonus)
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
                self._at((*path, "when", step_id), f"there is no earlier step '{step_id}'", guess(step_id, earlier))
                continue
            known = [one.id for one in step.choices]
            if choice not in known:
                self._at(
                    (*path, "when", step_id), f"the step '{step_id}' has no choice '{choice}'", guess(choice, known)
                )

    def _words(
        self,
        words: Words,
        path: KeyPath,
        inputs: set[str] | None = None,
        *,
        bonus: bool = False,
        told_later: bool = False,
    ) -> None:
        at = (*self._path, *path)
        check_words(words, at, self._schema, self._complain, inputs or (), bonus=bonus, told_later=told_later)


def _said_length(template: str) -> int:
    """How long a template gets with usual values."""
    try:
        return sum(len(text) + _GAP_LENGTH * (name is not None) for text, name, _, _ in Formatter().parse(template))
    except ValueError:
        return len(template)
