// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/failingvfs.h"

#include <sqlite3.h>

#include <atomic>
#include <csignal>
#include <cstring>

namespace vitrine::test {
namespace {

sqlite3_vfs* s_real = nullptr;
sqlite3_vfs s_failing;
QByteArray s_part;
std::atomic<int> s_callsLeft = 0; // until the one that fails; below 1: none will
std::atomic<bool> s_hasFailed = false;
std::atomic<bool> s_kills = false;

struct File {
    sqlite3_file base;
    bool isWatched;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

bool failsNow(bool isWatched)
{
    if (!isWatched || s_callsLeft.load() < 1 || s_callsLeft.fetch_sub(1) != 1)
        return false;
    if (s_kills)
        std::raise(SIGKILL);
    s_hasFailed = true;
    return true;
}

File* own(sqlite3_file* file)
{
    return reinterpret_cast<File*>(file);
}

const sqlite3_io_methods& methodsOf(sqlite3_file* file)
{
    return *own(file)->real()->pMethods;
}

int close(sqlite3_file* file)
{
    return methodsOf(file).xClose(own(file)->real());
}
int read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset)
{
    if (failsNow(own(file)->isWatched))
        return SQLITE_IOERR_READ;
    return methodsOf(file).xRead(own(file)->real(), bytes, count, offset);
}
int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset)
{
    if (failsNow(own(file)->isWatched))
        return SQLITE_FULL;
    return methodsOf(file).xWrite(own(file)->real(), bytes, count, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    if (failsNow(own(file)->isWatched))
        return SQLITE_IOERR_TRUNCATE;
    return methodsOf(file).xTruncate(own(file)->real(), size);
}
int sync(sqlite3_file* file, int flags)
{
    if (failsNow(own(file)->isWatched))
        return SQLITE_IOERR_FSYNC;
    return methodsOf(file).xSync(own(file)->real(), flags);
}
int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return methodsOf(file).xFileSize(own(file)->real(), size);
}
int lock(sqlite3_file* file, int level)
{
    return methodsOf(file).xLock(own(file)->real(), level);
}
int unlock(sqlite3_file* file, int level)
{
    return methodsOf(file).xUnlock(own(file)->real(), level);
}
int checkReservedLock(sqlite3_file* file, int* isLocked)
{
    return methodsOf(file).xCheckReservedLock(own(file)->real(), isLocked);
}
int fileControl(sqlite3_file* file, int operation, void* argument)
{
    return methodsOf(file).xFileControl(own(file)->real(), operation, argument);
}
int sectorSize(sqlite3_file* file)
{
    return methodsOf(file).xSectorSize(own(file)->real());
}
int characteristics(sqlite3_file* file)
{
    return methodsOf(file).xDeviceCharacteristics(own(file)->real());
}
int shmMap(sqlite3_file* file, int page, int size, int extends, void volatile** memory)
{
    if (failsNow(own(file)->isWatched))
        return SQLITE_IOERR_SHMMAP;
    return methodsOf(file).xShmMap(own(file)->real(), page, size, extends, memory);
}
int shmLock(sqlite3_file* file, int offset, int count, int flags)
{
    return methodsOf(file).xShmLock(own(file)->real(), offset, count, flags);
}
void shmBarrier(sqlite3_file* file)
{
    methodsOf(file).xShmBarrier(own(file)->real());
}
int shmUnmap(sqlite3_file* file, int removes)
{
    return methodsOf(file).xShmUnmap(own(file)->real(), removes);
}

// Version 2: without memory mapping, so that every read is a call.
constexpr sqlite3_io_methods kMethods = {2,
                                         close,
                                         read,
                                         write,
                                         truncate,
                                         sync,
                                         fileSize,
                                         lock,
                                         unlock,
                                         checkReservedLock,
                                         fileControl,
                                         sectorSize,
                                         characteristics,
                                         shmMap,
                                         shmLock,
                                         shmBarrier,
                                         shmUnmap,
                                         nullptr,
                                         nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    file->pMethods = nullptr;
    own(file)->isWatched = name && std::strstr(name, s_part.constData());
    if (failsNow(own(file)->isWatched))
        return SQLITE_CANTOPEN;
    const int opened = s_real->xOpen(s_real, name, own(file)->real(), flags, outFlags);
    if (opened == SQLITE_OK)
        file->pMethods = &kMethods;
    return opened;
}

} // namespace

FailingVfs::FailingVfs(const QByteArray& part)
{
    s_part = part;
    s_real = sqlite3_vfs_find(nullptr);
    s_failing = *s_real;
    s_failing.zName = "failing";
    s_failing.szOsFile = int(sizeof(File)) + s_real->szOsFile;
    s_failing.xOpen = open;
    sqlite3_vfs_register(&s_failing, 1);
}

FailingVfs::~FailingVfs()
{
    sqlite3_vfs_unregister(&s_failing);
    sqlite3_vfs_register(s_real, 1);
}

void FailingVfs::failAt(int call)
{
    s_hasFailed = false;
    s_callsLeft = call;
}

void FailingVfs::killAt(int call)
{
    s_kills = true;
    failAt(call);
}

bool FailingVfs::hasFailed() const
{
    return s_hasFailed;
}

} // namespace vitrine::test
