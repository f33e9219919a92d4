#!/bin/sh
# Resolves pyproject.toml anew into packaging/locks/*.txt: one file for the panel, one per extra, one for the rivals of
# the benchmark; with hashes, for every system at once.
set -eu
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
python=${1:-.venv/bin/python}
tools=build/lock-tools

if ! "$tools/bin/uv" --version 2>/dev/null | grep -qF "uv $UV_VERSION"; then
  "$python" -m venv --clear "$tools"
  "$tools/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
fi

compile() {
  name=$1
  shift
  "$tools/bin/uv" pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header \
    --python-version 3.11 "$@" --output-file "packaging/locks/$name.txt"
  echo "packaging/locks/$name.txt: $(grep -c '==' "packaging/locks/$name.txt") packages"
}

compile panel pyproject.toml
for extra in backend precompute dev; do
  compile "$extra" --extra "$extra" pyproject.toml
done
compile bench --group pyproject.toml:bench
