// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/worker/zygoteloop.h"

#include "app/decoding/launch.h"
#include "app/decoding/wire.h"
#include "app/decoding/worker/confinement.h"
#include "app/decoding/worker/filter.h"
#include "app/decoding/worker/warmup.h"
#include "app/decoding/worker/worker.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/syscall.h>

namespace vitrine::decoding {
namespace {

constexpr int kUsage = 2;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kFirstSpoken = STDERR_FILENO; // a finding has to be seen
#else
constexpr int kFirstSpoken = STDERR_FILENO + 1;
#endif

/// What decoders print is not for the person's terminal, and nothing can be read from it. Where
/// there is no /dev/null, an empty file in memory does.
void leaveTerminal()
{
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    Descriptor nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!nothing.isOpen())
        nothing = Descriptor(::memfd_create("nothing", MFD_CLOEXEC));
    for (int standard = STDIN_FILENO; standard < kFirstSpoken; ++standard)
        ::dup2(nothing.number(), standard);
}

/// What is freed is kept for the next picture: most of what a small one takes is the time until
/// its memory is there.
void keepMemory()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    constexpr int kept = 32 * 1024 * 1024; // bytes; the most that glibc takes
    ::mallopt(M_MMAP_THRESHOLD, kept);
    ::mallopt(M_TRIM_THRESHOLD, 2 * kept);
#endif
}

Start shutIn(const WorkerArguments& arguments)
{
    if (confine(arguments.memory))
        return Start::Confined;
    return arguments.allowsUnconfined ? Start::Unconfined : Start::Refused;
}

/// In a new process: a worker from here on, with nothing of the zygote's but its memory.
[[noreturn]] void becomeWorker(Descriptor line, std::chrono::milliseconds patience, Start start,
                               const imaging::PictureReader& reader)
{
    ::close(kWorkerEnd);
    if (start == Start::Unconfined || loadWorkerFilter())
        serve(Channel(std::move(line)), patience, reader);
    ::_exit(0);
}

/// The C library's fork() cannot give a child to somebody else. What it would do besides is to call
/// what libraries registered for it, which the child does without (there is one thread, so no lock
/// is held by another), and to renew what it remembers of the thread's id, which only signals to
/// oneself would need.
pid_t divide()
{
    return pid_t(::syscall(SYS_clone, kForkFlags, nullptr, nullptr, nullptr, nullptr));
}

} // namespace

int runZygote(int argc, char** argv, const imaging::PictureReader& reader)
{
    const auto arguments = WorkerArguments::fromWords(argc, argv);
    if (!arguments)
        return kUsage;
    const Channel line{Descriptor(kWorkerEnd)};
    leaveTerminal();
    keepMemory();
    warmUp();
    const Start start = shutIn(*arguments);
    if (!line.send(startToWire(start)) || start == Start::Refused)
        return 0;
    for (;;) {
        auto order = line.receive();
        if (!order || !order->file.isOpen())
            return 0;
        const pid_t process = divide();
        if (process == 0)
            becomeWorker(std::move(order->file), arguments->patience, start, reader);
        if (!line.send(forkedToWire(std::max(process, 0))))
            return 0;
    }
}

} // namespace vitrine::decoding
