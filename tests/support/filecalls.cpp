// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/filecalls.h"

#include <QFile>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>

namespace vitrine::test::filecalls {
namespace {

std::mutex mutex;
QList<Call> calls;    // under mutex
int failingCall = -1; // under mutex

/// Notes the call; false if it is the one that shall fail.
bool mayHappen(Call::Kind kind, const QString& path)
{
    const std::scoped_lock lock(mutex);
    const bool fails = calls.size() == failingCall;
    calls.append({kind, path});
    if (fails)
        errno = EIO;
    return !fails;
}

int sync(long call, int descriptor)
{
    const QString path = QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(descriptor));
    return mayHappen(Call::Kind::Sync, path) ? int(::syscall(call, descriptor)) : -1;
}

} // namespace

void watch(int failing)
{
    const std::scoped_lock lock(mutex);
    calls.clear();
    failingCall = failing;
}

QList<Call> seen()
{
    const std::scoped_lock lock(mutex);
    return calls;
}

} // namespace vitrine::test::filecalls

namespace calls = vitrine::test::filecalls;

extern "C" int fsync(int descriptor)
{
    return calls::sync(SYS_fsync, descriptor);
}

extern "C" int fdatasync(int descriptor)
{
    return calls::sync(SYS_fdatasync, descriptor);
}

extern "C" int rename(const char* from, const char* to) noexcept
{
    if (!calls::mayHappen(calls::Call::Kind::Rename, QFile::decodeName(to)))
        return -1;
    return int(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
