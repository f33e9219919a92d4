"""Signing in to Genesys Cloud with the browser."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from urllib.parse import urlencode

from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings
from nba_desktop.adapters.cti.genesys.trouble import LineTrouble
from nba_desktop.adapters.sign_in.loopback import Loopback, code_challenge
from nba_desktop.adapters.sign_in.pages import SignInPages


def sign_in(
    settings: GenesysSourceSettings,
    open_browser: Callable[[str], None],
    stopped: threading.Event,
    limit_s: float,
    pages: SignInPages,
) -> tuple[str, str]:
    """Let the agent sign in in the browser; return the code it came back with and its verifier.

    Raises `LineTrouble` (`sign_in_needed`) when the answer is a refusal, when none comes in time, or none can because
    another program has the port; (`stopped`) when `stopped` is set.
    """
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    try:
        with Loopback(state, pages, settings.redirect_port) as loopback:
            open_browser(_address(settings, state, verifier))
            answer = loopback.answer(stopped, limit_s)
    except OSError:
        raise LineTrouble("sign_in_needed") from None
    if stopped.is_set():
        raise LineTrouble("stopped")
    code = answer.get("code") if answer is not None else None
    if not code:
        raise LineTrouble("sign_in_needed")
    return code, verifier


def _address(settings: GenesysSourceSettings, state: str, verifier: str) -> str:
    values = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": settings.redirect_uri,
        "state": state,
        "code_challenge": code_challenge(verifier),
        "code_challenge_method": "S256",
    }
    return f"{settings.login_url}/oauth/authorize?{urlencode(values)}"
