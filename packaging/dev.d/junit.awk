# SPDX-License-Identifier: GPL-3.0-or-later
# Counts what Qt Test programs say in ctest's JUnit file. For each program one line:
# "passed failed skipped program what-failed". Qt's own initTestCase and cleanupTestCase are no
# tests, unless they fail. A program that ends badly without having said so (a crash, a time-out, a
# sanitizer's finding) or cannot be started is one failure.
function value(name) {
    return match($0, name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) : ""
}
/^\t<testcase / {
    program = value("name")
    status = value("status")
    passed = failed = skipped = 0
    what = last = ""
}
/^\t\t<skipped / && value("message") ~ /^SKIP_/ { skipped++ }
/^(PASS|XFAIL) +: / && !/::(initTestCase|cleanupTestCase)\(\)$/ { passed++ }
/^(FAIL!|XPASS) +: / { failed++; what = what "\\n    " $0 }
/^SKIP +: / { skipped++ }
/^[^\t<]/ { last = $0 }
/^\t<\/testcase>/ {
    if (status != "run" && passed + skipped + failed == 0 || status == "fail" && failed == 0) {
        failed = 1
        what = "\\n    ended badly; its last words: " last
    }
    if (status == "run" && passed + failed + skipped == 0)
        passed = 1 # no Qt Test, but content
    print passed, failed, skipped, program, what
}
