"""Try the packages in a minimal Debian: `deb_test.py ROOT`, called by deb_test.sh in a mount namespace of its own.

The backend's package serves the panel's, both inside the root; the screen is this machine's. The last line is JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

from smoke_bundle import LIMIT_S, SAMPLE_NUMBER, RunningPanel, SmokeError, check_picture, panel, screen

ROOT = Path(__file__).resolve().parents[1]
ARCHIVES = ROOT / "build" / "debootstrap" / "archives"
# By its place: the agent's environment, in which it is started, has no folder for it.
CHROOT = "/usr/sbin/chroot"
AGENT = "agent"
AGENT_ID = 1000
# Nobody listens there: the discard port of this machine.
NOBODY = "http://127.0.0.1:9"
CALLS = 12
DRAIN_S = 4
DATABASE = "/var/lib/nba-desktop-backend"


@dataclass
class Proof:
    """What was tried, in its order; a step that fails ends the run with an error, so these are true or missing."""

    installed: bool = False
    version: str = ""
    packages_installed: int = 0
    scheme_registered: bool = False
    off_by_default: bool = False
    call_shown: bool = False
    events_offline: int = 0
    events_after_upgrade: int = 0
    events_drained: int = 0
    policy_in_force: bool = False
    removed_keeps_data: bool = False
    purged: bool = False
    backend_purge_keeps_database: bool = False
    seconds: dict[str, float] = field(default_factory=dict)


class Debian:
    """The minimal Debian in `root`; `shared` is a folder that both sides call by one name."""

    def __init__(self, root: Path, shared: Path) -> None:
        self.root = root
        self.shared = shared
        self.home = root / "home" / AGENT

    def mount(self) -> None:
        """What a running system has; it goes with the mount namespace."""
        (ARCHIVES / "partial").mkdir(parents=True, exist_ok=True)
        for source, target, *options in (
            ("proc", "proc", "-t", "proc"),
            ("/dev", "dev", "--rbind"),
            (str(self.shared), str(self.shared).lstrip("/"), "--bind"),
            # What was downloaded once is not downloaded again.
            (str(ARCHIVES), "var/cache/apt/archives", "--bind"),
        ):
            (self.root / target).mkdir(parents=True, exist_ok=True)
            subprocess.run(["mount", *options, source, str(self.root / target)], check=True)
        shutil.copy("/etc/resolv.conf", self.root / "etc" / "resolv.conf")
        # Nothing is started here: there is no service manager.
        policy = self.root / "usr" / "sbin" / "policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)

    def command(self, *words: str, user: str = "root") -> list[str]:
        """How to run something inside."""
        return [CHROOT, f"--userspec={user}:{user}", str(self.root), *words]

    def run(self, *words: str, user: str = "root", environ: dict[str, str] | None = None) -> str:
        """Run something inside and return what it prints."""
        own = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", **(environ or {})}
        own["DEBIAN_FRONTEND"] = "noninteractive"
        done = subprocess.run(self.command(*words, user=user), env=own, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SmokeError(
                f"{' '.join(words)}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
            )
        return done.stdout

    def apt(self, *words: str) -> str:
        """Install or remove, as an administrator does."""
        return self.run("apt-get", "-q", "-y", "--no-install-recommends", *words)

    def install(self, deb: Path) -> None:
        """Install a package of this machine with what it depends on."""
        here = self.shared / deb.name
        if here != deb:
            shutil.copy(deb, here)
        # apt reads it as a user without rights.
        here.chmod(0o644)
        self.apt("install", str(here))

    @property
    def packages(self) -> int:
        """How many packages are installed."""
        return len(self.run("dpkg-query", "-W").splitlines())

    @property
    def outbox(self) -> Path:
        """The agent's outbox, from outside."""
        return self.home / ".local" / "share" / "nba-desktop" / "outbox.sqlite3"

    def events(self, state: str) -> int:
        """How many events of the outbox are in a state, while no panel has it open."""
        with contextlib.closing(sqlite3.connect(f"file:{self.outbox}?mode=ro", uri=True)) as outbox:
            found: int = outbox.execute("SELECT count(*) FROM entry WHERE state = ?", (state,)).fetchone()[0]
        return found


def main(root: Path) -> int:
    """Try everything and print the proof."""
    proof = Proof()
    # One name inside and outside: sockets, pictures and packages are named to both sides.
    name = Path("/tmp") / f"nba-deb-test-{os.getpid()}"
    name.mkdir(mode=0o711)
    debian = Debian(root, name)
    try:
        debian.mount()
        for step in (install, show_a_call, fill_the_outbox, upgrade, drain, obey_the_policy, remove, purge):
            started = time.monotonic()
            step(debian, proof)
            proof.seconds[step.__name__] = round(time.monotonic() - started, 1)
            print(f"{step.__name__}: ok, {proof.seconds[step.__name__]} s", flush=True)
    except SmokeError as error:
        print(f"deb test: {error}", file=sys.stderr)
        print(json.dumps(asdict(proof)))
        return 1
    finally:
        shutil.rmtree(name, ignore_errors=True)
    print(json.dumps(asdict(proof)))
    return 0


