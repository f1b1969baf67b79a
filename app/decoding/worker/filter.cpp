// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/worker/filter.h"

#include <fcntl.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>
#include <memory>

namespace vitrine::decoding {
namespace {

// Three tiers. What decoding needs is allowed. What no decoder does by accident kills. All else
// answers ENOSYS, "this kernel is too old for that", for which the C library has another way:
// clone3() must not be allowed because its flags lie in memory, where a filter cannot look.
// Opening files answers EACCES: libraries try now and then, and do without.

constexpr auto kFreely = {
    // memory and threads
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(membarrier),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    // clocks and numbers
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getcpu),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    // signals: of ourselves
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    // the line, and files that came along it
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(pwrite64),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendmsg),
    SCMP_SYS(eventfd2),
#if defined(__SANITIZE_ADDRESS__) // how the sanitizers find out whether memory can be read
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
#endif
};

constexpr auto kDeadly = {
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(rt_tgsigqueueinfo),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    SCMP_SYS(mount),
    SCMP_SYS(bpf),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(chroot),
    SCMP_SYS(init_module),
    SCMP_SYS(io_uring_register),
};

constexpr auto kDenied = {
    SCMP_SYS(open),      SCMP_SYS(openat), SCMP_SYS(openat2),    SCMP_SYS(creat),
    SCMP_SYS(access),    SCMP_SYS(stat),   SCMP_SYS(lstat),      SCMP_SYS(newfstatat),
    SCMP_SYS(faccessat), SCMP_SYS(statx),  SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(unlink),    SCMP_SYS(rename), SCMP_SYS(unlinkat),   SCMP_SYS(readlinkat),
};

/// Rules collected for one filter; the first that does not fit spoils it.
class Rules
{
public:
    /// \a other is what happens to calls that no rule is about.
    explicit Rules(uint32_t other) : m_context(seccomp_init(other), &seccomp_release) {}

    template <typename... Conditions>
    void add(uint32_t action, int call, Conditions... conditions)
    {
        m_isGood = m_isGood && m_context &&
                   seccomp_rule_add(m_context.get(), action, call, sizeof...(conditions),
                                    conditions...) == 0;
    }
    void addAll(uint32_t action, std::initializer_list<int> calls)
    {
        for (const int call : calls)
            add(action, call);
    }
    void set(scmp_filter_attr attribute, uint32_t value)
    {
        m_isGood =
            m_isGood && m_context && seccomp_attr_set(m_context.get(), attribute, value) == 0;
    }
    bool load() const { return m_isGood && seccomp_load(m_context.get()) == 0; }

private:
    std::unique_ptr<void, decltype(&seccomp_release)> m_context;
    bool m_isGood = true;
};

/// Of \a bits, the argument has those in \a value and no others.
scmp_arg_cmp has(unsigned argument, scmp_datum_t bits, scmp_datum_t value)
{
    return {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = bits, .datum_b = value};
}

scmp_arg_cmp is(unsigned argument, scmp_datum_t value)
{
    return {.arg = argument, .op = SCMP_CMP_EQ, .datum_a = value};
}

scmp_arg_cmp isNot(unsigned argument, scmp_datum_t value)
{
    return {.arg = argument, .op = SCMP_CMP_NE, .datum_a = value};
}

/// Memory that can be written must not be run, and no memory becomes such that can.
void addMemoryRules(Rules& rules)
{
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        rules.add(SCMP_ACT_ALLOW, call, has(2, PROT_EXEC, 0));
        rules.add(SCMP_ACT_KILL_PROCESS, call, has(2, PROT_EXEC, PROT_EXEC));
    }
}

/// New threads, and new processes of one kind.
void addThreadRules(Rules& rules)
{
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(clone), has(0, CLONE_THREAD, CLONE_THREAD));
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(clone), is(0, kForkFlags));
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl), is(0, PR_SET_NAME));
}

/// What a worker narrows down before its first picture.
void addRulesForWorkers(Rules& rules)
{
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(seccomp), is(0, SECCOMP_SET_MODE_FILTER));
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(tgkill));
}

void addOwnRules(Rules& rules)
{
    rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), is(0, 0), is(1, RLIMIT_CPU));
}

} // namespace

bool loadZygoteFilter()
{
    Rules rules(SCMP_ACT_ERRNO(ENOSYS));
    rules.set(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS); // 32-bit calls have other numbers
    rules.set(SCMP_FLTATR_CTL_NNP, 1);
    rules.set(SCMP_FLTATR_CTL_TSYNC, 1); // libraries may have started threads
    rules.addAll(SCMP_ACT_ALLOW, kFreely);
    rules.addAll(SCMP_ACT_KILL_PROCESS, kDeadly);
    rules.addAll(SCMP_ACT_ERRNO(EACCES), kDenied);
    addMemoryRules(rules);
    addThreadRules(rules);
    addRulesForWorkers(rules);
    addOwnRules(rules);
    return rules.load();
}

bool loadWorkerFilter()
{
    Rules rules(SCMP_ACT_ALLOW); // of two filters the stricter one decides
    const auto self = static_cast<scmp_datum_t>(::getpid());
    rules.set(SCMP_FLTATR_CTL_NNP, 0); // it is so already
    rules.add(SCMP_ACT_KILL_PROCESS, SCMP_SYS(clone), has(0, CLONE_THREAD, 0));
    rules.add(SCMP_ACT_KILL_PROCESS, SCMP_SYS(seccomp));
    rules.add(SCMP_ACT_KILL_PROCESS, SCMP_SYS(tgkill), isNot(0, self)); // abort() signals ourselves
    return rules.load();
}

} // namespace vitrine::decoding
