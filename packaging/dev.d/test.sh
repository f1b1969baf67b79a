# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Every test, built three ways: as everyday, under the sanitizers, and the core without a desktop. The
# sanitizers run on Debian 13 where that can be had, so that both systems see every test.

passed=0
failed=0
skipped=0
broken=()               # which programs, and what they said
longest_output=10000000 # bytes; ctest would cut a program's words at 1024

do_test() {
    local start=$SECONDS
    begin_debian13
    do_build
    run_tests build
    count_tests build "everyday build"
    check_core_alone
    if have_debian13; then
        sanitize_on_debian13
        count_tests "${debian13_tests:?}" "Debian 13, sanitizers"
    else
        say "Debian 13 is left out: it takes root on Debian 12, with debootstrap and a network"
        count '0 0 1 debian13' ''
        build_and_run_sanitized
        count_tests build/asan "sanitizers"
    fi
    sum_up $((SECONDS - start))
}

do_sanitize() {
    local start=$SECONDS
    build_and_run_sanitized
    count_tests build/asan "sanitizers"
    sum_up $((SECONDS - start))
}

build_and_run_sanitized() {
    build "$(preset asan ci-asan)" build/asan
    export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:strict_string_checks=1
    export LSAN_OPTIONS=suppressions=$PWD/packaging/dev.d/lsan.supp:print_suppressions=0
    export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
    run_tests build/asan
}

# run_tests FOLDER: all that ctest knows there; FOLDER/junit.xml keeps all that they say. Two a core, for
# much of what they do is to wait: for a timer, a disk, another process.
run_tests() {
    say "Testing: $1"
    rm -f "$1/junit.xml"
    away_from_home build/home ctest --test-dir "$1" -j $(($(nproc) * 2)) --output-on-failure \
        --output-junit "$PWD/$1/junit.xml" --test-output-size-passed "$longest_output" \
        --test-output-size-failed "$longest_output" || true
}

# count_tests FOLDER NAME: what run_tests left there
count_tests() {
    local log=$1/junit.xml line
    if ! grep -qs "<testcase" "$log"; then
        count "0 1 0 ctest" "$2"
        return
    fi
    while IFS= read -r line; do
        count "$line" "$2"
    done < <(awk -f packaging/dev.d/junit.awk "$log")
}

# count LINE BUILD: takes one line of junit.awk's
count() {
    local good bad left program what
    read -r good bad left program what <<<"$1"
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
    ((bad == 0)) || broken+=("$program ($2)$what")
}

# The core must build, and vitrinectl start, where there is no Qt Widgets; one check, counted as one.
# Nothing is measured there, so nothing is optimised: that halves what it takes.
check_core_alone() {
    say "Testing: the core without a desktop"
    if cmake --preset core -B build/core-check -D CMAKE_BUILD_TYPE=Debug \
        -D CMAKE_CXX_FLAGS_DEBUG=-O0 -D CMAKE_UNITY_BUILD=ON -D VITRINE_TESTS=OFF >/dev/null &&
        (build core build/core-check vitrinectl) && build/core-check/bin/vitrinectl --version; then
        count '1 0 0 core' ''
    else
        count '0 1 0 core' 'without a desktop; see above'
    fi
}

sum_up() {
    say "Took $(lasted "$1")"
    ((skipped == 0)) || echo "$skipped skipped, for want of something on this machine"
    ((${#broken[@]} == 0)) || printf 'FAILED: %b\n' "${broken[@]}"
    ((passed + failed > 0)) || echo "No test was run."
    echo "$passed passed, $failed failed"
    ((failed == 0 && passed > 0))
}
