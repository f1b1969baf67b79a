# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What has to be installed. "a|b" is one package under two names: the first that apt knows is taken.

build_packages=(
    build-essential cmake ninja-build pkg-config ccache mold
    qt6-base-dev qt6-base-dev-tools qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    'qt6-svg-dev|libqt6svg6-dev' qt6-networkauth-dev qtkeychain-qt6-dev 'libkf6wallet-dev|qtkeychain-qt6-dev'
    libexpected-dev libcli11-dev libboost-dev libssl-dev libcurl4-openssl-dev libcjose-dev
    libjansson-dev libsqlitecpp-dev libsqlite3-dev
    libopencv-core-dev libopencv-imgproc-dev libjpeg-dev libexiv2-dev libseccomp-dev
    libheif-dev liblcms2-dev libminizip-dev zlib1g-dev
)
run_packages=(qt6-qpa-plugins qt6-wayland qt6-image-formats-plugins ca-certificates fonts-noto-core
    # Where libheif's decoders are packages of their own: of HEIC, and of AVIF.
    'libheif-plugin-libde265|libheif1' 'libheif-plugin-dav1d|libheif1')
# A display, keyrings, a web server that speaks HTTP/2 and a Debian 13 of their own for the tests; large
# photographs; encoders for HEIC and AVIF.
test_packages=(
    xvfb xauth dbus dbus-x11 gnome-keyring 'kwallet6|libkf5wallet-bin' libsecret-tools curl python3
    nginx mate-backgrounds debootstrap
    'libheif-plugin-x265|libheif1' 'libheif-plugin-aomenc|libheif1'
    'libjxl-testdata|mate-backgrounds' # odd pictures, where they are packaged
)
# What imaging and the backend are measured against, and with: large, so only for `packaging/dev bench`.
bench_packages=(
    libvips-dev libopencv-imgcodecs-dev lomiri-wallpapers-20.04 plasma-workspace-wallpapers wrk
)

packages=("${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}")
deps_stamp=build/.deps-stamp
apt_options=(-o DPkg::Lock::Timeout=120 -o Acquire::Retries=3)

deps_fingerprint() { { printf '%s\n' "${packages[@]}" && cat /etc/os-release 2>/dev/null; } | cksum; }

# Quick: asks the package manager only when the list or the system has changed since the last time.
ensure_deps() {
    [[ -f "$deps_stamp" && "$(<"$deps_stamp")" == "$(deps_fingerprint)" ]] || install_deps
}

# The benchmarks' own on top; CMake looks for them again when it is run.
ensure_bench_deps() {
    packages+=("${bench_packages[@]}")
    deps_stamp=build/.bench-deps-stamp
    ensure_deps
}

install_deps() {
    case "$(. /etc/os-release 2>/dev/null && echo "${ID-}:${VERSION_ID-}")" in
        debian:12 | debian:13 | ubuntu:24.04) install_with_apt ;;
        *) tell_what_to_install ;;
    esac
    mkdir -p build
    deps_fingerprint >"$deps_stamp"
}

# installed NAME...: those of them that dpkg has, one a line
installed() {
    { dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true; } |
        sed -n 's/ installed$//p'
}

# missing_packages: the entries of the list of which no name is installed
missing_packages() {
    local present entry name
    present=" $(installed "${packages[@]//|*/}" "${packages[@]//*|/}" | tr '\n' ' ')"
    for entry in "${packages[@]}"; do
        for name in ${entry//|/ }; do
            [[ "$present" == *" $name "* ]] && continue 2
        done
        printf '%s\n' "$entry"
    done
}

known_to_apt() { [[ -n "$(apt-cache show --no-all-versions "$1" 2>/dev/null)" ]]; }

# choose_names ENTRY...: the name under which this system has each of them
choose_names() {
    local entry
    for entry in "$@"; do
        if [[ "$entry" != *'|'* ]] || known_to_apt "${entry%%|*}"; then
            printf '%s\n' "${entry%%|*}"
        else
            printf '%s\n' "${entry##*|}"
        fi
    done
}

# as_root COMMAND...: as root, or through sudo; with neither, what somebody who may has to type
as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "Installing packages takes root's rights, and there is no sudo here." \
            "Run as root:  apt-get update && apt-get install --no-install-recommends ${missing[*]//|*/}"
    fi
}

install_with_apt() {
    local missing
    mapfile -t missing < <(missing_packages)
    if ((${#missing[@]} == 0)); then
        echo "Everything needed is installed."
        return
    fi
    say "Installing what is missing (${#missing[@]}): ${missing[*]}"
    as_root apt-get -q "${apt_options[@]}" update ||
        fail "The list of packages could not be fetched." \
            "Check the network and /etc/apt/sources.list*, then run packaging/dev deps again."
    mapfile -t missing < <(choose_names "${missing[@]}")
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "${apt_options[@]}" \
        --no-install-recommends install "${missing[@]}" ||
        fail "apt-get could not install them all; its message stands above." \
            "Put that right, then run packaging/dev deps again."
    [[ " ${missing[*]} " != *" nginx "* ]] || leave_web_server_off
}

# Tests start a web server of their own; the package starts one for all the world, which nobody asked for.
leave_web_server_off() {
    [[ ! -d /run/systemd/system ]] || as_root systemctl --quiet disable --now nginx ||
        echo "nginx, which the tests use, now serves this machine at port 80; to end that: systemctl disable --now nginx"
}

tell_what_to_install() {
    cat <<'ELSEWHERE'

This system is none of those whose packages are known here (Debian 12 and 13, Ubuntu 24.04), so
please install these yourself; the build says which of them it misses:

  a C++20 compiler (g++ 12 or clang 16 and later), CMake 3.23, Ninja, pkg-config; ccache, mold
  Qt 6.4.2 or later: base, SVG, Network Authorization, Linguist tools, image format plugins, Wayland; QtKeychain for Qt 6;
  KDE Frameworks 6 KWallet, where there is one
  tl-expected, CLI11, Boost 1.74 (headers), OpenSSL, libcurl 7.87 or later, cjose, jansson
  SQLiteCpp, SQLite, OpenCV (core and imgproc), libjpeg-turbo, libheif with its decoders for HEVC
  and AV1, Little CMS 2, zlib with minizip, Exiv2, libseccomp
  for the tests: Xvfb and xauth, D-Bus, gnome-keyring, kwalletd, libsecret's secret-tool, curl, Python 3, nginx,
  the Noto fonts, the mate-backgrounds pictures, libheif's encoders for HEVC and AV1
  for the benchmarks: libvips, OpenCV's imgcodecs, the wallpapers of Plasma and Lomiri, wrk (and nginx)
ELSEWHERE
    if command -v apt-get >/dev/null; then
        printf '\nOn a relative of Debian this may do:\n\n  sudo apt-get install --no-install-recommends %s\n\n' \
            "${packages[*]//|*/}"
    fi
}
