#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# keyring.sh KIND COMMAND...
# Runs COMMAND with a keyring of its own, in a home directory of its own, with nobody there to
# answer a dialog. Exit code 77 if this machine lacks what it takes. Kinds:
#   gnome, kwallet            COMMAND twice, in two sessions in each of which the keyring is open
#   gnome-locked, kwallet-locked   the same, but in the second it is locked
#   gnome-refused             locked, too; COMMAND itself answers the dialog that asks to open it
#   kwallet-refused           the person has forbidden the wallet to every program of ours
#   none, nobus               no keyring, or not even a session bus
# COMMAND finds in VITRINE_KEYRING "fill" in the first of two sessions, else the kind.
set -u
kind=$1
shift
here=$(dirname "$(readlink -f "$0")")

need() {
    for program in "$@"; do
        command -v "$program" >/dev/null || { echo "not here: $program" >&2; exit 77; }
    done
}

# A daemon that waits on a dialog outlives its bus: it goes with its process namespace, which needs
# a /proc of its own (the leak sanitizer looks there). Only then does its home directory.
if [ -z "${VITRINE_KEYRING_HOME:-}" ]; then
    VITRINE_KEYRING_HOME=$(mktemp -d) || exit 1
    export VITRINE_KEYRING_HOME
    trap 'rm -rf "$VITRINE_KEYRING_HOME"' EXIT
    apart=(unshare --pid --fork --kill-child --mount-proc)
    if ! "${apart[@]}" true 2>/dev/null; then
        [[ $kind == no* ]] || { echo "not here: namespaces" >&2; exit 77; }
        apart=()
    fi
    timeout 240 "${apart[@]}" "$0" "$kind" "$@"
    exit
fi

home=$VITRINE_KEYRING_HOME
mkdir -m 700 "$home/run" "$home/config"
export HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config
export XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run VITRINE_KEYRING=$kind
export XDG_CURRENT_DESKTOP=GNOME
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL KDE_SESSION_VERSION

on_bus() { dbus-run-session -- "$@" 2>>"$home/log"; }

on_gnome() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    on_bus bash -c 'printf test | gnome-keyring-daemon --daemonize --unlock --components=secrets >/dev/null
                    "$@"' sh "$@"
}

# find_kwallet: the newest that is here, and the desktop that goes with it. Where only KWallet 5 is,
# QtKeychain speaks to it.
find_kwallet() {
    kwalletd=$(command -v kwalletd6 || command -v kwalletd5) || need kwalletd6
    export XDG_CURRENT_DESKTOP=KDE KDE_SESSION_VERSION=${kwalletd: -1} QT_QPA_PLATFORM=offscreen
    cat >"$XDG_CONFIG_HOME/kwalletrc" <<'EOF'
[Wallet]
Default Wallet=kdewallet
Enabled=true
First Use=false
Prompt on Open=false

[org.freedesktop.secrets]
apiEnabled=false
EOF
}

# To the program itself, and under the name that QtKeychain gives it.
forbid_wallet() {
    printf '\n[Auto Deny]\nkdewallet=%s,Vitrine\n' "$(basename "$1")" >>"$XDG_CONFIG_HOME/kwalletrc"
}

case $kind in
nobus)
    "$@"
    ;;
none) # a bus on which no keyring can be started
    need dbus-daemon dbus-run-session
    cat >"$home/bus.conf" <<EOF
<busconfig><type>session</type><listen>unix:tmpdir=$home/run</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
EOF
    dbus-run-session --config-file="$home/bus.conf" -- "$@" 2>"$home/log"
    ;;
gnome*)
    need dbus-run-session gnome-keyring-daemon
    VITRINE_KEYRING=fill on_gnome "$@" || exit 1
    case $kind in
    gnome) on_gnome "$@" ;;
    gnome-locked | gnome-refused) on_bus "$@" ;;
    esac
    ;;
kwallet*)
    need dbus-run-session dbus-send python3
    find_kwallet
    VITRINE_KEYRING=fill on_bus "$here/kwallet.py" "$kwalletd" "$@" || exit 1
    case $kind in
    kwallet) on_bus "$here/kwallet.py" "$kwalletd" "$@" ;;
    kwallet-locked) on_bus "$here/kwallet.py" --sealed "$kwalletd" "$@" ;;
    kwallet-refused)
        forbid_wallet "$1"
        on_bus "$here/kwallet.py" "$kwalletd" "$@"
        ;;
    esac
    ;;
*)
    echo "unknown keyring: $kind" >&2
    exit 2
    ;;
esac