def built(package: str) -> Path:
    """The package that was built last."""
    found = sorted((ROOT / "dist").glob(f"{package}_*_amd64.deb"), key=lambda one: one.stat().st_mtime)
    if not found:
        raise SmokeError(
            f"dist/ has no {package}: run `make package`, or packaging/deb.sh and packaging/backend_deb.sh"
        )
    return found[-1]


def install(debian: Debian, proof: Proof) -> None:
    """From nothing, with what the packages depend on and nothing that they recommend."""
    debian.run("apt-get", "-q", "update")
    before = debian.packages
    debian.install(built("nba-desktop"))
    proof.packages_installed = debian.packages - before
    proof.version = debian.run("nba-desktop", "--version").strip()
    debian.install(built("nba-desktop-backend"))
    debian.run("useradd", "--create-home", "--uid", str(AGENT_ID), AGENT)
    proof.scheme_registered = "are opened with nba-desktop" in agent(debian, "scheme", "check")
    wants = [*debian.root.glob("etc/systemd/*/*.wants/nba-desktop*")]
    proof.off_by_default = not wants
    if wants:
        raise SmokeError(f"{wants[0]} starts something that nobody has enabled")
    for file in (debian.root / "usr/share/applications").glob("nba-desktop*.desktop"):
        said = subprocess.run(["desktop-file-validate", str(file)], capture_output=True, text=True, check=False)
        if said.returncode or said.stdout:
            raise SmokeError(said.stdout)
    proof.installed = True


def show_a_call(debian: Debian, proof: Proof) -> None:
    """On a screen, with the backend's package: a call comes by another start, and its picture has the customer."""
    with backend(debian) as site, open_screen(debian) as environ:
        picture = session(debian) / "call.png"
        words = panel_words(site[0], "--snapshot", str(picture))
        with running(debian, words, site[1], environ) as shown:
            call(debian, shown, "answered", 0, number=SAMPLE_NUMBER)
            shown.wait_for(lambda: shown.process.poll() is not None, "the call was not shown")
            if shown.process.returncode:
                raise SmokeError(f"the call was not shown: exit code {shown.process.returncode}\n{shown.said()}")
        check_picture(picture)
    proof.call_shown = True
    shutil.copy(picture, ROOT / "build" / "deb-test.png")


def fill_the_outbox(debian: Debian, proof: Proof) -> None:
    """A day without a backend: what is recorded stays on the disk."""
    with open_screen(debian) as environ, running(debian, panel_words(NOBODY), "no-token", environ) as alone:
        for at in range(CALLS):
            call(debian, alone, "answered", at)
            call(debian, alone, "ended", at)
        alone.process.terminate()
        alone.wait_for(lambda: alone.process.poll() is not None, "it did not end")
    proof.events_offline = debian.events("pending")
    if proof.events_offline < CALLS:
        raise SmokeError(f"only {proof.events_offline} events of {CALLS} calls are in the outbox")


def upgrade(debian: Debian, proof: Proof) -> None:
    """To the same program under the next version, while the outbox is full."""
    higher = next_version(built("nba-desktop"), debian.shared)
    debian.install(higher)
    proof.events_after_upgrade = debian.events("pending")
    if proof.events_after_upgrade != proof.events_offline:
        raise SmokeError(f"{proof.events_offline} events before the upgrade, {proof.events_after_upgrade} after it")


def drain(debian: Debian, proof: Proof) -> None:
    """The new version finds a backend and sends what the old one kept."""
    accepted = debian.events("accepted")
    with backend(debian) as site, open_screen(debian) as environ:
        deadline = time.monotonic() + LIMIT_S
        # Nobody else can look into the outbox while a panel has it: each turn gives one time to connect and send.
        while debian.events("pending") and time.monotonic() < deadline:
            with running(debian, panel_words(site[0]), site[1], environ) as panel_:
                panel_.wait_for(lambda: any(panel_.runtime.glob("*.sock")), "it did not start")
                time.sleep(DRAIN_S)
                panel_.process.terminate()
                panel_.wait_for(lambda: panel_.process.poll() is not None, "it did not end")
    if left := debian.events("pending") + debian.events("parked"):
        raise SmokeError(f"{left} events were not received by the backend")
    proof.events_drained = debian.events("accepted") - accepted


def obey_the_policy(debian: Debian, proof: Proof) -> None:
    """What the administrator has laid down is in force for the agent, and is shown to come from there."""
    policy = debian.root / "etc/xdg/nba-desktop/policy.json"
    policy.write_text(json.dumps({"backend": {"mode": "site", "url": "https://nba.example.com"}}))
    said = agent(debian, "settings")
    if "https://nba.example.com" not in said or "policy" not in said:
        raise SmokeError(f"the policy is not in force:\n{said}")
    policy.unlink()
    proof.policy_in_force = True


