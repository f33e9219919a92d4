"""The agent's own sign-in in words: whether it is needed, what that means for him, and what went wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.signing_in import SignInState, SignInStatus

translate = QCoreApplication.translate


def sign_in_title(state: SignInState) -> str:
    """What is to be done, in a few words."""
    match state.status:
        case SignInStatus.WAITING:
            return translate("texts", "Go on in your browser")
        case SignInStatus.ENDED:
            return translate("texts", "Your sign-in has ended")
        case SignInStatus.LEAVING:
            return translate("texts", "You are being signed out")
        case _:
            return translate("texts", "Sign in")


def sign_in_sentence(state: SignInState) -> str:
    """What that means for the agent."""
    match state.status:
        case SignInStatus.WAITING:
            return translate("texts", "The sign-in page is open there. As soon as you have signed in, it goes on here.")
        case SignInStatus.ENDED:
            return translate(
                "texts", "What you enter is kept on this workstation and sent once you have signed in again."
            )
        case SignInStatus.LEAVING:
            return translate("texts", "What is still to be sent is being sent.")
        case _:
            return translate("texts", "You sign in in your browser. Until then no call appears here.")


def review_sign_in_sentence(state: SignInState) -> str:
    """What that means for whoever looks at figures."""
    if state.status in (SignInStatus.WAITING, SignInStatus.LEAVING):
        return sign_in_sentence(state) if state.status is SignInStatus.WAITING else ""
    return translate("texts", "You sign in in your browser. Until then no figures are shown.")


def sign_in_notice(state: SignInState) -> str:
    """The same beside a call, in one line."""
    if state.status is SignInStatus.WAITING:
        return translate("texts", "Go on in your browser to sign in. What you enter is kept here.")
    return translate("texts", "Your sign-in has ended. What you enter is kept here and sent once you have signed in.")


def sign_in_failure(code: FailureCode) -> str:
    """Why the last sign-in did not work, with the way out."""
    match code:
        case FailureCode.SIGN_IN_UNANSWERED:
            return translate("texts", "No answer came from the browser. Please sign in once more.")
        case FailureCode.SIGN_IN_REFUSED:
            return translate("texts", "The sign-in was refused. Please sign in once more, or ask your administrator.")
        case FailureCode.SIGN_IN_UNREACHABLE:
            return translate("texts", "The sign-in service does not answer. Please try again in a moment.")
        case FailureCode.SIGN_IN_CLOCK:
            return translate(
                "texts", "The clock of this workstation is wrong, so nobody can sign in. Please have it set."
            )
        case FailureCode.SIGN_IN_NO_BROWSER:
            return translate("texts", "No browser could be opened. Please inform your administrator.")
        case _:
            return translate(
                "texts", "The answer of the sign-in service cannot be trusted. Please inform your administrator."
            )


def left_words(count: int) -> str:
    """That something waits here for whoever was signed in before; empty when nothing does."""
    if not count:
        return ""
    if count == 1:
        return translate("texts", "One entry waits here. It is sent once its agent has signed in again.")
    words = translate("texts", "{count} entries wait here. They are sent once their agent has signed in again.")
    return words.format(count=count)


def signed_in_words(name: str) -> str:
    """Who is signed in."""
    if not name:
        return translate("texts", "Signed in")
    return translate("texts", "Signed in as {name}").format(name=name)
