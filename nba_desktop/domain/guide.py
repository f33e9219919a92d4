"""How far the agent is in an action's guide: steps done, branches chosen, values entered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nba_desktop.contract.recommendation import GuideStep

Steps = tuple[GuideStep, ...]


@dataclass(frozen=True, slots=True)
class GuideRun:
    """The run of one guide: the bridge said or not, steps done, choice per step, value per input.

    Choices are in the order in which they were made; values in the form of `guide_input`.
    """

    bridge_said: bool = False
    done: frozenset[str] = frozenset()
    choices: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def toggled(self, step_id: str) -> GuideRun:
        """The run with one step done, or open again."""
        return replace(self, done=self.done ^ {step_id})

    def chosen(self, step_id: str, choice: str, steps: Steps = ()) -> GuideRun:
        """The run with a branch taken at a step, which does the step too; the same branch again takes it back.

        What hung on another branch taken there before is undone.
        """
        if self.choice_at(step_id) == choice:
            return self._without_choice(step_id, steps)
        others = tuple((step, code) for step, code in self.choices if step != step_id)
        taken = replace(self, choices=(*others, (step_id, choice)), done=self.done | {step_id})
        return taken._pruned(steps)

    def back(self, steps: Steps) -> GuideRun:
        """The run with the last choice undone, and with it what hung on it; all else stays."""
        return self._without_choice(self.choices[-1][0], steps) if self.choices else self

    def entered(self, step_id: str, name: str, value: str) -> GuideRun:
        """The run with a value entered at a step; an empty value takes it back and opens the step."""
        others = tuple((known, text) for known, text in self.values if known != name)
        if not value.strip():
            return replace(self, values=others, done=self.done - {step_id})
        return replace(self, values=(*others, (name, value.strip())), done=self.done | {step_id})

    def choice_at(self, step_id: str) -> str | None:
        """The branch taken at a step."""
        return dict(self.choices).get(step_id)

    def visible(self, steps: Steps) -> Steps:
        """The steps of the branches taken so far; a branch of a branch only while both are taken."""
        choices = dict(self.choices)
        shown: set[str] = set()
        found: list[GuideStep] = []
        for step in steps:
            when = step.when
            if when is None or (when.step in shown and choices.get(when.step) == when.choice):
                shown.add(step.step_id)
                found.append(step)
        return tuple(found)

    def open_step(self, steps: Steps) -> GuideStep | None:
        """The first step that is not done; None when all are."""
        return next((step for step in self.visible(steps) if step.step_id not in self.done), None)

    def _without_choice(self, step_id: str, steps: Steps) -> GuideRun:
        others = tuple((step, code) for step, code in self.choices if step != step_id)
        return replace(self, choices=others, done=self.done - {step_id})._pruned(steps)

    def _pruned(self, steps: Steps) -> GuideRun:
        """The run without what was done, chosen and entered at steps that are not there any more."""
        shown = {step.step_id for step in self.visible(steps)}
        hidden = {step.step_id for step in steps} - shown
        if not hidden:
            return self
        kept_names = {step.input.name for step in steps if step.input is not None and step.step_id in shown}
        lost = {step.input.name for step in steps if step.input is not None and step.step_id in hidden} - kept_names
        return replace(
            self,
            done=self.done - hidden,
            choices=tuple((step, code) for step, code in self.choices if step not in hidden),
            values=tuple((name, value) for name, value in self.values if name not in lost),
        )
