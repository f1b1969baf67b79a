// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/worker/worker.h"

#include "app/decoding/launch.h"
#include "app/decoding/wire.h"
#include "app/decoding/worker/confinement.h"
#include "app/decoding/worker/warmup.h"

#include <fcntl.h>
#include <sys/mman.h>

#include <new>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;
using imaging::Findings;

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

Result<Findings> perform(const Job& job, const Message& message,
                         const imaging::PictureReader& reader)
{
    try {
        return reader.read(imaging::OpenFile{message.file.number(), job.size}, job.order);
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
    const auto message = line.receive();
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
    warmUp();
    const Start start = shutIn(*arguments);
    if (!line.send(startToWire(start)) || start == Start::Refused)
        return 0;
    while (serveOne(line, arguments->patience, reader)) {
    }
    return 0;
}

} // namespace vitrine::decoding
