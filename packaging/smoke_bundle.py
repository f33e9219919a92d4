"""Prove a bundle of the panel: it starts on a screen, takes a call and shows it with a site backend's answer.

The backend runs from source with the sample customers. The bundle gets its address as an argument and a token on
standard input, the call comes from a second start of the bundle, as a softphone would start it. The last line is JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import mmap
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from PyInstaller.archive.readers import CArchiveReader
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[1]
BACKEND_PACKAGES = (
    "nba_desktop.backend",
    *("alembic", "fastapi", "mako", "psycopg", "psycopg_binary", "sqlalchemy", "starlette", "uvicorn", "yaml"),
)
SAMPLE_NUMBER = "+493512805504"
LIMIT_S = 40.0
# A window with nothing in it has a handful of colours; the panel has text, icons and three cards.
LEAST_COLOURS = 100


@dataclass(frozen=True)
class Proof:
    bundle_mb: float
    files: int
    first_paint_ms: int | None
    call_shown: bool
    proxy_script_read: bool
    backend_modules_in_bundle: int


class SmokeError(Exception):
    """The bundle did not do what it must; the text says what."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path, help="the folder that was built")
    parser.add_argument("--keep-picture", type=Path, help="where to leave the picture of the shown call")
    options = parser.parse_args()
    program = options.bundle.resolve() / "nba-desktop"
    files = [path for path in options.bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    modules = backend_modules(program)
    with tempfile.TemporaryDirectory(prefix="nba-smoke-") as folder:
        try:
            first_paint_ms, picture = show_a_call(program, Path(folder))
        except SmokeError as error:
            print(f"smoke test: {error}", file=sys.stderr)
            first_paint_ms, picture = None, None
        ways = read_proxy_script(program, Path(folder))
        if picture and options.keep_picture:
            shutil.copy(picture, options.keep_picture)
    proof = Proof(
        bundle_mb=round(sum(path.stat().st_size for path in files) / 1e6, 1),
        files=len(files),
        first_paint_ms=first_paint_ms,
        call_shown=picture is not None,
        proxy_script_read=ways == ["http://p:3128", "DIRECT"],
        backend_modules_in_bundle=len(modules),
    )
    if modules:
        print(f"smoke test: the bundle carries {', '.join(modules)}", file=sys.stderr)
    print(json.dumps(asdict(proof)))
    return 0 if proof.call_shown and proof.proxy_script_read and not modules else 1


def backend_modules(program: Path) -> list[str]:
    """The modules of the backend and its packages that lie in the bundle: as Python code or as folders."""
    archive = CArchiveReader(str(program))
    embedded = [name for name in archive.toc if name.startswith("PYZ")]
    names = {name for entry in embedded for name in archive.open_embedded_archive(entry).toc}
    names |= {path.name for path in (program.parent / "_internal").iterdir()}
    return sorted(name for name in names if any(f"{name}.".startswith(f"{own}.") for own in BACKEND_PACKAGES))


def read_proxy_script(program: Path, folder: Path) -> list[str]:
    """The ways that the bundle's own interpreter of proxy scripts finds in one."""
    asked = {
        "url": "https://backend.test/",
        "host": "backend.test",
        "script": "function FindProxyForURL(url, host) { return 'PROXY p:3128; DIRECT' }",
        "limit_s": 5,
    }
    run = subprocess.run(
        [program, "find-proxy"], input=json.dumps(asked), env={"HOME": str(folder), "LANG": "C.UTF-8"},
        capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    if run.returncode:
        print(f"smoke test: find-proxy ended with {run.returncode}\n{run.stderr}", file=sys.stderr)
        return []
    ways: list[str] = json.loads(run.stdout)["ways"]
    return ways


def show_a_call(program: Path, folder: Path) -> tuple[int | None, Path]:
    """Milliseconds from start to the first painted pixel, and the picture of the panel with the caller's data."""
    environ = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }
    picture = folder / "call.png"
    with site_backend(folder / "site") as site, screen(environ, folder) as is_painted:
        if is_painted:
            # The files of a fresh build are not in memory yet; the second start is the one an agent knows.
            with panel(panel_command(program, site, folder / "first"), site[1], environ, folder / "first") as first:
                first.wait_for(is_painted, "nothing was painted")
            first.wait_for(lambda: not is_painted(), "the window stayed")
        started = time.monotonic()
        snapshot = panel_command(program, site, folder / "second", "--snapshot", str(picture))
        with panel(snapshot, site[1], environ, folder / "second") as second:
            first_paint_ms = None
            if is_painted:
                second.wait_for(is_painted, "nothing was painted")
                first_paint_ms = round((time.monotonic() - started) * 1000)
            second.wait_for(lambda: any(second.runtime.glob("*.sock")), "no other start could reach it")
            call = f"nba-desktop:call?number={quote(SAMPLE_NUMBER)}&id=smoke-1&state=answered"
            subprocess.run([program, "call", call], env=second.environ, check=True, timeout=LIMIT_S)
            second.wait_for(lambda: second.process.poll() is not None, "the call was not shown")
            if second.process.returncode:
                raise SmokeError(f"the call was not shown: exit code {second.process.returncode}\n{second.said()}")
    check_picture(picture)
    return first_paint_ms, picture


def check_picture(picture: Path) -> None:
    """Whether a call is on the picture. Raises `SmokeError`."""
    image = QImage(str(picture))
    colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    if len(colours) < LEAST_COLOURS:
        raise SmokeError(f"the picture of the call has only {len(colours)} colours")


def panel_command(program: Path, site: tuple[str, str], data: Path, *arguments: str) -> list[str]:
    """How the bundle's panel is started with a folder of its own."""
    start = [str(program), "panel", "--backend", site[0], "--token-stdin", "--data", str(data)]
    return [*start, "--language", "de", "--theme", "light", *arguments]


@dataclass(frozen=True)
class RunningPanel:
    process: subprocess.Popen[str]
    environ: dict[str, str]
    runtime: Path
    log: Path

    def wait_for(self, condition: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not condition():
            if time.monotonic() > deadline:
                raise SmokeError(f"{otherwise}\n{self.said()}")
            time.sleep(0.002)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@contextlib.contextmanager
def panel(command: Sequence[str], token: str, environ: Mapping[str, str], folder: Path) -> Iterator[RunningPanel]:
    """A panel that `command` starts, with a session of its own in `folder`, killed at the end."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = {**environ, "XDG_RUNTIME_DIR": str(runtime)}
    path = folder / "panel.log"
    with (
        path.open("w") as log,
        subprocess.Popen(command, env=own, stdin=subprocess.PIPE, stdout=log, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdin
            process.stdin.write(f"{token}\n")
            process.stdin.flush()
            yield RunningPanel(process, own, runtime, path)
        finally:
            process.kill()


@contextlib.contextmanager
def site_backend(data: Path) -> Iterator[tuple[str, str]]:
    """A site's backend from source: its address and an agent's token."""
    python = [sys.executable, "-m", "nba_desktop", "backend"]
    serve = [*python, "serve", "--data", str(data), "--samples", "--port", "0"]
    with subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as backend:
        try:
            assert backend.stdout
            hello = backend.stdout.readline()
            if not hello:
                raise SmokeError("the site backend did not start (above)")
            create = [*python, "token", "create", "--data", str(data), "--agent", "smoke", "--role", "agent"]
            token = subprocess.run(create, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
            yield json.loads(hello)["url"], token
        finally:
            backend.terminate()


@contextlib.contextmanager
def screen(environ: dict[str, str], folder: Path) -> Iterator[Callable[[], bool] | None]:
    """A virtual X11 screen for `environ`, and a function that tells whether anything was painted on it.

    Without Xvfb the panel paints offscreen, and nobody can see when.
    """
    if shutil.which("Xvfb") is None:
        environ["QT_QPA_PLATFORM"] = "offscreen"
        yield None
        return
    ours, servers = os.pipe()
    # Whoever runs the panel may use this screen: a package is tried as another user.
    command = ["Xvfb", "-displayfd", str(servers), "-screen", "0", "1280x1024x24", "-nocursor", "-nolisten", "tcp"]
    command += ["-ac", "-fbdir", str(folder)]
    with (
        subprocess.Popen(command, pass_fds=[servers], stderr=subprocess.DEVNULL) as server,
        os.fdopen(ours) as display,
    ):
        os.close(servers)
        try:
            environ |= {"DISPLAY": f":{display.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
            with (folder / "Xvfb_screen0").open("rb") as framebuffer:
                pixels = mmap.mmap(framebuffer.fileno(), 0, access=mmap.ACCESS_READ)
                empty = pixels[:]
                yield lambda: pixels[:] != empty
                pixels.close()
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
