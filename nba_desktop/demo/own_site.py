"""`nba-desktop demo --site`: a site that is a folder of files, set up by the commands that an integrator gives."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from nba_desktop.adapters.embedded_backend import EmbeddedBackend, RunningBackend, backend_command
from nba_desktop.demo.site import run_commands
from nba_desktop.demo.waiting import DemoError
from nba_desktop.paths import resource

_KINDS: Final = ("customers", "contracts", "numbers", "consents", "touchpoints")
_RELATIVE: Final = re.compile(r"@(in|ago) (\d{1,5})")
_CALLERS: Final = "demo.toml"


def site_folder(name: str) -> Path:
    """Return a site's folder: a path, or a name under `resources`. Raises `DemoError` where there is none."""
    for folder in (Path(name), resource(name)):
        if (folder / "catalogue").is_dir() and (folder / _CALLERS).is_file():
            return folder
    raise DemoError(f"there is no site {name}: a site is a folder with 'catalogue', 'data', 'mapping' and {_CALLERS}")


def callers_of(folder: Path) -> tuple[str, ...]:
    """Return whose calls are played. Raises `DemoError` for a file that names nobody."""
    file = folder / _CALLERS
    try:
        callers = tomllib.loads(file.read_text(encoding="utf-8")).get("callers")
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DemoError(f"{file.name} cannot be read: {error}") from None
    if not isinstance(callers, list) or not callers or not all(isinstance(one, str) for one in callers):
        raise DemoError(f'{file.name} names nobody: write callers = ["+49…"]')
    return tuple(callers)


class OwnSite:
    """A backend in `data` with the catalogue and the customers of a site's folder; ended by `stop`."""

    def __init__(self, folder: Path, data: Path) -> None:
        self._backend = EmbeddedBackend(backend_command(data, folder / "catalogue"))
        self.running: RunningBackend = self._backend.start()
        try:
            run_commands(data, _imports(folder, data / "files"))
        except DemoError:
            self.stop()
            raise

    def stop(self) -> None:
        """End the backend."""
        self._backend.stop()


def of_today(text: str, today: date) -> str:
    """Return a file with `@ago 30` and `@in 30` as the days they are today: a demonstration is always fresh."""

    def day(found: re.Match[str]) -> str:
        days = timedelta(days=int(found[2]))
        return (today + days if found[1] == "in" else today - days).isoformat()

    return _RELATIVE.sub(day, text)


def _imports(folder: Path, written: Path) -> list[list[str]]:
    """Write the site's files as of today and return the commands that take them in."""
    written.mkdir()
    commands = []
    for kind in _KINDS:
        file = folder / "data" / f"{kind}.csv"
        try:
            text = of_today(file.read_text(encoding="utf-8"), datetime.now().astimezone().date())
        except OSError as error:
            raise DemoError(f"{file.name} cannot be read ({error.strerror})") from None
        (written / file.name).write_text(text, encoding="utf-8")
        mapping = folder / "mapping" / f"{kind}.yaml"
        commands.append(["import", kind, str(written / file.name), "--mapping", str(mapping)])
    return commands
