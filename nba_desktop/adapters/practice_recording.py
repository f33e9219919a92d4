"""What practice calls are made of: answers of the backend with the sample site, kept as a file per language."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError

from nba_desktop.contract.base import Language, Moment
from nba_desktop.contract.codes import NoRecommendation, QuietReason
from nba_desktop.contract.contact import CatalogueHead, ContactView
from nba_desktop.contract.customer import SearchHit
from nba_desktop.contract.journey import Touchpoint
from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.contract.recommendation import Because, Decision, Factors, Recommendation, WhyNot
from nba_desktop.domain.errors import SettingsError

CALLS_FILE: Final = "calls.toml"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecordedAction(_Kept):
    """An action as one decision saw it; `content` names its words in `RecordedCustomer.actions`."""

    content: str
    rank: int
    reason: str
    because: tuple[Because, ...]
    factors: Factors | None
    quiet: bool


class RecordedDecision(_Kept):
    """A decision without what it shares with others: names in `RecordedCustomer.places` and `.why_not`."""

    places: tuple[str, ...]
    why_not: tuple[str, ...]
    none_because: NoRecommendation | None
    quiet_because: tuple[QuietReason, ...]


class RecordedCustomer(_Kept):
    """Everything the backend said of one sample customer.

    `by_number` is the answer to a call from `number` (None where nobody is found by it), `by_search` the one after he
    was found by search; `view` comes with the authentication, `older` are touchpoints that it leaves out, newest first.
    `decisions` are named by `decision_name`.
    """

    number: str
    by_number: ContactView | None
    by_search: ContactView
    hit: SearchHit
    view: ContactView
    older: tuple[Touchpoint, ...]
    actions: dict[str, Recommendation]
    places: dict[str, RecordedAction]
    why_not: dict[str, WhyNot]
    decisions: dict[str, RecordedDecision]

    def decision(self, name: str, decision_id: UUID, at: Moment) -> Decision:
        """A recorded decision as a new one. Raises `KeyError` for a name that was not recorded."""
        recorded = self.decisions[name]
        return Decision(
            decision_id=decision_id,
            decided_at=at,
            catalogue_version=self.view.decision.catalogue_version,
            recommendations=tuple(
                self.actions[one.content].model_copy(
                    update={
                        "rank": one.rank,
                        "reason": one.reason,
                        "because": one.because,
                        "factors": one.factors,
                        "quiet": one.quiet,
                    }
                )
                for one in (self.places[place] for place in recorded.places)
            ),
            why_not=tuple(self.why_not[key] for key in recorded.why_not),
            none_because=recorded.none_because,
            quiet_because=recorded.quiet_because,
        )


class Recording(_Kept):
    """What was recorded in one language at one moment, which is the day of the practice calls.

    `unknown` answers a number that nobody has.
    """

    at: Moment
    unknown: ContactView
    catalogue: CatalogueHead
    knowledge: KnowledgeBase
    customers: dict[str, RecordedCustomer]


class Spoken(_Kept):
    """A sentence in both languages."""

    de: str
    en: str

    def words(self, language: Language) -> str:
        """The sentence in one of them."""
        return self.de if language == "de" else self.en


class PracticeCall(_Kept):
    """One call of the script: from where it comes, who it is, and what he says in each phase of the call."""

    customer: str
    number: str
    queue: str
    title: Spoken
    says: dict[str, Spoken]


class Script(_Kept):
    """The practice calls in their order."""

    calls: tuple[PracticeCall, ...]


def decision_name(concern: str | None, solved: bool | None) -> str:
    """Name the decision at a point of the conversation."""
    state = {None: "open", True: "solved", False: "not_solved"}[solved]
    return f"{concern or 'none'}.{state}"


def load_recording(folder: Path, language: Language) -> Recording:
    """Read what was recorded in a language. Raises `SettingsError` when the program's own file is not whole."""
    path = folder / f"{language}.json"
    try:
        return Recording.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise SettingsError(path.name, _problem(error)) from None


def load_script(folder: Path) -> Script:
    """Read the script of the practice calls. Raises `SettingsError` when the program's own file is not whole."""
    try:
        return Script.model_validate(tomllib.loads((folder / CALLS_FILE).read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsError(CALLS_FILE, _problem(error)) from None


def _problem(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return f"it cannot be read ({type(error).__name__})"
