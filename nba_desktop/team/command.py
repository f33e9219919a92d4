"""`nba-desktop team` and `nba-desktop me`: the review, until its window is closed."""

from __future__ import annotations

import sys
from pathlib import Path

from nba_desktop import paths
from nba_desktop.adapters.settings import load_settings
from nba_desktop.app import PREFERENCES_FILE, new_application, settings_path
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import SettingsError
from nba_desktop.domain.preferences import Theme
from nba_desktop.runner import keep_messages_of_defects_back, quit_on_signals
from nba_desktop.team.review import Review, ReviewLaunch

_CANNOT_START = 1


def run(
    *,
    own: bool,
    settings_file: Path | None,
    data_dir: Path | None,
    url: str | None,
    token: str | None,
    language: Language | None,
    theme: Theme | None,
) -> int:
    """Run the review; 1 when the settings cannot be used, since they may name the site's backend."""
    keep_messages_of_defects_back()
    path = settings_path(settings_file)
    try:
        settings = load_settings(path)
    except SettingsError as error:
        print(f"nba-desktop: {error}", file=sys.stderr)
        return _CANNOT_START
    app = new_application()
    launch = ReviewLaunch(
        data_dir=data_dir or paths.data_dir(),
        settings=settings,
        preferences=path.with_name(PREFERENCES_FILE),
        own=own,
        url=url,
        token=token,
        language=language,
        theme=theme,
    )
    review = Review(launch, app)
    notifier = quit_on_signals(app)
    review.start()
    code = app.exec()
    review.stop()
    notifier.setEnabled(False)
    return code
