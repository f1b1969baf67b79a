# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Opening the program; and the same work from the shell where there is nothing to open it on.

do_run() {
    do_build vitrine vitrinectl
    if has_display; then
        exec build/bin/vitrine "$@"
    elif (($#)); then
        QT_QPA_PLATFORM=offscreen exec build/bin/vitrine "$@"
    else
        demonstrate
    fi
}

ctl() { away_from_home build/demo build/bin/vitrinectl "$@"; }

# field NAME: its text out of the JSON objects on stdin, one a line
field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"; }

# "lake-in-autumn.jpg" is described as "Lake in autumn".
alt_text() {
    local name=${1##*/}
    name=${name%.*}
    name=${name//[-_]/ }
    echo "${name^}"
}

# step SENTENCE ARGUMENT...: one call of vitrinectl, and then what it did
step() {
    local sentence=$1
    shift
    ctl --json "$@" >build/demo/answer ||
        fail "This did not work: vitrinectl $*" "Its message stands above."
    echo "$sentence"
}

# The main job on the sample pictures: share, hide, take home, look.
demonstrate() {
    local picture alt first=''
    say "There is no display here, so this is Vitrine from the shell, in build/demo"
    rm -rf build/demo
    mkdir -p build/demo/downloads
    for picture in resources/samples/*.jpg; do
        alt=$(alt_text "$picture")
        step "Shared ${picture##*/}, described as \"$alt\"" upload "$picture" --alt "$alt"
        first=${first:-$(field id <build/demo/answer)}
    done
    step "Made the first one private: others now see it blurred" set "$first" --private
    step "Downloaded it again, into build/demo/downloads" download "$first" --to build/demo/downloads
    say "The gallery now"
    ctl list
    photograph_window
}

photograph_window() {
    away_from_home build/demo timeout 60 xvfb-run -a -s '-screen 0 1280x820x24' \
        build/bin/vitrine --screenshot build/vitrine.png ||
        fail "The window could not be drawn." "Is xvfb installed? packaging/dev deps brings it."
    say "And its window: $PWD/build/vitrine.png"
}
