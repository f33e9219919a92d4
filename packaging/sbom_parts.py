"""What a release is made of: the locked packages, and the native libraries that lie in a bundle beside them."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from license_expression import get_spdx_licensing
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PyInstaller.archive.readers import CArchiveReader

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "packaging" / "notices"
# What begins a program or library of Linux, Windows and macOS (64 bit; several architectures in one).
MAGIC = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
LICENCE_FILE = re.compile(r"(?i)^(licen[cs]e|copying|notice|authors)")


class PartsError(Exception):
    """Something of the release is not known well enough to be published; the text names it."""


@dataclass(frozen=True)
class Locked:
    """One package of a lock file; `needed_by` are the packages that asked for it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]
    wanted_here: bool


@dataclass(frozen=True)
class Native:
    """One library and the files of the bundle that are of it; `package` is the Debian package they were taken from."""

    name: str
    licence: str
    version: str | None
    text: str | None
    package: str | None
    hashes: Mapping[str, str]


def locked(path: Path) -> tuple[Locked, ...]:
    """The packages of a lock file, in its order."""
    text = path.read_text(encoding="utf-8")
    environment = {key: str(value) for key, value in default_environment().items()}
    found = []
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE):
        if not block.strip():
            continue
        requirement = Requirement(block.splitlines()[0].removesuffix("\\").strip())
        (pinned,) = requirement.specifier
        _, _, via = block.partition("# via")
        found.append(
            Locked(
                str(canonicalize_name(requirement.name)),
                pinned.version,
                tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block)),
                tuple(re.findall(r"^[ #]*([a-z0-9][\w.-]*)", via, flags=re.MULTILINE)),
                requirement.marker is None or requirement.marker.evaluate(environment),
            )
        )
    return tuple(found)


def distributions(folder: Path | None = None) -> dict[str, importlib.metadata.Distribution]:
    """What is installed in the folder, or where this Python looks, by normal name."""
    places = sys.path if folder is None else [str(folder)]
    # Not `distributions()`: a backport of it, where some package has loaded one, answers otherwise.
    finder, context = importlib.metadata.MetadataPathFinder, importlib.metadata.DistributionFinder.Context(path=places)
    found = finder.find_distributions(context)
    # Where a package is there twice, the first one is the one that is imported.
    return {str(canonicalize_name(one.metadata["Name"])): one for one in reversed(list(found))}


@dataclass(frozen=True)
class Facts:
    """The facts written down by hand, of packaging/sbom.toml."""

    table: Mapping[str, Any]

    @cached_property
    def spdx(self) -> Any:
        """What tells an SPDX expression from other words; slow to make."""
        return get_spdx_licensing()

    def licence_of(self, name: str, installed: importlib.metadata.Distribution | None) -> str:
        """The package's licence as an SPDX expression. Raises `PartsError` for a licence that nobody can name."""
        by_hand = self.table["licences"].get(name)
        if by_hand is not None:
            return str(by_hand)
        said: list[str] = []
        if installed is not None:
            metadata = installed.metadata
            classifiers = metadata.get_all("Classifier") or []
            said = [str(metadata[key]) for key in ("License-Expression", "License") if metadata[key]]
            said += [str(self.table["classifiers"][one]) for one in classifiers if one in self.table["classifiers"]]
        for expression in said:
            # Some put the whole text of their licence there.
            if re.fullmatch(r"[\w.+() -]+", expression) and not self.spdx.validate(expression).errors:
                return expression
        raise PartsError(f"the licence of {name} is not known: name it in packaging/sbom.toml, under [licences]")

    def inside_of(self, package: str) -> list[Mapping[str, str]]:
        """What is compiled into a package, as far as its wheel does not say so itself."""
        return [dict(entry) for entry in self.table["inside-package"] if entry["package"] == package]

    def native_of(self, file: str) -> Mapping[str, Any] | None:
        """The entry of the library that this file of a bundle is of; None if there is none."""
        for entry in self.table["native"]:
            if any(_fits(file.lower(), pattern.lower()) for pattern in entry["files"]):
                return dict(entry)
        return None


