# SPDX-License-Identifier: GPL-3.0-or-later
# Counts what Qt Test programs say in ctest's log: a line "passed failed skipped program" for each.
# Qt's own initTestCase and cleanupTestCase are no tests, unless they fail. A program that ends badly
# without having said so (a crash, a time-out, a sanitizer's finding) is one failure.
function close_program() {
    if (program == "")
        return
    if (!good && failed == 0)
        failed = 1
    if (good && passed + failed + skipped == 0)
        passed = 1 # no Qt Test, but content
    print passed + 0, failed + 0, skipped + 0, program
    program = ""
}
/^[0-9]+\/[0-9]+ Test: / { close_program(); program = $3; passed = failed = skipped = good = 0 }
/^(PASS|XFAIL) +: / && !/::(initTestCase|cleanupTestCase)\(\)$/ { passed++ }
/^(FAIL!|XPASS) +: / { failed++ }
/^SKIP +: / { skipped++ }
/^Test Passed\.$/ { good = 1 }
END {
    close_program()
}
