#!/bin/sh
# Builds everything that is rolled out, twice, and tries it; last line JSON. The steps and their goals are in package.py.
set -eu
cd "$(dirname "$0")/.."
. packaging/lib.sh

tools_or_stop package dpkg-deb:dpkg xz:xz-utils Xvfb:xvfb lintian:lintian
reproducible
exec .venv/bin/python packaging/package.py "$@"
