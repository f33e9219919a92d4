"""One action over all teams, for whoever answers for it: no person is in it."""

from __future__ import annotations

from nba_desktop.contract.review import ActionReview, ObjectionRow
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_text
from nba_desktop.ui.team.arms import ArmsView
from nba_desktop.ui.team.funnel import FunnelView
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.team.rates import RatesView
from nba_desktop.ui.team.sections import Paragraphs, Sections
from nba_desktop.ui.texts.action_words import action_kind
from nba_desktop.ui.texts.review_words import NOTHING, period_words, rate_in_full, reasons_words


class ActionView(Sections):
    """Acceptance, experiment, objections, and why it was not addressed or declined."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._title = RichLabel()
        self._about = Label(role="small", variant="muted", wrap=True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._about)
        self._placement = self.section(self.tr("Acceptance"), RichLabel())
        self._arms = self.section(self.tr("Experiment: what the recommendation achieves"), ArmsView(formats))
        self._funnel = self.section(self.tr("Funnel"), FunnelView(formats))
        self._objections = self.section(self.tr("Objections, most frequent first"), Paragraphs())
        self._not_addressed = self.section(self.tr("Not addressed"), Label(wrap=True))
        self._declined = self.section(self.tr("Declined, and why"), Label(wrap=True))
        self._rates = self.section(self.tr("All figures"), RatesView(formats))
        self.column.addStretch(1)

    def put_on(self, paper: Paper) -> None:
        """Put the action on paper."""
        paper.label(self._title)
        paper.label(self._about)
        super().put_on(paper)

    def show_review(self, review: ActionReview) -> None:
        """Show an action."""
        formats, figures = self._formats, review.figures
        counted = NOTHING if figures.opportunities is None else formats.number(figures.opportunities)
        beside = self.tr("{count} opportunity calls").format(count=counted)
        set_text(self._title, f"{strong(review.title)} {plain('· ' + beside)}")
        set_named(self, review.title)
        set_text(self._about, self._about_words(review))
        set_text(self._placement, self._placed(review))
        self._funnel.show_funnel(review.funnel)
        self._arms.show_arms(review.arms)
        objections = [self._objection(one) for one in review.objections]
        self._objections.show_paragraphs(objections or [plain(self.tr("None that enough agents met."))])
        set_text(self._not_addressed, reasons_words(review.not_addressed, formats) or self._no_reason(review))
        set_text(self._declined, reasons_words(review.declined, formats) or self._no_decline(review))
        self._rates.show_figures(figures)

    def _no_reason(self, review: ActionReview) -> str:
        """What is true where no reason was given: the funnel says whether it was always addressed."""
        shown, addressed = review.funnel.shown, review.funnel.addressed
        if shown is None or addressed is None:
            return self.tr("Too few to show.")
        return self.tr("It was always addressed.") if shown == addressed else self.tr("No reason was given.")

    def _no_decline(self, review: ActionReview) -> str:
        """What is true where no decline is told: without a yes of all who decided, only that none was recorded."""
        decided, accepted = review.funnel.decided, review.funnel.accepted
        if decided is None or accepted is None:
            return self.tr("Too few to show.")
        return self.tr("Nobody declined it.") if decided == accepted else self.tr("No decline was recorded.")

    def _about_words(self, review: ActionReview) -> str:
        parts = [] if review.kind is None else [action_kind(review.kind)]
        parts.append(period_words(review.period, self._formats))
        parts.append(
            self.tr("counted until {day}, {time}").format(
                day=self._formats.plain_day(self._formats.local_day(review.counted_until)),
                time=self._formats.time(review.counted_until),
            )
        )
        if review.left_out_teams:
            parts.append(self.tr("%n team(s) with too few agents not counted", "", review.left_out_teams))
        return " · ".join(parts)

    def _placed(self, review: ActionReview) -> str:
        formats, rate = self._formats, review.figures.per_opportunity
        if rate.hidden or rate.value is None:
            return plain(self.tr("Too few calls, or of too few agents, to show."))
        addressed = self.tr("Of those who decided, {rate} accepted it.").format(
            rate=rate_in_full(review.figures.acceptance, formats)
        )
        whole = self.tr("Acceptance per opportunity {rate}.").format(rate=rate_in_full(rate, formats))
        return f"{strong(whole)}<br>{plain(addressed)}"

    def _objection(self, row: ObjectionRow) -> str:
        formats = self._formats
        title = strong(self.tr("“{objection}” {count}").format(objection=row.title, count=formats.number(row.raised)))
        followed = self.tr("· accepted afterwards {accepted}; declined {declined}").format(
            accepted=rate_in_full(row.accepted, formats), declined=rate_in_full(row.declined, formats)
        )
        return f"{title} {plain(followed)}"
