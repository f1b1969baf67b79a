#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# keyring.sh gnome|locked|none|nobus COMMAND...
# Runs COMMAND with a keyring of its own, in a home directory of its own, with nobody there to
# answer a dialog. Exit code 77 if this machine lacks what it takes.
set -u
kind=$1
shift

need() {
    for program in "$@"; do
        command -v "$program" >/dev/null || { echo "not here: $program" >&2; exit 77; }
    done
}

# A daemon that waits on a dialog outlives its bus: it goes with its process namespace, which needs
# a /proc of its own (the leak sanitizer looks there).
if [ -z "${VITRINE_KEYRING_INSIDE:-}" ] && unshare --pid --fork --kill-child --mount-proc true 2>/dev/null; then
    VITRINE_KEYRING_INSIDE=1 exec timeout 120 unshare --pid --fork --kill-child --mount-proc "$0" "$kind" "$@"
fi

home=$(mktemp -d) || exit 1
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
export HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config
export XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run VITRINE_KEYRING=$kind
export XDG_CURRENT_DESKTOP=GNOME
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL KDE_SESSION_VERSION

on_bus() { dbus-run-session -- "$@" 2>"$home/log"; }

# shellcheck disable=SC2016 # expanded by the inner shell
with_gnome='printf test | gnome-keyring-daemon --daemonize --unlock --components=secrets >/dev/null
            "$@"'

case $kind in
nobus)
    "$@"
    ;;
none) # a bus on which no keyring can be started
    need dbus-daemon
    cat >"$home/bus.conf" <<EOF
<busconfig><type>session</type><listen>unix:tmpdir=$home/run</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
EOF
    need dbus-run-session
    dbus-run-session --config-file="$home/bus.conf" -- "$@" 2>"$home/log"
    ;;
gnome)
    need dbus-run-session gnome-keyring-daemon
    on_bus bash -c "$with_gnome" sh "$@"
    ;;
locked) # made and filled in one session, found locked in the next
    need dbus-run-session gnome-keyring-daemon
    VITRINE_KEYRING=fill on_bus bash -c "$with_gnome" sh "$@" || exit 1
    on_bus "$@"
    ;;
*)
    echo "unknown keyring: $kind" >&2
    exit 2
    ;;
esac
