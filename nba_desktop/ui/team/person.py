"""One agent in full: the same for his lead and for himself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from nba_desktop.contract.codes import ReviewStatement
from nba_desktop.contract.review import Access, ActionRow, AgentReview, CoachingNote, ObjectionRow, ReviewChoices
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Field
from nba_desktop.ui.primitives.labels import Label, RichLabel, SectionHeader, plain, strong
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.team.funnel import FunnelView
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.team.rates import RatesView
from nba_desktop.ui.team.sections import Paragraphs, Sections
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.review_words import (
    NOTHING,
    accesses_words,
    agent_words,
    counted_words,
    difference,
    placement,
    rate_in_full,
    reasons_words,
    share,
    statement_words,
)

_RELIABLE = (ReviewStatement.ABOVE, ReviewStatement.BELOW)


class PersonView(Sections):
    """Scrolls as a whole. `note_written` carries a line for both; `closed` puts the agent away."""

    note_written = Signal(str)
    closed = Signal()

    def __init__(self, formats: Formats, *, own: bool) -> None:
        super().__init__()
        self._formats, self._own = formats, own
        self._title = RichLabel()
        self._close = Button(role="tool", icon="cross")
        self._close.setToolTip(self.tr("Back to the whole team"))
        self._close.setAccessibleName(self.tr("Back to the whole team"))
        self._close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self._placement = self.section(self.tr("Where this stands"), RichLabel())
        self._funnel = self.section(self.tr("Funnel"), FunnelView(formats))
        self._objections = self.section(self.tr("Objections, most frequent first"), Paragraphs())
        self._not_addressed = self.section(self.tr("Not addressed"), Label(wrap=True))
        self._rates = self.section(self.tr("All figures"), RatesView(formats))
        self._actions = self.section(self.tr("Acceptance per opportunity, by action"), Paragraphs())
        self._notes = self.section(self.tr("Notes of your talks"), Paragraphs())
        self._field = Field()
        self._field.set_hints(self.tr("A line that both of you read"), self.tr("A line for both"))
        self._field.setMaxLength(1000)
        self._field.returnPressed.connect(self._write)
        self._keep = Button(self.tr("Keep"))
        self._field.textChanged.connect(lambda text: set_enabled(self._keep, bool(text.strip())))
        self._keep.setEnabled(False)
        self._keep.clicked.connect(self._write)
        line = QHBoxLayout()
        line.addWidget(self._field, 1)
        line.addWidget(self._keep)
        self.column.addLayout(line)
        self._note_failure = Label(variant="bad", wrap=True)
        self.column.addWidget(self._note_failure)
        self._accesses_head = SectionHeader(self.tr("Who looked at these figures"))
        self._accesses = Label(wrap=True)
        self.column.addWidget(self._accesses_head)
        self.column.addWidget(self._accesses)
        self.column.addStretch(1)
        set_shown(self._close, not own)
        for widget in (self._accesses_head, self._accesses):
            set_shown(widget, own)

    def put_on(self, paper: Paper) -> None:
        """Put the agent on paper, and on his own page who looked."""
        paper.label(self._title)
        super().put_on(paper)
        if not self._accesses.isHidden():
            paper.heading(self.tr("Who looked at these figures"))
            paper.label(self._accesses)

    def show_review(
        self,
        review: AgentReview,
        accesses: tuple[Access, ...] = (),
        choices: ReviewChoices | None = None,
        not_kept: FailureCode | None = None,
    ) -> None:
        """Show an agent; `choices` name what was filtered by, `not_kept` says why the last note was not kept."""
        formats, row = self._formats, review.row
        opportunities = row.figures.opportunities
        counted = NOTHING if opportunities is None else formats.number(opportunities)
        who = self.tr("You") if self._own else self.tr("Agent {agent}").format(agent=agent_words(row))
        set_named(self, who)
        beside = self.tr("{count} opportunity calls").format(count=counted)
        parts = [part for part in (beside, counted_words(row.counted, formats)) if part]
        set_text(self._title, f"{strong(who)} {plain('· ' + ' · '.join(parts))}")
        set_text(self._placement, self._placed(review))
        self._funnel.show_funnel(review.funnel)
        objections = [self._objection(one) for one in review.objections]
        self._objections.show_paragraphs([*objections, plain(self._objections_left_out(review, bool(objections)))])
        set_text(self._not_addressed, reasons_words(review.not_addressed, formats) or self._no_reason(review))
        self._rates.show_figures(row.figures)
        actions = [self._action(one) for one in sorted(review.actions, key=lambda one: one.title)]
        none = self.tr("Too few to show.") if _hidden(review) else self.tr("None in this time.")
        self._actions.show_paragraphs(actions or [plain(none)])
        notes = [self._note(one) for one in review.notes]
        self._notes.show_paragraphs(notes or [plain(self.tr("None so far."))])
        if any(one.text == self._field.text().strip() for one in review.notes):
            # It was kept: what is typed now would be another one.
            self._field.clear()
        set_text(self._note_failure, "" if not_kept is None else self._not_kept(not_kept))
        set_shown(self._note_failure, not_kept is not None)
        looked = "\n".join(accesses_words(accesses, choices, formats))
        set_text(self._accesses, looked or self.tr("Nobody so far."))

    def _placed(self, review: AgentReview) -> str:
        comparison = review.row.comparison
        words = plain(placement(review.row.figures.per_opportunity, comparison, self._formats))
        if comparison.statement is ReviewStatement.TOO_FEW:
            return words
        said = statement_words(comparison)
        beside = difference(comparison, review.head.level, self._formats)
        lines = [words, f"{strong(said[:1].upper() + said[1:])} {plain(beside)}"]
        low, high = comparison.low, comparison.high
        if low is not None and high is not None and (low > 0 or high < 0) and comparison.statement not in _RELIABLE:
            # Else the interval without 0 in it would seem to say the opposite.
            by_chance = self.tr("Taken alone it would be one; among so many agents such a difference comes by chance.")
            lines.append(plain(by_chance))
        return "<br>".join(lines)

    def _objections_left_out(self, review: AgentReview, some: bool) -> str:
        """What is true of the objections that are not listed."""
        if _hidden(review):
            return self.tr("Too few to show.")
        least = self._formats.number(review.head.least_group)
        if some:
            return self.tr("Objections raised fewer than {least} times are not shown.").format(least=least)
        return self.tr("None was raised {least} times or more.").format(least=least)

    def _no_reason(self, review: AgentReview) -> str:
        """What is true where no reason was given: only who raised everything left nothing out."""
        if _hidden(review):
            return self.tr("Too few to show.")
        funnel = review.funnel
        return self.tr("Nothing was left out.") if funnel.shown == funnel.addressed else self.tr("No reason was given.")

    def _objection(self, row: ObjectionRow) -> str:
        """What was said, how often, what followed, and whether that is more than chance."""
        formats = self._formats
        title = strong(self.tr("“{objection}” {count}").format(objection=row.title, count=formats.number(row.raised)))
        if row.declined.hidden or row.declined.value is None:
            few = self.tr("· too few to say what followed")
            return f"{title} {plain(few)}"
        if row.others.hidden or row.others.value is None:
            alone = self.tr("· declined afterwards {declined}; too few of the others to compare")
            return f"{title} {plain(alone.format(declined=rate_in_full(row.declined, formats)))}"
        followed = self.tr("· declined afterwards {declined}; with the others {others}").format(
            declined=rate_in_full(row.declined, formats), others=share(row.others, formats)
        )
        said = f"– {statement_words(row.comparison)}" if row.comparison.statement not in _RELIABLE else ""
        if not said:
            more = row.comparison.statement is ReviewStatement.ABOVE
            said = self.tr("– reliably more often") if more else self.tr("– reliably less often")
        return f"{title} {plain(followed)} {strong(said) if row.comparison.statement in _RELIABLE else plain(said)}"

    def _action(self, row: ActionRow) -> str:
        said = (rate_in_full(row.figures.per_opportunity, self._formats), counted_words(row.counted, self._formats))
        return f"{strong(row.title)} {plain(' '.join(f'· {one}' for one in said if one))}"

    def _note(self, note: CoachingNote) -> str:
        day = self._formats.day(note.at)
        by_agent = self.tr("you") if self._own else self.tr("agent")
        who = by_agent if note.by_agent else self.tr("team lead")
        head = self.tr("{day}, {who}:").format(day=day, who=who)
        return f"{strong(head)} {plain(note.text)}"

    def _not_kept(self, code: FailureCode) -> str:
        return self.tr("The note was not kept: {why}").format(why=failure(code))

    def _write(self) -> None:
        text = self._field.text().strip()
        if text:
            self.note_written.emit(text)


def _hidden(review: AgentReview) -> bool:
    """Whether there are too few calls to show anything of them."""
    return review.funnel.shown is None
