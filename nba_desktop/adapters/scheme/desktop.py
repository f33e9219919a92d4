"""Call URLs on Linux: a .desktop file, and the default in `mimeapps.list`.

As the Desktop Entry and MIME Applications specifications of freedesktop.org say.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from nba_desktop.adapters.files import write_atomically
from nba_desktop.adapters.scheme.state import REGISTER, SCHEME, SchemeState, not_registered
from nba_desktop.domain.errors import SettingsError

DESKTOP_FILE: Final = f"{SCHEME}-url-handler.desktop"

_MIME: Final = f"x-scheme-handler/{SCHEME}"
_DEFAULTS: Final = "[Default Applications]"
_LARGEST_FILE: Final = 1024 * 1024
_DATABASE_LIMIT_S: Final = 10.0


def desktop_entry(command: Sequence[str]) -> str:
    """The content of the .desktop file. Raises `SettingsError` for a program that such a file cannot name."""
    # GLib looks for the program before it reads `%%`; the specification forbids "=".
    if any(ord(sign) < 32 for part in command for sign in part) or any(sign in command[0] for sign in "=%"):
        raise SettingsError(repr(command[0]), "a .desktop file cannot start a program at this place: move it")
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=NBA Desktop",
            "Comment=Takes calls from telephone clients",
            "Comment[de]=Nimmt Anrufe von Telefonprogrammen entgegen",
            f"Exec={' '.join(_exec_argument(part) for part in command)} call -- %u",
            f"TryExec={_escaped(command[0])}",
            "Icon=nba-desktop",
            "Terminal=false",
            "NoDisplay=true",
            "StartupNotify=false",
            f"MimeType={_MIME};",
            "",
        )
    )


def register_desktop(command: Sequence[str], environ: Mapping[str, str]) -> None:
    """Write the .desktop file and make it the default, in the folders that `environ` names."""
    file = _data_home(environ) / "applications" / DESKTOP_FILE
    defaults = _config_home(environ) / "mimeapps.list"
    try:
        # Read first: a list that cannot be read must not leave half of a registration.
        listed = _read_list(defaults)
        write_atomically(file, desktop_entry(command).encode("utf-8", "surrogateescape"))
        _write_list(defaults, with_default(listed))
    except OSError as error:
        raise SettingsError(str(error.filename or file), f"cannot be written ({error.strerror})") from None
    _update_database(file.parent)


def unregister_desktop(environ: Mapping[str, str]) -> None:
    """Remove the .desktop file and its name from the user's defaults."""
    file = _data_home(environ) / "applications" / DESKTOP_FILE
    defaults = _config_home(environ) / "mimeapps.list"
    try:
        listed = _read_list(defaults)
        if (changed := without_default(listed)) != listed:
            _write_list(defaults, changed)
        file.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(str(error.filename or file), f"cannot be written ({error.strerror})") from None
    if file.parent.is_dir():
        _update_database(file.parent)


def desktop_state(environ: Mapping[str, str]) -> SchemeState:
    """Which .desktop file the desktop would take, and whether the program it names is there."""
    folders = [folder / "applications" for folder in (_data_home(environ), *_data_dirs(environ))]
    default = _default_handler(environ) or DESKTOP_FILE
    file = next((folder / default for folder in folders if (folder / default).is_file()), None)
    if file is None:
        return not_registered()
    try:
        lines = file.read_text("utf-8", "surrogateescape").splitlines()
    except OSError as error:
        return SchemeState(False, f"{file} cannot be read ({error.strerror})", f"run {REGISTER}")
    program = next((line.removeprefix("TryExec=") for line in lines if line.startswith("TryExec=")), "")
    if default != DESKTOP_FILE:
        return SchemeState(False, f"{default} opens {SCHEME}: addresses, not this program", f"run {REGISTER}")
    if shutil.which(_unescaped(program), path=environ.get("PATH")) is None:
        return SchemeState(False, f"{file} starts a program that is gone", f"run {REGISTER}")
    return SchemeState(True, f"{SCHEME}: addresses are opened with {_unescaped(program)}")


