"""Write the licences of everything that lies in the panel's bundle: `notices.py BUNDLE --out FILE`.

The texts are those that the packages brought, of exactly the packages and libraries that the bundle holds. A part
without a text is an error that names it: a release that cannot say what it is made of is none.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sbom_parts import ROOT, TEXTS, Bundle, Facts, Native, PartsError, facts, licence_texts, python_licence

COMMON = Path("/usr/share/common-licenses")
# Debian's short names of what lies in packaging/notices, too, or is this program's own.
OWN_TEXTS = {"LGPL-3": "LGPL-3.0-only.txt", "GPL-3": "GPL-3.0-only.txt", "Apache-2.0": "../../LICENSE"}
RULE = "=" * 80
HEAD = """NBA Desktop is licensed under the Apache License 2.0. It is shipped together with
software of others. This file names all of it, with the licences and notices that
its authors ask to be passed on. sbom.cdx.json is the same list for programs, with
checksums.
"""


@dataclass(frozen=True)
class Notice:
    """One part of the bundle: what it is called, its licence as an SPDX expression, the text to pass on."""

    title: str
    licence: str
    text: str


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the licences of what lies in the panel's bundle.")
    parser.add_argument("bundle", type=Path, help="the folder that was built")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    try:
        text = notices(Bundle(options.bundle), facts())
    except PartsError as error:
        print(f"notices: {error}", file=sys.stderr)
        return 1
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(text, encoding="utf-8", newline="\n")
    return 0


def notices(bundle: Bundle, known: Facts) -> str:
    """The whole file. Raises `PartsError`."""
    parts = [
        *(part for name in sorted(bundle.packages()) for part in _of_package(bundle, known, name)),
        *(_of_library(one) for one in bundle.natives(known)),
        *(_of_data(entry) for entry in known.table["data"]),
    ]
    qt = _text("qt.txt") + "".join(f"\n  {one['name']}: {one['licence']}" for one in known.table["inside-qt"])
    sections = [
        f"{HEAD}\n" + "\n".join(f"  {part.title}: {part.licence}" for part in parts),
        _section("Qt for Python: how it is used, and how to exchange it", qt),
        *(_section(title, text) for title, text in _grouped(parts)),
        *(_section(title, text) for title, text in _referred_to(parts)),
    ]
    return "\n\n".join(section.rstrip() for section in sections) + "\n"


def _of_package(bundle: Bundle, known: Facts, name: str) -> Iterator[Notice]:
    """The package, then what is compiled into it."""
    installed = bundle.installed[name]
    licence = known.licence_of(name, installed)
    texts = list(licence_texts(installed))
    if not texts and "LGPL-3.0-only" in licence.split():
        # Of the licences to choose from, the one that these are used under.
        texts = ["Used under the GNU Lesser General Public License, version 3: see /usr/share/common-licenses/LGPL-3."]
    if not texts:
        raise PartsError(f"{name} brings no licence text: put one into packaging/notices and name it in sbom.toml")
    yield Notice(f"{name} {installed.version}", licence, "\n\n".join(text.strip() for text in texts))
    for entry in known.inside_of(name):
        yield Notice(f"{entry['name']} {entry['version']} (in {name})", entry["licence"], _text(entry["text"]))


def _of_library(one: Native) -> Notice:
    title = f"{one.name} {one.version or ''}".rstrip()
    if one.package:
        text = _debian_copyright(one.package)
        title += f" (Debian package {one.package})"
    elif one.text == "python":
        text = python_licence()
    elif one.text == "LGPL-3.0-only.txt":
        text = "Used under the GNU Lesser General Public License, version 3: see /usr/share/common-licenses/LGPL-3."
    elif one.text:
        text = _text(one.text)
    else:
        raise PartsError(f"{one.name} has no licence text: name one in packaging/sbom.toml")
    return Notice(title, one.licence, text)


def _of_data(entry: dict[str, str]) -> Notice:
    return Notice(entry["name"], entry["licence"], (ROOT / entry["text"]).read_text(encoding="utf-8"))


def _grouped(parts: Iterable[Notice]) -> Iterator[tuple[str, str]]:
    """Each text once, under the names of all parts that have it."""
    titles: dict[str, list[str]] = {}
    for part in parts:
        titles.setdefault(_without_folder(part.text), []).append(part.title)
    return (("\n".join(names), text) for text, names in titles.items())


def _referred_to(parts: Iterable[Notice]) -> Iterator[tuple[str, str]]:
    """The licences that Debian's copyright files only name."""
    named = {name.rstrip(".") for part in parts for name in re.findall(rf"{COMMON}/([\w.-]+)", part.text)}
    # The lesser licence is a supplement to the other.
    for name in sorted(named | ({"GPL-3"} if "LGPL-3" in named else set())):
        own = OWN_TEXTS.get(name)
        if own is None and not (COMMON / name).is_file():
            raise PartsError(f"the licence {name} is named and not there: {COMMON / name}")
        text = _text(own) if own else (COMMON / name).read_text(encoding="utf-8")
        yield f"The licence that is called {name} above", text


def _without_folder(text: str) -> str:
    """The text without pointing to a folder that only Debian has."""
    return re.sub(rf"{COMMON}/([\w-]+(?:\.\w+)*)", r"the licence called \1 below", text)


def _debian_copyright(package: str) -> str:
    path = Path("/usr/share/doc") / package / "copyright"
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise PartsError(f"the copyright file of {package} cannot be read: {path} ({error.strerror})") from None


def _section(title: str, text: str) -> str:
    return f"{RULE}\n{title}\n{RULE}\n\n{text.strip()}"


def _text(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
