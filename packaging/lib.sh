# Read by the packaging scripts with `.`: what several of them need.

# tools_or_stop SCRIPT TOOL:PACKAGE…: every tool is there, or apt brings it, or the way out is said.
tools_or_stop() {
  script=$1
  shift
  packages=
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null || packages="$packages ${pair#*:}"
  done
  # shellcheck disable=SC2086  # one word per package
  packages_or_stop "$script" $packages
}

# packages_or_stop SCRIPT [PACKAGE…]: apt brings what is missing, or the way out is said.
packages_or_stop() {
  script=$1
  shift
  [ $# != 0 ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    # The lists may be older than the mirror; old ones are better than none.
    apt-get -q -o DPkg::Lock::Timeout=300 update >/dev/null 2>&1 || true
    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" >/dev/null && return 0
  fi
  echo "$script: something is missing; install it, then run the same command again:" >&2
  echo "  sudo apt-get install --no-install-recommends $*" >&2
  exit 1
}

# The same bytes from the same sources: the time of the last commit stands for now, and nothing depends on chance.
reproducible() {
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}
  export SOURCE_DATE_EPOCH PYTHONHASHSEED=1 LC_ALL=C.UTF-8 TZ=UTC
  umask 022
}

# The version of the program, as Debian writes it: ours, then the packaging's own.
debian_version() { sed -n '1s/.*(\(.*\)).*/\1/p' packaging/debian/changelog; }
