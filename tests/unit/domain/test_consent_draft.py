"""What the consent drawer needs before its answers may be recorded."""

from __future__ import annotations

import pytest

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose
from nba_desktop.contract.consent import ConsentWording
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft, wording_for

ADV, USAGE, RESEARCH = ConsentPurpose.ADV_OWN, ConsentPurpose.PROFILE_USAGE, ConsentPurpose.RESEARCH
PHONE, EMAIL, ANY = ConsentChannel.PHONE, ConsentChannel.EMAIL, ConsentChannel.ANY
YES, NO, NOT_ASKED = ConsentAnswer.YES, ConsentAnswer.NO, ConsentAnswer.NOT_ASKED


def wording(
    purpose: ConsentPurpose, channels: tuple[ConsentChannel, ...], sha: str, version: int = 1
) -> ConsentWording:
    return ConsentWording(
        wording_id=purpose.value,
        purpose=purpose,
        channels=channels,
        language="de",
        text=f"{purpose.value} {version}?",
        text_sha256=sha * 64,
        version=version,
    )


WORDINGS = (wording(ADV, (PHONE, EMAIL), "a"), wording(USAGE, (ANY,), "b"))


@pytest.mark.parametrize(
    ("answers", "read", "unread", "may_save"),
    [
        ((), "", (), False),
        ((), "ab", (), False),
        (((ADV, PHONE, YES),), "", (ADV,), False),
        (((ADV, PHONE, YES), (ADV, EMAIL, NO)), "", (ADV,), False),
        (((ADV, PHONE, YES),), "b", (ADV,), False),
        (((ADV, PHONE, YES), (USAGE, ANY, NO)), "a", (USAGE,), False),
        (((ADV, PHONE, YES), (USAGE, ANY, NO)), "ab", (), True),
        (((ADV, PHONE, NOT_ASKED), (USAGE, ANY, NOT_ASKED)), "", (), True),
        (((ADV, PHONE, NOT_ASKED), (USAGE, ANY, YES)), "b", (), True),
        (((RESEARCH, PHONE, YES),), "ab", (RESEARCH,), False),
    ],
)
def test_each_answer_needs_its_own_wording_read_aloud(
    answers: tuple[tuple[ConsentPurpose, ConsentChannel, ConsentAnswer], ...],
    read: str,
    unread: tuple[ConsentPurpose, ...],
    may_save: bool,
) -> None:
    draft = ConsentDraft(answers=answers, read_aloud=frozenset(sha * 64 for sha in read))
    assert draft.unread(WORDINGS) == unread
    assert draft.may_save(WORDINGS) is may_save


def test_a_new_version_must_be_read_aloud_anew() -> None:
    draft = ConsentDraft(answers=((ADV, PHONE, YES),), read_aloud=frozenset({"a" * 64}))
    assert draft.may_save(WORDINGS)
    assert not draft.may_save((wording(ADV, (PHONE,), "c", version=2),))


def test_a_wording_is_found_by_purpose_and_channel() -> None:
    assert wording_for(WORDINGS, ADV, EMAIL) is WORDINGS[0]
    assert wording_for(WORDINGS, USAGE, ANY) is WORDINGS[1]
    assert wording_for(WORDINGS, USAGE, PHONE) is None
