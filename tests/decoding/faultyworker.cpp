// SPDX-License-Identifier: GPL-3.0-or-later
// The real worker around a decoder with planted faults: what an exploited or broken one would try.
// A fault that succeeds gives findings; one that is refused and survived gives Storage.
#include "app/base/mappedfile.h"
#include "app/decoding/launch.h"
#include "app/decoding/worker/zygoteloop.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/decoding/faults.h"

#include <fcntl.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <functional>
#include <map>
#include <thread>
#include <vector>

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

volatile char* g_nowhere = nullptr;
volatile bool g_isTrue = true;

/// True if it got what it wanted.
using Fault = std::function<bool()>;

bool opens(const char* path, int flags)
{
    return ::open(path, flags, 0600) >= 0;
}

bool runs(const char* program)
{
    char* const argv[] = {const_cast<char*>(program), nullptr};
    ::execve(program, argv, nullptr);
    return true; // it came back, and should not have
}

bool forks()
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(0);
    return child > 0;
}

bool clonesProcess()
{
    const long child = ::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (child == 0)
        ::_exit(0);
    return child > 0;
}

bool allocates(size_t bytes)
{
    std::vector<char> memory(bytes, 'x');
    return memory[bytes / 2] == 'x';
}

bool eatsInSmallBites()
{
    std::vector<std::vector<char>> eaten;
    while (g_isTrue)
        eaten.emplace_back(1'000'000, 'x');
    return true;
}

bool loops()
{
    while (g_isTrue) {
    }
    return true;
}

bool sleeps()
{
    for (;;)
        ::pause();
}

bool makesPageExecutable()
{
    void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

bool mapsExecutable()
{
    return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

/// With the numbers of 32-bit programs, where 5 is open().
bool callsIn32Bit()
{
#if defined(__x86_64__)
    long result = 20; // getpid
    asm volatile("int $0x80" : "+a"(result) : : "memory");
    return result > 0;
#else
    std::abort();
#endif
}

/// What the program left open, at the place where the test puts it.
bool findsOpenFiles()
{
    int found = 0;
    for (int number = test::kLeakFrom; number < 64; ++number)
        found += ::lseek(number, 0, SEEK_CUR) >= 0;
    return found > 0;
}

/// The answer goes out; the worker dies a moment later, while nobody waits for it.
bool diesLater()
{
    std::thread([] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        std::abort();
    }).detach();
    return true;
}

/// What a picture does that has taken the worker over, and does not show it: it lies about all that
/// come after.
bool g_isTakenOver = false;

bool takesOver()
{
    g_isTakenOver = true;
    return true;
}

/// Whether the zygote's line, along which new workers are asked for, can be reached from here.
bool findsZygotesLine()
{
    return ::lseek(decoding::kWorkerEnd, 0, SEEK_CUR) < 0 && errno == ESPIPE; // a socket
}

bool crashes()
{
    *g_nowhere = 1;
    return true;
}

const std::map<QByteArray, Fault>& faults()
{
    static const std::map<QByteArray, Fault> all{
        {"none", [] { return true; }},
        {"open", [] { return opens("/etc/passwd", O_RDONLY); }},
        {"create", [] { return opens("/tmp/vitrine-escaped", O_WRONLY | O_CREAT); }},
        {"memory of others", [] { return opens("/proc/self/mem", O_RDWR); }},
        {"socket", [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }},
        {"unix socket", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }},
        {"exec", [] { return runs("/bin/true"); }},
        {"fork", forks},
        {"clone", clonesProcess},
        {"kill the program", [] { return ::kill(::getppid(), SIGKILL) == 0; }},
        {"kill everybody", [] { return ::kill(-1, SIGKILL) == 0; }},
        {"ptrace", [] { return ::ptrace(PTRACE_ATTACH, ::getppid(), 0, 0) == 0; }},
        {"io_uring",
         [] {
             io_uring_params parameters{};
             return ::syscall(SYS_io_uring_setup, 8, &parameters) >= 0;
         }},
        {"mprotect", makesPageExecutable},
        {"mmap", mapsExecutable},
        {"32-bit call", callsIn32Bit},
        {"other limits", [] { return ::prlimit(0, RLIMIT_AS, nullptr, nullptr) == 0; }},
        {"open files", findsOpenFiles},
        {"takes over", takesOver},
        {"line of the zygote", findsZygotesLine},
        {"crash", crashes},
        {"abort", []() -> bool { std::abort(); }},
        {"exit", []() -> bool { ::_exit(0); }},
        {"exception", []() -> bool { throw std::runtime_error("planted"); }},
        {"4 GB", [] { return allocates(4'000'000'000); }},
        {"small bites", eatsInSmallBites},
        {"endless loop", loops},
        {"endless sleep", sleeps},
        {"dies later", diesLater},
    };
    return all;
}

QByteArray bytesOf(const imaging::PictureSource& source)
{
    if (const auto* bytes = std::get_if<QByteArrayView>(&source))
        return bytes->toByteArray();
    const auto& file = std::get<imaging::OpenFile>(source);
    const auto mapped = MappedFile::map(file.descriptor, file.size);
    return mapped ? mapped->bytes().toByteArray() : QByteArray();
}

/// What the program takes for an answer.
imaging::Findings success()
{
    imaging::Findings findings;
    findings.info.size = {360, 288};
    return findings;
}

imaging::Findings lie()
{
    imaging::Findings findings = success();
    findings.variants.preview = QImage(360, 288, QImage::Format_RGB32);
    findings.variants.preview.fill(Qt::black);
    return findings;
}

class FaultyReader final : public imaging::PictureReader
{
public:
    Result<imaging::Findings> read(const imaging::PictureSource& source,
                                   const imaging::ReadOrder& order) const override
    {
        if (g_isTakenOver)
            return lie();
        const QByteArray bytes = bytesOf(source);
        for (const auto& [name, commit] : faults()) {
            if (bytes != test::fault(name))
                continue;
            if (!commit())
                return failure(ErrorKind::Storage, u"refused"_s);
            return success();
        }
        return m_reader.read(source, order);
    }

private:
    const imaging::InProcessPictureReader m_reader;
};

} // namespace

int main(int argc, char** argv)
{
    const FaultyReader reader;
    ::_exit(decoding::runZygote(argc, argv, reader));
}
