"""One thing that is wrong with the machine's policy."""

from __future__ import annotations

from nba_desktop.domain.settings_in_force import PolicyProblem
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text


class ProblemBox(Frame):
    """Says what is wrong, the way out, and where it is."""

    def __init__(self) -> None:
        super().__init__("callout", margins=(10, 4, 4, 4))
        self.setProperty("variant", "bad")
        self.body.setSpacing(1)
        self._says = Label(role="smallstrong", wrap=True)
        self._way_out = Label(role="small", wrap=True)
        self._where = Label(role="tiny", variant="muted", wrap=True)
        for label in (self._says, self._way_out, self._where):
            self.body.addWidget(label)

    def show_problem(self, problem: PolicyProblem) -> None:
        """Show a problem."""
        for label, words in (
            (self._says, _as_sentence(problem.says)),
            (self._way_out, _as_sentence(problem.way_out)),
            (self._where, problem.where),
        ):
            set_text(label, words)
            set_shown(label, bool(words))


def _as_sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
