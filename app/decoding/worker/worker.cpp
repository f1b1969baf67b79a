// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/worker/worker.h"

#include "app/base/file.h"
#include "app/decoding/launch.h"
#include "app/decoding/wire.h"
#include "app/decoding/worker/confinement.h"
#include "app/decoding/worker/warmup.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>

#include <new>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;
using imaging::Findings;

constexpr int kUsage = 2;
constexpr auto kIdle = std::chrono::seconds(1);

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
/// its memory is there. An idle worker gives it back.
void keepMemory()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    constexpr int kept = 32 * 1024 * 1024; // bytes; the most that glibc takes
    ::mallopt(M_MMAP_THRESHOLD, kept);
    ::mallopt(M_TRIM_THRESHOLD, 2 * kept);
#endif
}

void giveMemoryBack()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    ::malloc_trim(0);
#endif
}

/// A file is mapped where it is. What the program holds in memory is read: it costs less than to
/// map it page by page.
Result<Findings> readPicture(const Job& job, int file, const imaging::PictureReader& reader)
{
    if (!isSealed(file))
        return reader.read(imaging::OpenFile{file, job.size}, job.order);
    QByteArray bytes(job.size, Qt::Uninitialized);
    if (!readAt(file, 0, bytes.data(), bytes.size()))
        return failure(ErrorKind::Storage, u"a picture that is not all there"_s);
    return reader.read(QByteArrayView(bytes), job.order);
}

Result<Findings> perform(const Job& job, const Message& message,
                         const imaging::PictureReader& reader)
{
    try {
        return readPicture(job, message.file.number(), reader);
    } catch (const std::bad_alloc&) {
        return failure(ErrorKind::MemoryExhausted, u"the decoder ran out of memory"_s);
    } catch (const std::exception& exception) {
        return failure(ErrorKind::DecoderCrashed, QString::fromLatin1(exception.what()));
    }
}

/// False when the other end is gone.
bool serveOne(const Channel& line, std::chrono::milliseconds patience,
              const imaging::PictureReader& reader)
{
    auto message = line.receive(kIdle);
    if (!message && message.error().kind == ErrorKind::TimedOut) {
        giveMemoryBack();
        message = line.receive();
    }
    const auto job = message ? jobFromWire(*message) : std::nullopt;
    if (!job)
        return false;
    limitProcessorTime(patience);
    const Answer answer = answerFrom(perform(*job, *message, reader));
    return line.send(answer.text, answer.pixels ? answer.pixels->number() : -1).has_value();
}

Start shutIn(const WorkerArguments& arguments)
{
    if (confine(arguments.memory))
        return Start::Confined;
    return arguments.allowsUnconfined ? Start::Unconfined : Start::Refused;
}

} // namespace

int runWorker(int argc, char** argv, const imaging::PictureReader& reader)
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
    while (serveOne(line, arguments->patience, reader)) {
    }
    return 0;
}

} // namespace vitrine::decoding