def facts() -> Facts:
    """The facts as they are written down."""
    return Facts(tomllib.loads((ROOT / "packaging" / "sbom.toml").read_text(encoding="utf-8")))


def modules_in(folder: Path) -> Iterator[str]:
    """The Python modules that a bundle's program carries. Raises `PartsError` for what is no bundle."""
    program = next((path for path in folder.glob("nba-desktop*") if path.suffix in ("", ".exe")), None)
    if program is None:
        raise PartsError(f"{folder} is no bundle: build it first")
    archive = CArchiveReader(str(program))
    for entry in archive.toc:
        if entry.startswith("PYZ"):
            yield from archive.open_embedded_archive(entry).toc


@dataclass(frozen=True)
class Bundle:
    """The panel as PyInstaller built it."""

    folder: Path
    installed: Mapping[str, importlib.metadata.Distribution] = field(default_factory=distributions)
    read: Callable[[Path], Iterable[str]] = modules_in

    @cached_property
    def inside(self) -> Path:
        """Where everything but the program itself lies."""
        return self.folder / "_internal"

    @cached_property
    def binaries(self) -> tuple[str, ...]:
        """The programs and libraries by their places in the bundle; links to others are left out."""
        files = (path for path in self.inside.rglob("*") if path.is_file() and not path.is_symlink())
        return tuple(sorted(path.relative_to(self.inside).as_posix() for path in files if _is_binary(path)))

    @cached_property
    def modules(self) -> frozenset[str]:
        """The Python modules in it, as the files they may have come from: `requests/api.py`."""
        names = [name.replace(".", "/") for name in self.read(self.folder)]
        return frozenset(f"{name}{end}" for name in names for end in (".py", "/__init__.py"))

    def packages(self) -> frozenset[str]:
        """The names of the packages that something of lies in the bundle."""
        there = self.modules | set(self.binaries)
        return frozenset(name for name, one in self.installed.items() if not there.isdisjoint(_files_of(one)))

    def natives(self, known: Facts) -> tuple[Native, ...]:
        """The libraries that belong to no package, or to nobody who says so. Raises `PartsError` for unknown ones."""
        of_packages = {file for one in self.installed.values() for file in _files_of(one)}
        by_name: dict[str, list[str]] = {}
        entries: dict[str, Mapping[str, Any]] = {}
        unknown = []
        for file in self.binaries:
            entry = known.native_of(file)
            if entry is not None:
                entries[entry["name"]] = entry
                by_name.setdefault(entry["name"], []).append(file)
            elif file not in of_packages:
                unknown.append(file)
        if unknown:
            raise PartsError(f"not known in packaging/sbom.toml, under [[native]]: {', '.join(unknown)}")
        hosts = _host_packages({Path(file).name for name, files in by_name.items() for file in files})
        return tuple(
            native
            for name, files in sorted(by_name.items())
            for native in self._natives_of(entries[name], files, hosts)
        )

    def _natives_of(
        self, entry: Mapping[str, Any], files: list[str], hosts: Mapping[str, tuple[str, str]]
    ) -> Iterator[Native]:
        """One for each Debian package that the files are from, else one for all of them."""
        asked = entry.get("version", "host")
        by_host: dict[tuple[str, str] | None, list[str]] = {}
        for file in files:
            # Qt's and Python's own are never the system's, even where that has files of the same name.
            host = None if asked in ("qt", "python", "file") else hosts.get(Path(file).name)
            by_host.setdefault(host, []).append(file)
        for host, own in sorted(by_host.items(), key=lambda pair: pair[0] or ("", "")):
            if host is None and asked == "host":
                raise PartsError(f"no Debian package has {', '.join(own)}; nobody knows its version and licence text")
            yield Native(
                entry["name"],
                entry["licence"],
                host[1] if host else _version(asked, own[0], self.installed),
                None if host else entry.get("text"),
                host[0] if host else None,
                {file: hashlib.sha256((self.inside / file).read_bytes()).hexdigest() for file in own},
            )


