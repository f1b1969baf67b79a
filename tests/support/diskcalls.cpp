// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/diskcalls.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstring>
#include <memory>
#include <mutex>

namespace vitrine::test::diskcalls {
namespace {

struct Armed {
    QByteArray part;
    Step step;
};

std::mutex mutex;
std::shared_ptr<const Armed> armed;     // under mutex
std::atomic<bool> isArmed = false;      // others read files before main() begins
thread_local bool isSteppingIn = false; // what the step itself reads is its own business

bool mayHappen(Kind kind, const char* path)
{
    std::shared_ptr<const Armed> now;
    {
        const std::scoped_lock lock(mutex);
        now = armed;
    }
    if (!now || !std::strstr(path, now->part.constData()))
        return true;
    isSteppingIn = true;
    const int error = now->step(kind);
    isSteppingIn = false;
    if (error != 0)
        errno = error;
    return error == 0;
}

} // namespace

StepIn::StepIn(const QByteArray& part, Step step)
{
    const std::scoped_lock lock(mutex);
    armed = std::make_shared<Armed>(Armed{part, std::move(step)});
    isArmed = true;
}

StepIn::~StepIn()
{
    const std::scoped_lock lock(mutex);
    isArmed = false;
    armed.reset();
}

namespace {

int doOpen(int directory, const char* path, int flags, mode_t mode)
{
    if (isArmed && !isSteppingIn && !mayHappen(Kind::Open, path))
        return -1;
    return int(::syscall(SYS_openat, directory, path, flags, mode));
}

bool mayHappen(Kind kind, int descriptor)
{
    if (!isArmed || isSteppingIn)
        return true;
    const QByteArray link = "/proc/self/fd/" + QByteArray::number(descriptor);
    std::array<char, PATH_MAX> path{};
    const bool isKnown = ::readlink(link.constData(), path.data(), path.size() - 1) > 0;
    return !isKnown || mayHappen(kind, path.data());
}

} // namespace
} // namespace vitrine::test::diskcalls

namespace calls = vitrine::test::diskcalls;

extern "C" int open64(const char* path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : mode_t(0);
    va_end(more);
    return calls::doOpen(AT_FDCWD, path, flags, mode);
}

// By which std::filesystem opens directories. The header would make openat64 of that name.
extern "C" int openRelative(int directory, const char* path, int flags, ...) __asm__("openat");

extern "C" int openRelative(int directory, const char* path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : mode_t(0);
    va_end(more);
    return calls::doOpen(directory, path, flags, mode);
}

extern "C" ssize_t read(int descriptor, void* to, size_t size)
{
    const bool isMeant = calls::mayHappen(calls::Kind::Read, descriptor);
    return isMeant ? ::syscall(SYS_read, descriptor, to, size) : -1;
}

extern "C" ssize_t pread64(int descriptor, void* to, size_t size, off_t start)
{
    const bool isMeant = calls::mayHappen(calls::Kind::Read, descriptor);
    return isMeant ? ::syscall(SYS_pread64, descriptor, to, size, start) : -1;
}

extern "C" ssize_t pwrite64(int descriptor, const void* from, size_t size, off_t start)
{
    const bool isMeant = calls::mayHappen(calls::Kind::Write, descriptor);
    return isMeant ? ::syscall(SYS_pwrite64, descriptor, from, size, start) : -1;
}

extern "C" ssize_t write(int descriptor, const void* from, size_t size)
{
    const bool isMeant = calls::mayHappen(calls::Kind::Write, descriptor);
    return isMeant ? ::syscall(SYS_write, descriptor, from, size) : -1;
}
