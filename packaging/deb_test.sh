#!/bin/sh
# Tries the packages of dist/ as an administrator would, in a minimal Debian of their own below build/: install, run on a
# screen, upgrade with a full outbox, remove, purge. Last line JSON. MIRROR names another mirror than Debian's.
set -eu
cd "$(dirname "$0")/.."
. packaging/lib.sh

SUITE=bookworm
base=build/debootstrap/$SUITE.tar

if [ "$(id -u)" != 0 ]; then
  echo "deb_test: only root can make a Debian to try them in; run: sudo sh packaging/deb_test.sh" >&2
  exit 1
fi
tools_or_stop deb_test debootstrap:debootstrap Xvfb:xvfb dpkg-deb:dpkg desktop-file-validate:desktop-file-utils

if [ ! -f "$base" ]; then
  # One that was broken off is no base.
  rm -rf build/debootstrap/new
  mkdir -p build/debootstrap/new
  debootstrap --variant=minbase "$SUITE" build/debootstrap/new ${MIRROR:+"$MIRROR"} >build/debootstrap/log 2>&1 ||
    { tail -5 build/debootstrap/log >&2; exit 1; }
  tar -C build/debootstrap/new --numeric-owner -cf "$base.new" .
  rm -rf build/debootstrap/new
  mv "$base.new" "$base"
fi

root=$(mktemp -d "$PWD/build/debootstrap/root.XXXXXX")
# What is mounted goes with the mount namespace; nothing else of this machine is in the tree.
trap 'rm -rf --one-file-system "$root"' EXIT
tar -C "$root" -xf "$base"

if unshare --mount --propagation private true 2>/dev/null; then
  unshare --mount --propagation private .venv/bin/python packaging/deb_test.py "$root" "$@"
else
  echo "deb_test: this machine lets nobody mount anything in private, as many containers; run it in a virtual machine" >&2
  exit 1
fi