def remove(debian: Debian, proof: Proof) -> None:
    """The program goes, what the agent recorded stays."""
    before = debian.outbox.read_bytes()
    debian.run("ln", "-s", "/usr/lib/systemd/user/nba-desktop.service", enabled(debian)[1])
    debian.apt("remove", "nba-desktop", "nba-desktop-backend")
    if (debian.root / "usr/lib/nba-desktop").exists() or (debian.root / "usr/lib/nba-desktop-backend").exists():
        raise SmokeError("removed packages leave files below /usr/lib")
    if debian.outbox.read_bytes() != before:
        raise SmokeError("the removal changed the outbox")
    proof.removed_keeps_data = True


def purge(debian: Debian, proof: Proof) -> None:
    """Nothing is left below /etc; homes and the database of the site are."""
    debian.apt("purge", "nba-desktop", "nba-desktop-backend")
    left = [*(debian.root / "etc").rglob("*nba-desktop*")]
    left = [one for one in left if one.name not in {"passwd", "group"}]
    if left:
        raise SmokeError(f"purge leaves {', '.join(str(one.relative_to(debian.root)) for one in left)}")
    if not debian.outbox.is_file():
        raise SmokeError("purge took the outbox from the agent's home")
    proof.purged = True
    if not (debian.root / DATABASE.lstrip("/") / "backend.sqlite3").is_file():
        raise SmokeError("purge took the site's database")
    proof.backend_purge_keeps_database = True


# ---- running things inside


def agent(debian: Debian, *words: str) -> str:
    """One of the panel's commands as the agent gives it."""
    return debian.run("nba-desktop", *words, user=AGENT, environ={"HOME": f"/home/{AGENT}"})


def enabled(debian: Debian) -> tuple[Path, str]:
    """Where `systemctl --user --global enable` links the unit: outside, and inside."""
    inside = "/etc/systemd/user/graphical-session.target.wants/nba-desktop.service"
    outside = debian.root / inside.lstrip("/")
    outside.parent.mkdir(parents=True, exist_ok=True)
    return outside, inside


def session(debian: Debian) -> Path:
    """A new folder of the agent's that both sides see."""
    folder = debian.shared / f"session-{time.monotonic_ns()}"
    folder.mkdir(mode=0o700)
    os.chown(folder, AGENT_ID, AGENT_ID)
    return folder


def panel_words(url: str, *more: str) -> list[str]:
    """The panel's command line with a backend."""
    return ["nba-desktop", "panel", "--backend", url, "--token-stdin", "--language", "de", *more]


@contextlib.contextmanager
def open_screen(debian: Debian) -> Iterator[dict[str, str]]:
    """The agent's environment with a screen of this machine."""
    environ = {
        "HOME": f"/home/{AGENT}",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }
    folder = debian.shared / f"screen-{time.monotonic_ns()}"
    folder.mkdir()
    with screen(environ, folder):
        yield environ


@contextlib.contextmanager
def running(debian: Debian, words: Sequence[str], token: str, environ: dict[str, str]) -> Iterator[RunningPanel]:
    """A panel of the agent's."""
    folder = session(debian)
    (folder / "runtime").mkdir(mode=0o700)
    os.chown(folder / "runtime", AGENT_ID, AGENT_ID)
    with panel(debian.command(*words, user=AGENT), token, environ, folder) as started:
        yield started


def call(debian: Debian, shown: RunningPanel, state: str, at: int, number: str = "") -> None:
    """A telephone client starts the program beside the running panel."""
    shown.wait_for(lambda: any(shown.runtime.glob("*.sock")), "no other start could reach it")
    number = number or f"+4935128055{at:02}"
    url = f"nba-desktop:call?number={quote(number)}&id=test-{at}&state={state}"
    words = debian.command("nba-desktop", "call", url, user=AGENT)
    subprocess.run(words, env=shown.environ, check=True, timeout=LIMIT_S)


@contextlib.contextmanager
def backend(debian: Debian) -> Iterator[tuple[str, str]]:
    """The backend's package as its service runs it: its address, and an agent's token."""
    environ = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    serve = debian.command("nba-desktop-backend", "serve", "--data", DATABASE, "--samples", "--port", "0")
    with subprocess.Popen(serve, env=environ, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            hello = process.stdout.readline()
            if not hello:
                raise SmokeError("the backend did not start (above)")
            create = ("nba-desktop-backend", "token", "create", "--data", DATABASE, "--agent", AGENT, "--role", "agent")
            yield json.loads(hello)["url"], debian.run(*create).strip()
        finally:
            process.terminate()


def next_version(deb: Path, folder: Path) -> Path:
    """The same package with a higher version, lightly packed."""
    tree = folder / "next"
    subprocess.run(["dpkg-deb", "--raw-extract", str(deb), str(tree)], check=True)
    control = tree / "DEBIAN" / "control"
    lines = control.read_text(encoding="utf-8").splitlines(keepends=True)
    control.write_text("".join(f"{one.rstrip()}+next\n" if one.startswith("Version:") else one for one in lines))
    higher = folder / "nba-desktop_next_amd64.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(tree), str(higher)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(tree)
    return higher


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
