# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Programs of tests/ that are no tests: benchmarks, and the pictures of every screen.

# A benchmark prints its table to stderr and, with --json, one JSON object a row to stdout.
do_bench() {
    local names=() json='' rows name
    while (($#)); do
        case "$1" in
            --json)
                (($# > 1)) || fail "--json needs the name of a file." "packaging/dev --help" 2
                json=$(from_caller "$2") && shift
                ;;
            -*) fail "bench knows no option '$1'." "packaging/dev --help lists them." 2 ;;
            *) names+=("$1") ;;
        esac
        shift
    done
    if ((${#names[@]} == 0)) || [[ " ${names[*]} " =~ \ (imaging|decoding)\  ]]; then
        ensure_bench_deps
        ! configured "$(preset dev ci)" build || cmake build >/dev/null # finds what is new
    fi
    do_build
    ((${#names[@]})) || mapfile -t names < <(benchmark_names)
    rows=$(mktemp)
    for name in "${names[@]}"; do
        run_benchmark "$name" >>"$rows"
    done
    if [[ -n "$json" ]]; then
        { echo '[' && sed '$!s/$/,/' "$rows" && echo ']'; } >"$json"
        echo "$(wc -l <"$rows") rows in $json"
    fi
    rm -f "$rows"
}

benchmark_names() {
    find build/tests -maxdepth 1 -name 'bench_*' -type f -executable -printf '%f\n' |
        sed 's/^bench_//' | sort
}

run_benchmark() {
    [[ -x "build/tests/bench_$1" ]] ||
        fail "There is no benchmark '$1'." "There are: $(benchmark_names | paste -sd ' ')" 2
    say "$1" >&2
    away_from_home build/home env QT_QPA_PLATFORM=offscreen "build/tests/bench_$1" --json ||
        fail "The benchmark $1 failed." "Its message stands above."
}

# do_shots [DIR]
do_shots() {
    local folder
    folder=$(from_caller "${1:-$PWD/build/shots}")
    do_build
    mkdir -p "$folder"
    away_from_home build/home env QT_QPA_PLATFORM=offscreen build/tests/vitrine-shots "$folder" ||
        fail "The screens could not be drawn." "The message stands above."
    say "$(find "$folder" -name '*.png' | wc -l) screens"
    find "$folder" -name '*.png' | sort
}
