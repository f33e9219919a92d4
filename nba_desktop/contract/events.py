"""The facts of a contact, as the panel's outbox sends them; the event's id is the idempotency key."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter

from nba_desktop.contract.base import Answer, Code, Count, Language, Moment, Said, ShortText
from nba_desktop.contract.codes import (
    AuthLevel,
    CallFlag,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    DataField,
    FeedbackReason,
    FollowUpKind,
    ResponseCode,
    Speaker,
)
from nba_desktop.contract.problems import Problem


class ContactEvent(Said):
    """A fact of one contact; `seq` counts up from 1 within it."""

    event_id: UUID
    contact_id: UUID
    seq: Annotated[int, Field(ge=1)]
    at: Moment


class CallerNumber(Said):
    """The caller's number as it came and as understood; `restricted` means withheld."""

    raw: Annotated[str, StringConstraints(max_length=64)] = ""
    e164: Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{1,14}$")] | None = None
    presentation: Literal["allowed", "restricted", "unknown"] = "unknown"


class ContactStarted(ContactEvent):
    """A contact began. `POST /v1/contacts` takes it and answers with the whole view.

    `source` and `interaction_id` are the telephone system's name and its own name for the conversation: an agent to
    whom it is transferred names the same. `customer_no`, `ivr_path` and `ivr_level` are what a voice menu found out.
    `waiting` is how many callers the telephone system said wait in that queue.
    """

    type: Literal["contact_started"] = "contact_started"
    channel: Literal["call"] = "call"
    direction: Literal["inbound", "outbound"] = "inbound"
    number: CallerNumber = CallerNumber()
    queue: Annotated[str, StringConstraints(max_length=64)] | None = None
    interaction_id: Annotated[str, StringConstraints(max_length=128)]
    customer_no: Annotated[str, StringConstraints(max_length=64)] | None = None
    language: Language = "de"
    waiting: Count | None = None
    source: Annotated[str, StringConstraints(max_length=64)] = ""
    ivr_path: Annotated[str, StringConstraints(max_length=128)] | None = None
    ivr_level: AuthLevel | None = None


class CallerAuthenticated(ContactEvent):
    """The agent settled who is calling. `POST /v1/contacts/{id}/caller` takes it too.

    `vouched_by` says why a caller is authenticated without enough items: a colleague or the voice menu had checked who
    it is, earlier in this call. The backend checks that and keeps what it finds itself, whatever it is told.
    """

    type: Literal["caller_authenticated"] = "caller_authenticated"
    customer_id: Annotated[str, StringConstraints(max_length=64)]
    level: AuthLevel
    items_passed: tuple[Code, ...] = ()
    items_failed: tuple[Code, ...] = ()
    vouched_by: Literal["colleague", "voice_menu"] | None = None


class SecurityItemFailed(ContactEvent):
    """The person on the line got a security item wrong; unless corrected, it cannot be passed in this contact."""

    type: Literal["security_item_failed"] = "security_item_failed"
    customer_id: Annotated[str, StringConstraints(max_length=64)]
    item: Code


class SecurityItemCorrected(ContactEvent):
    """The agent had noted a wrong answer by mistake: this contact's own note of it counts no more."""

    type: Literal["security_item_corrected"] = "security_item_corrected"
    customer_id: Annotated[str, StringConstraints(max_length=64)]
    item: Code


class SpeakerNamed(ContactEvent):
    """Somebody else speaks for the customer, or he does so himself again. `POST /v1/contacts/{id}/situation` takes it.

    With `unauthorised` the contact is masked as if nobody were authenticated; what `representative` may not do is
    `contract.codes.QuietReason.REPRESENTATIVE` and the consents'.
    """

    type: Literal["speaker_named"] = "speaker_named"
    customer_id: Annotated[str, StringConstraints(max_length=64)]
    speaker: Speaker


class CallFlagged(ContactEvent):
    """The agent noticed what holds sales back, or takes that back. `POST /v1/contacts/{id}/situation` takes it too."""

    type: Literal["call_flagged"] = "call_flagged"
    flag: CallFlag
    on: bool


class ConcernChosen(ContactEvent):
    """The agent named a concern, or a further one. `POST /v1/contacts/{id}/concern` takes it too."""

    type: Literal["concern_chosen"] = "concern_chosen"
    concern: Code


class ConcernSolved(ContactEvent):
    """The agent marked the concern solved or not. `POST /v1/contacts/{id}/concern` takes it too.

    With `follow_up` it is not solved, and somebody will see to it: `FollowUpPlanned` says when.
    """

    type: Literal["concern_solved"] = "concern_solved"
    concern: Code | None = None
    solved: bool
    follow_up: bool = False


class ActionsShown(ContactEvent):
    """The recommendations were painted, `painted_ms` after what asked for them: the call, or the agent's word on it.

    None where nobody waited for them, because the panel was put away when they came.
    """

    type: Literal["actions_shown"] = "actions_shown"
    decision_id: UUID
    action_ids: tuple[Code, ...]
    painted_ms: Count | None = None


class ActionAddressed(ContactEvent):
    """The agent raised an action with the customer."""

    type: Literal["action_addressed"] = "action_addressed"
    decision_id: UUID
    action_id: Code


class ObjectionRaised(ContactEvent):
    """The customer objected to an action."""

    type: Literal["objection_raised"] = "objection_raised"
    decision_id: UUID
    action_id: Code
    objection_id: Code


class ResponseRecorded(ContactEvent):
    """What became of an action; it counts from the moment of the click."""

    type: Literal["response_recorded"] = "response_recorded"
    decision_id: UUID | None = None
    action_id: Code | None = None
    code: ResponseCode
    note: ShortText = ""


