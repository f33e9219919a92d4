"""What waits between calls: the due list and the answers, each in its states; and what is said against an action."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import DataField, FeedbackReason, FollowUpKind
from nba_desktop.contract.feedback import Feedback, OwnFeedback
from nba_desktop.contract.follow_up import FollowUp, FollowUps
from nba_desktop.contract.wish import Wish, WishKind
from nba_desktop.domain.answers import AnswersState
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.due_list import CalendarState, DueState
from nba_desktop.domain.entries import QuestionDraft, QuestionEntry, WishDraft, WishEntry
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import LinkState, PanelState
from nba_desktop.domain.receipts import Receipt
from tests.fakes.states.contacts import helmut_contact, panel
from tests.fakes.states.moments import ANSWERED, CONTACT, DECISION, NOW, said

LATE, NOW_DUE, TODAY, COMING = (UUID(int=number) for number in range(301, 305))
ANSWERED_ONE, OPEN_ONE, REFUSED_WISH = (UUID(int=number) for number in range(311, 314))


def follow_ups(language: Language) -> tuple[FollowUp, ...]:
    """One that is late, two of today, of which one's time has come, and one of the next days."""
    first = FollowUp(
        follow_up_id=LATE,
        contact_id=CONTACT,
        kind=FollowUpKind.CALLBACK,
        due=NOW.date() - timedelta(days=1),
        at_time=time(16, 30),
        words=said(language, "gestern nach der Arbeit", "yesterday after work"),
        action_id="RET_FIX12",
        title=said(language, "Preisgarantie 12 Monate", "Fixed price for 12 months"),
        caller=said(language, "Herr B.", "Mr B."),
        customer_no_masked="•••• 0815",
        planned_at=NOW - timedelta(days=4),
        late=True,
    )
    today = {"due": NOW.date(), "late": False}
    return (
        first,
        first.model_copy(update={**today, "follow_up_id": NOW_DUE, "at_time": time(10), "words": ""}),
        first.model_copy(
            update={
                **today,
                "follow_up_id": TODAY,
                "kind": FollowUpKind.CONCERN,
                "at_time": None,
                "words": "",
                "action_id": None,
                "title": "",
                "concern": "instalment",
                "caller": "",
                "customer_no_masked": "",
                "number": "+493512805504",
            }
        ),
        first.model_copy(
            update={
                "follow_up_id": COMING,
                "kind": FollowUpKind.SPECIALIST,
                "due": NOW.date() + timedelta(days=3),
                "at_time": None,
                "late": False,
            }
        ),
    )


def due_state(language: Language, **changes: object) -> DueState:
    """The list as it came, before anything of it was done."""
    listed = FollowUps(day=NOW.date(), until=NOW.date() + timedelta(days=7), follow_ups=follow_ups(language))
    state = DueState(open=True, status=BlockStatus.READY, listed=listed, reached=frozenset({NOW_DUE}))
    return replace(state, **changes)  # type: ignore[arg-type]


def feedback(language: Language) -> OwnFeedback:
    """One thing that was answered yesterday, one that was not."""
    answered = Feedback(
        feedback_id=ANSWERED_ONE,
        at=NOW - timedelta(days=3),
        action_id="RET_FIX12",
        title=said(language, "Preisgarantie 12 Monate", "Fixed price for 12 months"),
        reason=FeedbackReason.OUT_OF_DATE,
        note=said(language, "Der Preis im Leitfaden ist der vom Sommer.", "The price in the guide is last summer’s."),
        decision_id=DECISION,
        answered_at=NOW - timedelta(days=1),
        answer=said(
            language,
            "Danke. Der neue Preis steht seit heute früh im Leitfaden.",
            "Thank you. The new price has been in the guide since this morning.",
        ),
    )
    waiting = {"feedback_id": OPEN_ONE, "reason": FeedbackReason.WRONG, "note": "", "answered_at": None, "answer": ""}
    return OwnFeedback(
        days=90, feedback=(answered.model_copy(update={**waiting, "at": NOW}), answered), wishes=(_wish(language),)
    )


