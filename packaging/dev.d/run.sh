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

# The main job on the sample pictures: share, hide, describe, look, take home.
demonstrate() {
    local picture first
    say "There is no display here, so this is Vitrine from the shell, in build/demo"
    rm -rf build/demo
    for picture in resources/samples/*.jpg; do
        ctl --json upload "$picture" --alt "$(alt_text "$picture")" >build/demo.line ||
            fail "$picture could not be shared." "The message stands above."
        : "${first:=$(field id <build/demo.line)}"
        echo "Shared ${picture##*/} as \"$(alt_text "$picture")\""
    done
    rm -f build/demo.line
    ctl --json set "$first" --private >/dev/null
    echo "Made the first one private: others see it blurred"
    ctl --json download "$first" --to build/demo/downloads >/dev/null
    echo "Downloaded it again: $(find build/demo/downloads -type f)"
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
