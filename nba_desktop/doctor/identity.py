"""The identity provider as a sign-in finds it: is it there, the one that is meant, with keys, and at what time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from nba_desktop.adapters.network.routes import Routes
from nba_desktop.adapters.settings import SignInSettings
from nba_desktop.adapters.sign_in.provider import Provider
from nba_desktop.doctor.checks import Finding
from nba_desktop.domain.errors import FailureCode, SignInError

_TOLERANCE: Final = timedelta(seconds=60)
_WAYS_OUT: Final = {
    FailureCode.SIGN_IN_UNREACHABLE: "check sign_in.issuer, the network, the proxy and the firewall",
    FailureCode.SIGN_IN_UNTRUSTED: "write sign_in.issuer exactly as the provider’s discovery document names it",
}


def line_of_who_signs_in() -> Finding:
    """That nobody is signed in to the doctor, to try his line of calls."""
    says = "calls come from the backend, to whoever has signed in: the panel’s own sign says whether they do"
    return Finding("telephony", True, says)


def check_sign_in(
    settings: SignInSettings, routes: Routes | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Finding:
    """Ask the provider what a sign-in asks before anybody types anything; nobody is signed in by it."""
    provider = Provider(settings, routes, now)
    try:
        metadata = provider.metadata()
        provider.keys()
    except SignInError as error:
        way_out = _WAYS_OUT.get(error.code, "ask the provider’s administrator")
        return Finding("sign-in", False, f"{settings.issuer}: {error}", way_out)
    ahead = provider.ahead or timedelta()
    if abs(ahead) > _TOLERANCE:
        direction = "ahead of" if ahead > timedelta() else "behind"
        says = f"this machine’s clock is {abs(round(ahead.total_seconds()))} s {direction} that of {settings.issuer}"
        return Finding("sign-in", False, says, "let this machine take the time from the network: nobody can sign in")
    says = f"{settings.issuer} is there and has keys; who may sign in, only a sign-in shows"
    if not metadata.end_session_endpoint:
        return Finding("sign-in", True, says, "it cannot be signed out of: signing out ends the panel’s sign-in alone")
    return Finding("sign-in", True, says)