def _wish(language: Language) -> Wish:
    """A correction that was not carried out."""
    return Wish(
        wish_id=REFUSED_WISH,
        at=NOW - timedelta(days=4),
        kind=WishKind.CORRECTION,
        field=DataField.ADDRESS,
        words=said(language, "Lindenweg 14 statt 4", "14 Lindenweg, not 4"),
        caller="H. Brandt",
        customer_no_masked="K-10 •••",
        answered_at=NOW - timedelta(days=2),
        done=False,
        answer=said(language, "Bitte den Mietvertrag anfordern.", "Please ask for the lease."),
    )


def waiting_states(language: Language = "de") -> dict[str, PanelState]:
    """Each situation of the two lists and of the question, by name."""
    due, none = due_state(language), FollowUps(day=NOW.date(), until=NOW.date(), follow_ups=())
    done = ((LATE, Receipt.ACCEPTED), (NOW_DUE, Receipt.STORED), (TODAY, Receipt.REFUSED))
    answers = AnswersState(
        open=True, status=BlockStatus.READY, feedback=feedback(language), new=frozenset({ANSWERED_ONE})
    )
    lost = replace(panel(language), backend=LinkState("down", ANSWERED, FailureCode.OFFLINE))
    dues = {
        "due": due,
        "due_loading": DueState(open=True, status=BlockStatus.LOADING),
        "due_late": DueState(open=True, status=BlockStatus.SLOW),
        "due_failed": DueState(open=True, status=BlockStatus.FAILED, failure=FailureCode.SERVER_FAULT),
        "due_not_stored": replace(due, failure=FailureCode.DISK_FULL),
        "due_empty": DueState(open=True, status=BlockStatus.READY, listed=none),
        "due_saved": replace(due, calendar=CalendarState(BlockStatus.READY)),
        "due_not_saved": replace(due, calendar=CalendarState(BlockStatus.FAILED, FailureCode.DISK_UNWRITABLE)),
        "ready_none_due": DueState(status=BlockStatus.READY, listed=none),
        "ready_due_now": replace(due, open=False),
        "ready_late": replace(due, open=False, reached=frozenset()),
    }
    answered = {
        "answers": answers,
        "answers_loading": AnswersState(open=True, status=BlockStatus.LOADING),
        "answers_late": AnswersState(open=True, status=BlockStatus.SLOW),
        "answers_failed": AnswersState(open=True, status=BlockStatus.FAILED, failure=FailureCode.OFFLINE),
        "answers_empty": AnswersState(open=True, status=BlockStatus.READY, feedback=OwnFeedback(days=90, feedback=())),
        "ready_answered": replace(answers, open=False),
    }
    return {
        **{name: replace(panel(language), due=state) for name, state in dues.items()},
        "due_done": replace(lost, due=replace(due, done=done)),
        **{name: replace(panel(language), answers=state) for name, state in answered.items()},
        **_questions(language),
    }


def _questions(language: Language) -> dict[str, PanelState]:
    """The question what is wrong with an action or with the customer's data, and what was said."""
    helmut = helmut_contact(language)
    assert helmut.action_id is not None
    draft = QuestionDraft(helmut.action_id)
    said_so = QuestionEntry(UUID(int=321), helmut.action_id, FeedbackReason.OUT_OF_DATE, Receipt.SENT)
    contacts = {
        "questioning": replace(helmut, question=draft),
        "questioned": replace(helmut, question=draft, questions=(said_so,)),
        "question_refused": replace(helmut, question=draft, questions=(replace(said_so, receipt=Receipt.REFUSED),)),
    }
    recorded = (
        WishEntry(UUID(int=322), DataField.ADDRESS, Receipt.ACCEPTED),
        WishEntry(UUID(int=323), None, Receipt.REFUSED),
    )
    contacts |= {
        "wishing": replace(helmut, wish=WishDraft()),
        "wished": replace(helmut, wish=WishDraft(), wishes=recorded),
        "wishing_erasure": replace(helmut, wish=WishDraft("", erasing=True)),
    }
    return {name: panel(language, contact) for name, contact in contacts.items()}
