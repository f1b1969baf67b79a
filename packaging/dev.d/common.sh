# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# How the parts of packaging/dev speak.

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
if [[ ! -t 1 ]]; then
    say() { printf '\n== %s\n' "$*"; }
fi

# fail WHAT REMEDY [EXIT-CODE]: what happened, what to do now, and the end.
fail() {
    printf '\npackaging/dev: %s\n%s\n' "$1" "$2" >&2
    exit "${3:-1}"
}

# lasted SECONDS: "3 min 20 s"
lasted() {
    if (($1 < 60)); then
        printf '%d s' "$1"
    else
        printf '%d min %d s' $(($1 / 60)) $(($1 % 60))
    fi
}

has_display() { [[ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]]; }

# away_from_home FOLDER COMMAND...: runs it with FOLDER as its home, no display and no session bus, so
# that nothing of the person's pictures, settings and keyring is touched.
away_from_home() {
    local home=$PWD/$1
    shift
    mkdir -p "$home/run"
    chmod 700 "$home/run"
    env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS -u XDG_CURRENT_DESKTOP \
        HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_DATA_HOME="$home/data" \
        XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" XDG_STATE_HOME="$home/state" \
        "$@"
}

# from_caller PATH: a path as the person meant it, wherever this script was called from
from_caller() { if [[ "$1" == /* ]]; then echo "$1"; else echo "${called_from:?}/$1"; fi; }