def with_default(listed: str) -> str:
    """A `mimeapps.list` in which this program opens call URLs; every other line stays as it is."""
    line = f"{_MIME}={DESKTOP_FILE};\n"
    lines = listed.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    heads = [at for at, text in enumerate(lines) if text.strip() == _DEFAULTS]
    if not heads:
        return "".join([*lines, *(["\n"] if lines else []), f"{_DEFAULTS}\n", line])
    first = heads[0] + 1
    end = next((at for at in range(first, len(lines)) if lines[at].lstrip().startswith("[")), len(lines))
    group = [text for text in lines[first:end] if _key(text) != _MIME]
    return "".join([*lines[:first], line, *group, *lines[end:]])


def without_default(listed: str) -> str:
    """A `mimeapps.list` that does not name this program for call URLs any more."""
    kept: list[str] = []
    for text in listed.splitlines(keepends=True):
        if _key(text) == _MIME:
            others = [one.strip() for one in text.partition("=")[2].split(";")]
            others = [one for one in others if one and one != DESKTOP_FILE]
            if others:
                kept.append(f"{_MIME}={';'.join(others)};\n")
        else:
            kept.append(text)
    return "".join(kept)


def _default_handler(environ: Mapping[str, str]) -> str | None:
    """The first default in the order in which desktops look for one; None when none is set."""
    desktops = [name.lower() for name in environ.get("XDG_CURRENT_DESKTOP", "").split(":") if name]
    names = [*(f"{name}-mimeapps.list" for name in desktops), "mimeapps.list"]
    config_dirs = (Path(part) for part in environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":") if part)
    folders = [_config_home(environ), *config_dirs]
    folders += [folder / "applications" for folder in (_data_home(environ), *_data_dirs(environ))]
    for folder in folders:
        for name in names:
            try:
                listed = _read_list(folder / name)
            except (OSError, SettingsError):
                # Desktops pass over a list that they cannot read, too.
                continue
            group = ""
            for text in listed.splitlines():
                if text.startswith("["):
                    group = text.strip()
                elif group == _DEFAULTS and _key(text) == _MIME:
                    first = text.partition("=")[2].split(";")[0].strip()
                    if first:
                        return first
    return None


def _key(text: str) -> str:
    return text.partition("=")[0].strip()


def _read_list(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        return ""
    if len(content) > _LARGEST_FILE:
        raise SettingsError(str(path), "larger than 1 MiB; move it away and register again")
    # What is not UTF-8 is somebody else's line, and is written back as it came.
    return content.decode("utf-8", "surrogateescape")


def _write_list(path: Path, content: str) -> None:
    # A list that is kept elsewhere and linked to stays a link.
    write_atomically(path.resolve(), content.encode("utf-8", "surrogateescape"))


def _update_database(folder: Path) -> None:
    """Tell desktops that keep a cache; those that have none see the file itself."""
    tool = shutil.which("update-desktop-database")
    if tool is None:
        return
    try:
        subprocess.run([tool, "-q", str(folder)], timeout=_DATABASE_LIMIT_S, check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise SettingsError(str(folder), f"update-desktop-database failed ({type(error).__name__})") from None


def _data_home(environ: Mapping[str, str]) -> Path:
    return _absolute(environ.get("XDG_DATA_HOME")) or _home(environ) / ".local" / "share"


def _config_home(environ: Mapping[str, str]) -> Path:
    return _absolute(environ.get("XDG_CONFIG_HOME")) or _home(environ) / ".config"


def _data_dirs(environ: Mapping[str, str]) -> list[Path]:
    dirs = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(part) for part in dirs.split(":") if part.startswith("/")]


def _absolute(path: str | None) -> Path | None:
    # The specification: a relative path counts as not set.
    return Path(path) if path and path.startswith("/") else None


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("HOME") or Path.home())


def _exec_argument(argument: str) -> str:
    """An argument of `Exec`: quoted where it must be, its field codes doubled, then escaped as any string."""
    if not argument or any(sign in " \t\n\"'\\><~|&;$*?#()`" for sign in argument):
        quoted = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in argument)
        argument = f'"{quoted}"'
    return _escaped(argument.replace("%", "%%"))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\")


def _unescaped(text: str) -> str:
    return text.replace("\\\\", "\\")