class ResponseRetracted(ContactEvent):
    """The counter-entry that takes an earlier response back."""

    type: Literal["response_retracted"] = "response_retracted"
    retracts: UUID


class FollowUpPlanned(ContactEvent):
    """Something was promised for a day: for a concern, or for an action together with its response.

    `at_time` is the customer's local time, where he named one; `words` are his own.
    """

    type: Literal["follow_up_planned"] = "follow_up_planned"
    kind: FollowUpKind
    due: date
    at_time: time | None = None
    words: Annotated[str, StringConstraints(max_length=200)] = ""
    concern: Code | None = None
    decision_id: UUID | None = None
    action_id: Code | None = None


class FollowUpCancelled(ContactEvent):
    """The counter-entry that takes a promise back."""

    type: Literal["follow_up_cancelled"] = "follow_up_cancelled"
    cancels: UUID


class ConfirmationRequested(ContactEvent):
    """The customer is to get what he accepted in text form, with a link to confirm it."""

    type: Literal["confirmation_requested"] = "confirmation_requested"
    decision_id: UUID
    action_id: Code
    channel: Literal[ConsentChannel.EMAIL, ConsentChannel.SMS, ConsentChannel.POST]


class ConsentRecorded(ContactEvent):
    """What the customer said about one purpose and channel, with the wording it was asked with.

    `granted` and `refused` need `wording_id`, `wording_sha256` and `read_aloud_confirmed`.
    """

    type: Literal["consent_recorded"] = "consent_recorded"
    customer_id: Annotated[str, StringConstraints(max_length=64)]
    purpose: ConsentPurpose
    channel: ConsentChannel
    event: ConsentEventType
    wording_id: Annotated[str, StringConstraints(max_length=64)] | None = None
    wording_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    read_aloud_confirmed: bool = False
    customer_words: Annotated[str, StringConstraints(max_length=200)] = ""


class RecommendationQuestioned(ContactEvent):
    """The agent thinks a recommendation is wrong or out of date: it goes to the action's owner, who answers.

    `note` says more, and no name or number of the customer.
    """

    type: Literal["recommendation_questioned"] = "recommendation_questioned"
    decision_id: UUID
    action_id: Code
    reason: FeedbackReason
    note: Annotated[str, StringConstraints(max_length=200)] = ""


class CorrectionRequested(ContactEvent):
    """The customer says that something kept of him is wrong (Art. 16 GDPR); somebody has to look at it and answers.

    `words` are what is right, as he says it.
    """

    type: Literal["correction_requested"] = "correction_requested"
    customer_id: Annotated[str, StringConstraints(max_length=64)]
    field: DataField
    words: Annotated[str, StringConstraints(max_length=200)] = ""


class ErasureRequested(ContactEvent):
    """The customer wants what is kept of him to be erased (Art. 17 GDPR); somebody has to look at it and answers."""

    type: Literal["erasure_requested"] = "erasure_requested"
    customer_id: Annotated[str, StringConstraints(max_length=64)]
    words: Annotated[str, StringConstraints(max_length=200)] = ""


class ContactNoteWritten(ContactEvent):
    """The contact's one-line note; a later one replaces it."""

    type: Literal["contact_note_written"] = "contact_note_written"
    text: ShortText


class ContactEnded(ContactEvent):
    """The call is over, or goes on without the panel that had it (`panel_closed`).

    `duration_s` is from the answer to the end, of which the caller was on hold for `held_s`; `waited_s` is how long it
    rang for the agent before. None is what nobody knows: not every telephone system tells of holding, and older panels
    of neither.
    """

    type: Literal["contact_ended"] = "contact_ended"
    cause: Literal["normal", "missed", "elsewhere", "transferred", "failed", "panel_closed", "unknown"]
    duration_s: Count
    held_s: Count | None = None
    waited_s: Count | None = None


class WrapUpFinished(ContactEvent):
    """The agent is done with the call's wrap-up; `seconds` is his after-call work.

    It begins with the end of the call, and ends when he says so or answers the next call. A machine that sleeps does no
    work, and a wrap-up that closed by itself was worked on up to the last touch.
    """

    type: Literal["wrap_up_finished"] = "wrap_up_finished"
    seconds: Count


AnyEvent = Annotated[
    ContactStarted
    | CallerAuthenticated
    | SecurityItemFailed
    | SecurityItemCorrected
    | SpeakerNamed
    | CallFlagged
    | ConcernChosen
    | ConcernSolved
    | ActionsShown
    | ActionAddressed
    | ObjectionRaised
    | ResponseRecorded
    | ResponseRetracted
    | FollowUpPlanned
    | FollowUpCancelled
    | ConfirmationRequested
    | ConsentRecorded
    | RecommendationQuestioned
    | CorrectionRequested
    | ErasureRequested
    | ContactNoteWritten
    | ContactEnded
    | WrapUpFinished,
    Field(discriminator="type"),
]
EVENT_ADAPTER: TypeAdapter[AnyEvent] = TypeAdapter(AnyEvent)

MAX_BATCH = 100


class EventBatch(Said):
    """What the outbox sends: events of any number of contacts, in order within each."""

    events: Annotated[tuple[AnyEvent, ...], Field(min_length=1, max_length=MAX_BATCH)]


class EventVerdict(Answer):
    """What became of one event: only `accepted` and `duplicate` are receipts."""

    event_id: UUID
    verdict: Literal["accepted", "duplicate", "refused"]
    problem: Problem | None = None


class BatchVerdict(Answer):
    """One verdict for each event of the batch, in its order."""

    verdicts: tuple[EventVerdict, ...]
