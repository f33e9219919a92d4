"""Print the packages of the system that a bundle is linked to: `depends.py FOLDER`.

A library that is neither in the bundle nor in the table below came along by accident, and ends the build.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# What each Linux desktop has one of, made for its kernel, its graphics card and its display.
SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb.so.1": "libxcb1",
}
# Of a plugin that is left alone where the system has no printers.
OPTIONAL = {"libcups.so.2"}


def main(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    own = {path.name for path in files}
    needed: set[str] = set()
    glibc = (2, 0)
    for path in files:
        with path.open("rb") as file:
            if path.is_symlink() or file.read(4) != b"\x7fELF":
                continue
        said = subprocess.run(["objdump", "-p", path], check=True, stdout=subprocess.PIPE, text=True).stdout
        needed |= set(re.findall(r"^\s*NEEDED\s+(\S+)", said, re.MULTILINE)) - own - OPTIONAL
        glibc = max([glibc, *((int(one), int(two)) for one, two in re.findall(r"\bGLIBC_(\d+)\.(\d+)", said))])
    if unknown := sorted(needed - SYSTEM.keys()):
        sys.exit(f"depends: the bundle is linked to {', '.join(unknown)}, which it does not hold")
    versions = {"libc6": f" (>= {glibc[0]}.{glibc[1]})"}
    print(", ".join(f"{name}{versions.get(name, '')}" for name in sorted({SYSTEM[one] for one in needed})))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
