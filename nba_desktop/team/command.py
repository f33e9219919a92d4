"""`nba-desktop team` and `nba-desktop me`: the review, until its window is closed."""

from __future__ import annotations

import sys
from pathlib import Path

from nba_desktop import paths
from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.policy import Policy
from nba_desktop.adapters.settings_loading import load_in_force, refuse_locked, start_options
from nba_desktop.adapters.token_lines import follow
from nba_desktop.app import PREFERENCES_FILE, new_application, settings_path
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import SecretsError, SettingLocked
from nba_desktop.domain.preferences import Theme
from nba_desktop.runner import keep_messages_of_defects_back, quit_on_signals
from nba_desktop.team.review import Review, ReviewLaunch

_CANNOT_START = 1
_USAGE_ERROR = 2


def run(
    *,
    own: bool,
    settings_file: Path | None,
    data_dir: Path | None,
    url: str | None,
    token: str | None,
    language: Language | None,
    theme: Theme | None,
    policy: Policy,
) -> int:
    """Run the review; with a `token`, each further line of standard input is the one that takes its place.

    1 when settings or policy cannot be used, since they may name the site's backend. 2 for an option that the policy
    does not leave open, and for what is no token.
    """
    keep_messages_of_defects_back()
    path, options = settings_path(settings_file), start_options(language, theme, url)
    try:
        refuse_locked(policy, options)
    except SettingLocked as locked:
        print(f"nba-desktop: {locked}", file=sys.stderr)
        return _USAGE_ERROR
    loaded = load_in_force(path, policy, options)
    if loaded.error is not None:
        print(f"nba-desktop: {loaded.error}", file=sys.stderr)
        return _CANNOT_START
    try:
        bearer_token = None if token is None else BearerToken(token)
    except SecretsError as error:
        print(f"nba-desktop: {error}", file=sys.stderr)
        return _USAGE_ERROR
    app = new_application()
    launch = ReviewLaunch(
        data_dir=data_dir or paths.data_dir(),
        settings=loaded.settings,
        in_force=loaded.in_force,
        preferences=path.with_name(PREFERENCES_FILE),
        own=own,
        url=url,
        token=bearer_token,
        language=language,
        theme=theme,
    )
    if bearer_token is not None:
        follow(bearer_token)
    review = Review(launch, app)
    notifier = quit_on_signals(app)
    review.start()
    code = app.exec()
    review.stop()
    notifier.setEnabled(False)
    return code
