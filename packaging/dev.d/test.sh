# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Every test, built three ways: as everyday, under the sanitizers, and the core without a desktop.

passed=0
failed=0
skipped=0
broken=()               # which programs, and what they said
longest_output=10000000 # bytes; ctest would cut a program's words at 1024

do_test() {
    local start=$SECONDS
    do_build
    run_tests build "everyday build"
    check_core_alone
    build "$(preset asan ci-asan)" build/asan
    export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:strict_string_checks=1
    export LSAN_OPTIONS=suppressions=$PWD/packaging/dev.d/lsan.supp:print_suppressions=0
    export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
    run_tests build/asan "sanitizers"
    sum_up $((SECONDS - start))
}

# run_tests FOLDER NAME: all that ctest knows there; FOLDER/junit.xml keeps all that they say
run_tests() {
    local log=$PWD/$1/junit.xml line
    say "Testing: $2"
    rm -f "$log"
    away_from_home build/home ctest --test-dir "$1" -j "$(nproc)" --output-on-failure \
        --output-junit "$log" --test-output-size-passed "$longest_output" \
        --test-output-size-failed "$longest_output" || true
    grep -qs "<testcase" "$log" ||
        fail "ctest ran no test in $1." "Its message stands above."
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
        -D CMAKE_CXX_FLAGS_DEBUG=-O0 -D VITRINE_TESTS=OFF >/dev/null &&
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
