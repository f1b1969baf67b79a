# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Configuring and building; every way of building is a preset of CMakePresets.json.

export NINJA_STATUS='[%f/%t] '

# One job a core, but never more than memory holds: a compiler at work takes up to 1.5 GB.
jobs_at_once() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo 2>/dev/null)
    echo $((memory > 0 && memory < cores ? memory : cores))
}

# configured PRESET FOLDER: whether it is; a folder that somebody set up by hand is left as it is
configured() {
    [[ -f "$2/build.ninja" && "$(cat "$2/.preset" 2>/dev/null || echo "$1")" == "$1" ]]
}

configure() {
    say "Configuring $2 (preset $1)"
    rm -f "$2/CMakeCache.txt" # another preset's choices must not linger
    cmake --preset "$1" ||
        fail "CMake could not configure $2; its message stands above." \
            "A missing package is brought by packaging/dev deps; to start over, remove $2."
    echo "$1" >"$2/.preset"
}

# at_fixed_addresses COMMAND...: g++ has to map a precompiled header where it was when it was written,
# and gives up ("PCH allocation failure") where the system has put something else there by chance.
at_fixed_addresses() {
    if setarch -R true 2>/dev/null; then
        setarch -R "$@"
    else
        "$@"
    fi
}

# build PRESET FOLDER [TARGET...]
build() {
    local preset=$1 folder=$2 start=$SECONDS
    shift 2
    configured "$preset" "$folder" || configure "$preset" "$folder"
    at_fixed_addresses ninja -C "$folder" -j "$(jobs_at_once)" "$@" ||
        fail "The build in $folder stopped at the error above." "Put it right and run this again."
    if ((SECONDS - start > 1)); then
        echo "Built $folder in $(lasted $((SECONDS - start)))."
    fi
}

# preset EVERYDAY CI: which of the two; CI's has warnings as errors
preset() { if [[ -n "${CI-}" ]]; then echo "$2"; else echo "$1"; fi; }

do_build() { build "$(preset dev ci)" build "$@"; }
