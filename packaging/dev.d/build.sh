# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Configuring and building; every way of building is a preset of CMakePresets.json.

# ccache meets precompiled headers only when it is told that their times and macros do not matter.
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_mtime,include_file_ctime}
export NINJA_STATUS='[%f/%t] '

# One job a core, but never more than memory holds: a compiler at work takes up to 1.5 GB.
jobs_at_once() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo 2>/dev/null)
    echo $((memory > 0 && memory < cores ? memory : cores))
}

# build PRESET FOLDER [TARGET...]: configures when that has not been done with this preset yet
build() {
    local preset=$1 folder=$2 start=$SECONDS
    shift 2
    if [[ ! -f "$folder/build.ninja" || "$(cat "$folder/.preset" 2>/dev/null)" != "$preset" ]]; then
        say "Configuring $folder (preset $preset)"
        cmake --preset "$preset" ||
            fail "CMake could not configure $folder; its message stands above." \
                "A missing package is brought by packaging/dev deps; to start over, remove $folder."
        echo "$preset" >"$folder/.preset"
    fi
    ninja -C "$folder" -j "$(jobs_at_once)" "$@" ||
        fail "The build in $folder stopped at the error above." "Put it right and run this again."
    if ((SECONDS - start > 1)); then
        echo "Built $folder in $(lasted $((SECONDS - start)))."
    fi
}

# preset EVERYDAY CI: which of the two; CI's has warnings as errors
preset() { if [[ -n "${CI-}" ]]; then echo "$2"; else echo "$1"; fi; }

do_build() { build "$(preset dev ci)" build "$@"; }