def licence_texts(installed: importlib.metadata.Distribution) -> Iterator[str]:
    """The licence files of a package, as its wheel brought them."""
    for file in sorted(installed.files or (), key=str):
        path = Path(str(file.locate()))
        is_licence = LICENCE_FILE.match(file.name) or "licenses" in file.parts
        # Some list the folder itself, too.
        if ".dist-info" in file.parts[0] and is_licence and path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")


def wheels_own_bills(installed: importlib.metadata.Distribution) -> Iterator[dict[str, Any]]:
    """What the package says is compiled into it: the CycloneDX files of its wheel (PEP 770)."""
    name = str(canonicalize_name(installed.metadata["Name"]))
    for folder in sorted(Path(str(installed.locate_file(""))).glob("*.dist-info")):
        if canonicalize_name(folder.name.removesuffix(".dist-info").rpartition("-")[0]) == name:
            for file in sorted(folder.glob("sboms/*.json")):
                bill = json.loads(file.read_text(encoding="utf-8"))
                if bill.get("bomFormat") == "CycloneDX":
                    yield bill


def wheels_own_libraries(installed: importlib.metadata.Distribution) -> list[Path]:
    """The libraries of others that the wheel's builder put into a folder beside the package."""
    name = str(canonicalize_name(installed.metadata["Name"])).replace("-", "_")
    return sorted(path for path in Path(str(installed.locate_file(f"{name}.libs"))).glob("*") if path.is_file())


def python_licence() -> str:
    """The licence of the Python that runs, with those of what it brings along. Raises `PartsError`."""
    standard = Path(os.__file__).parent / "LICENSE.txt"
    system = Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright")
    for path in (standard, Path(sys.base_prefix) / "LICENSE.txt", system):
        if path.is_file():
            return path.read_text(encoding="utf-8", errors="replace")
    raise PartsError(f"the licence of this Python is not beside it: {standard}")


def _files_of(one: importlib.metadata.Distribution) -> Iterable[str]:
    return (file.as_posix() for file in one.files or ())


def _fits(file: str, pattern: str) -> bool:
    """Whether the pattern is of this file; `*` stands for no slash, `/**` at the end for everything below."""
    parts, patterns = file.split("/"), pattern.split("/")
    if patterns[-1] == "**":
        patterns = patterns[:-1]
        parts = parts[: len(patterns)] if len(parts) > len(patterns) else []
    return len(parts) == len(patterns) and all(map(fnmatchcase, parts, patterns))


def _is_binary(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4).startswith(MAGIC)


def _version(asked: str, file: str, installed: Mapping[str, importlib.metadata.Distribution]) -> str | None:
    match asked:
        case "qt":
            return installed["pyside6-essentials"].version
        case "python":
            return platform.python_version()
        case "openssl":
            return ssl.OPENSSL_VERSION.split()[1]
        case "file":
            return file.rpartition(".so.")[2]
        case _:
            return None


def _host_packages(names: set[str]) -> dict[str, tuple[str, str]]:
    """The Debian package and its version by the name of a library; empty where dpkg is not at home."""
    if shutil.which("dpkg") is None or not names:
        return {}
    # Not the copies that other programs keep to themselves. Some packages still say /lib for what lies in /usr/lib.
    folders = [f"{top}/{platform.machine()}-linux-gnu" for top in ("/lib", "/usr/lib")]
    searched = _dpkg("dpkg", "--search", *(f"{folder}/{name}" for folder in folders for name in sorted(names)))
    found: dict[str, str] = {}
    for line in searched.splitlines():
        package, _, path = line.partition(": ")
        found[Path(path).name] = package.partition(":")[0]
    packages = sorted(set(found.values()))
    listed = _dpkg("dpkg-query", "--show", "--showformat=${Package} ${Version}\n", *packages) if packages else ""
    versions = dict(line.split() for line in listed.splitlines())
    return {name: (package, versions[package]) for name, package in found.items()}


def _dpkg(*command: str) -> str:
    # Libraries that are not Debian's are no fault here; who needs one says so.
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "LC_ALL": "C"}
    ).stdout
