"""What is ticked in the consent drawer, and the proof that can be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from nba_desktop.contract.codes import (
    ConsentChannel,
    ConsentPurpose,
)
from nba_desktop.contract.consent import ConsentProof, ConsentWording
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.receipts import Receipt


class ConsentAnswer(StrEnum):
    """What the customer said to one channel; no answer is preset."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class ProofState:
    """The proof of the customer's consents, when it was asked for; `asked` numbers the question."""

    open: bool = False
    status: BlockStatus = BlockStatus.IDLE
    failure: FailureCode | None = None
    proof: ConsentProof | None = None
    asked: int = 0


def wording_for(
    wordings: tuple[ConsentWording, ...], purpose: ConsentPurpose, channel: ConsentChannel
) -> ConsentWording | None:
    """The wording with which one purpose is asked for by one channel."""
    for wording in wordings:
        if wording.purpose is purpose and channel in wording.channels:
            return wording
    return None


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """What is ticked in the consent drawer and not yet recorded; `read_aloud` are the hashes of the texts read out.

    With `leaving` the agent has asked to finish while something was begun; asked again, he leaves it unsaved.
    """

    open: bool = False
    read_aloud: frozenset[str] = frozenset()
    answers: tuple[tuple[ConsentPurpose, ConsentChannel, ConsentAnswer], ...] = ()
    customer_words: str = ""
    recorded: tuple[tuple[ConsentPurpose, ConsentChannel, ConsentAnswer, UUID, Receipt], ...] = ()
    objection_asked: bool = False
    withdrawal_asked: tuple[ConsentPurpose, ConsentChannel] | None = None
    leaving: bool = False

    def answer_of(self, purpose: ConsentPurpose, channel: ConsentChannel) -> ConsentAnswer | None:
        """The answer ticked for one channel, or None."""
        for answered_purpose, answered_channel, answer in self.answers:
            if (answered_purpose, answered_channel) == (purpose, channel):
                return answer
        return None

    @property
    def is_begun(self) -> bool:
        """Whether something is ticked or entered that only saving would keep."""
        return bool(
            self.answers or self.read_aloud or self.customer_words or self.objection_asked or self.withdrawal_asked
        )

    def unread(self, wordings: tuple[ConsentWording, ...]) -> tuple[ConsentPurpose, ...]:
        """The purposes answered with Yes or No whose wording, among these, was not read aloud; each once."""
        asked = [answer[:2] for answer in self.answers if answer[2] is not ConsentAnswer.NOT_ASKED]
        return tuple(
            dict.fromkeys(purpose for purpose, channel in asked if not self._was_read(wordings, purpose, channel))
        )

    def _was_read(self, wordings: tuple[ConsentWording, ...], purpose: ConsentPurpose, channel: ConsentChannel) -> bool:
        wording = wording_for(wordings, purpose, channel)
        return wording is not None and wording.text_sha256 in self.read_aloud

    def may_save(self, wordings: tuple[ConsentWording, ...]) -> bool:
        """Yes and No need their wording read aloud first; an empty drawer has nothing to save."""
        return bool(self.answers) and not self.unread(wordings)
