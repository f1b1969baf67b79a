// SPDX-License-Identifier: GPL-3.0-or-later
// A machine that allows no filter: starts the real worker where the kernel refuses to load one.
#include <linux/prctl.h>
#include <seccomp.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

int main(int, char** argv)
{
    const scmp_filter_ctx rules = seccomp_init(SCMP_ACT_ALLOW);
    const scmp_arg_cmp setsFilter{.arg = 0, .op = SCMP_CMP_EQ, .datum_a = PR_SET_SECCOMP};
    const bool isReady =
        rules && seccomp_rule_add(rules, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0) == 0 &&
        seccomp_rule_add(rules, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, setsFilter) == 0 &&
        seccomp_load(rules) == 0;
    if (!isReady)
        return 1;
    ::execv(VITRINE_BIN_DIR "/vitrine-decode", argv);
    std::perror("vitrine-decode");
    return 1;
}
