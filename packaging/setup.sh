#!/bin/sh
# Makes .venv complete: Python, Qt's system libraries, the locked dependencies, this package. A finished set-up is
# remembered in .venv/.setup-done by what it was made from; then this does nothing. An unfinished one is made anew.
#
# PYTHON=/path/to/python chooses the interpreter of a new one.
set -eu
cd "$(dirname "$0")/.."

LOCK=packaging/locks/dev.txt
DONE=.venv/.setup-done
PACKAGES="libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libfreetype6 libdbus-1-3 libbrotli1
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
  libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1 libwayland-cursor0 xvfb xauth
  desktop-file-utils libglib2.0-bin openbox xdotool x11-utils x11-xserver-utils
  dbus at-spi2-core python3-pyatspi gnome-keyring
  postgresql"

say() { echo "set-up: $*"; }
stop() {
  echo "set-up: $*" >&2
  exit 1
}

# A virtual environment knows its own place, so the place belongs to what it was made from.
wanted() { { pwd && cat "$LOCK" packaging/setup.sh; } | cksum; }

finished() { [ "$(cat "$DONE" 2>/dev/null)" = "$(wanted)" ] && .venv/bin/python -c '' 2>/dev/null; }

if finished; then exit 0; fi

# One at a time in a checkout: two would take .venv away from under each other. The lock ends with the process, however
# that ends.
if command -v flock >/dev/null; then
  exec 9<packaging/setup.sh
  if ! flock -n 9; then
    say "another set-up of this checkout goes on; waiting for its end"
    flock 9
    if finished; then exit 0; fi
  fi
fi

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; }

find_python() {
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
    if command -v "$candidate" >/dev/null && fits "$candidate"; then
      # The real program, not a version manager's wrapper that changes its mind with the folder.
      "$candidate" -c 'import sys; print(sys.executable)'
      return
    fi
  done
}

# apt's name for a package here: Ubuntu 24.04 and Debian 13 renamed some of them to NAMEt64.
installed() { dpkg-query -W -f='${Status}\n' "$1" "$1t64" 2>/dev/null | grep -q '^install ok installed'; }
name_here() { if apt-cache show "$1t64" >/dev/null 2>&1; then echo "$1t64"; else echo "$1"; fi; }

check_system() {
  python=$1
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || stop "$python has no module venv or ensurepip; install it."
    return 0
  fi
  missing=
  for package in $PACKAGES; do
    installed "$package" || missing="$missing $package"
  done
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    case $python in
      /usr/bin/*) missing="$missing $("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" ;;
      *) stop "$python has no module venv or ensurepip; choose another one with PYTHON=/path/to/python." ;;
    esac
  fi
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" != 0 ]; then
    names=
    for package in $missing; do names="$names $(name_here "$package")"; done
    stop "some system packages are missing. Install them, then run the same command again:

  sudo apt-get update && sudo apt-get install --no-install-recommends$names
"
  fi
  say "installing system packages:$missing"
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  if ! apt-get -q -o DPkg::Lock::Timeout=300 update >"$log" 2>&1; then
    cat "$log" >&2
    say "apt-get update failed (above); going on with the lists that are there." >&2
  fi
  names=
  for package in $missing; do names="$names $(name_here "$package")"; done
  # shellcheck disable=SC2086  # one word per package
  if ! apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $names >"$log" 2>&1; then
    cat "$log" >&2
    stop "apt-get could not install:$names"
  fi
  rm -f "$log"
}

python=$(find_python)
[ -n "$python" ] || stop "no Python from 3.11 to 3.14 found${PYTHON:+ at $PYTHON}.
Install one (Debian 12 or newer, Ubuntu 24.04 or newer: apt-get install python3) or name one: make … PYTHON=/path/to/python"
check_system "$python"

# Without the mark of a finished set-up, what is there may be half of one.
if [ ! -f "$DONE" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1 || ! fits .venv/bin/python; then
  say "making .venv with $("$python" -V) ($python); this happens once and takes a minute or two"
  rm -rf .venv
  "$python" -m venv .venv
else
  say "bringing .venv up to date with $LOCK"
fi
rm -f "$DONE"

# Twice quiet: errors only. Warnings about a machine's own index settings are not this project's.
pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore .venv/bin/python -m pip --quiet --quiet"
$pip install --require-hashes --only-binary=:all: -r "$LOCK" || stop "the locked dependencies could not be installed (above)."
$pip install --no-deps --no-build-isolation --editable . || stop "this package could not be installed (above)."

# One look whether Qt finds all it needs; on a system without apt nothing has told so far.
if ! QT_QPA_PLATFORM=offscreen .venv/bin/python -c '
from PySide6 import QtNetwork, QtSvg, QtWidgets
QtWidgets.QApplication([])'; then
  stop "Qt does not start (above). It needs these libraries, here by Debian's names, and a font configuration:
$PACKAGES"
fi

wanted >"$DONE"
say "done"
