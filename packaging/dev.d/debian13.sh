# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Debian 13 on a Debian 12 machine: a system of its own in build/debian13/root, with newer Qt, compiler
# and keyring. It is entered by chroot, in namespaces that end with what runs there, so that nothing
# stays mounted and nothing goes on. It has a build folder of its own, too: build/debian13/build.

debian13=$PWD/build/debian13

# Whether this machine can have it: making and entering it takes root and Linux's namespaces.
can_have_debian13() {
    ((EUID == 0)) && [[ "$(. /etc/os-release && echo "${ID-}:${VERSION_ID-}")" == debian:12 ]] &&
        command -v debootstrap >/dev/null && unshare --mount --pid --fork --kill-child true 2>/dev/null
}

# The mirror that this machine uses; nothing, and so debootstrap's own choice, if it tells none.
debian_mirror() {
    # shellcheck disable=SC2016 # expanded by apt-get
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        grep -m 1 -v security || true
}

# make_debian13: false where it cannot be fetched, or not all that goes into it
make_debian13() {
    [[ -e "$debian13/made" ]] || fetch_debian13 || return
    on_debian13 packaging/dev deps
}

# begin_debian13: makes it beside whatever comes next, which leaves the network alone
begin_debian13() {
    can_have_debian13 || return 0
    mkdir -p "$debian13"
    make_debian13 >"$debian13/made.log" 2>&1 &
    debian13_maker=$!
    trap wait EXIT # whoever starts again at once must not come upon half of it
}

# have_debian13: whether that came to something
have_debian13() {
    [[ -n "${debian13_maker-}" ]] || return
    wait "$debian13_maker" || { tail -n 5 "$debian13/made.log" && return 1; }
}

fetch_debian13() {
    say "Fetching Debian 13 into $debian13"
    rm -rf "$debian13/root"
    mkdir -p "$debian13/root" "$debian13/build"
    # shellcheck disable=SC2046 # no word where no mirror is told
    debootstrap --variant=minbase trixie "$debian13/root" $(debian_mirror) >"$debian13/log" 2>&1 ||
        { tail -n 3 "$debian13/log" && return 1; }
    apt-config dump | grep '^Acquire::' >"$debian13/root/etc/apt/apt.conf.d/99as-outside"
    touch "$debian13/made"
}

# sanitize_on_debian13: junit.xml is what it leaves
debian13_tests=build/debian13/build/asan
sanitize_on_debian13() {
    rm -f "$debian13_tests/junit.xml"
    on_debian13 packaging/dev sanitize || true
}

# on_debian13 COMMAND...: there, in this checkout, which is /vitrine there
on_debian13() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        root=$1/root checkout=$2 build=$1/build
        shift 2
        mkdir -p "$root/vitrine"
        mount --bind "$root" "$root" # or no namespaces of their own could be made by what runs there
        mount --rbind /dev "$root/dev"
        mount -t proc proc "$root/proc"
        mount --bind /sys "$root/sys"
        mount -t tmpfs tmpfs "$root/run"
        mkdir -p -m 1777 "$root/run/lock"
        mount --bind "$checkout" "$root/vitrine"
        mount --bind "$build" "$root/vitrine/build"
        cp /etc/resolv.conf "$root/etc/resolv.conf" || true
        exec chroot "$root" env -i -C /vitrine HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin CI="${CI-}" "$@"
    ' sh "$debian13" "$PWD" "$@"
}
