// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/worker/worker.h"

#include "app/decoding/wire.h"
#include "app/decoding/worker/confinement.h"

#include <malloc.h>

#include <new>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;
using imaging::Findings;

constexpr auto kIdle = std::chrono::seconds(1);

Result<Findings> readPicture(const Job& job, const Message& message, Tray& tray,
                             const imaging::PictureReader& reader)
{
    if (!job.isOnTray)
        return reader.read(imaging::OpenFile{message.file.number(), job.size}, job.order);
    const auto bytes = tray.at(0, job.size);
    if (!bytes)
        return failure(ErrorKind::MemoryExhausted, u"a picture that cannot be mapped"_s);
    return reader.read(*bytes, job.order);
}

Result<Findings> perform(const Job& job, const Message& message, Tray& tray,
                         const imaging::PictureReader& reader)
{
    try {
        return readPicture(job, message, tray, reader);
    } catch (const std::bad_alloc&) {
        return failure(ErrorKind::MemoryExhausted, u"the decoder ran out of memory"_s);
    } catch (const std::exception& exception) {
        return failure(ErrorKind::DecoderCrashed, QString::fromLatin1(exception.what()));
    }
}

/// What was freed is kept for the next picture (see zygoteloop.cpp), but not for ever.
void giveMemoryBack()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    ::malloc_trim(0);
#endif
}

Result<Message> nextJob(const Channel& line)
{
    auto message = line.receive(kIdle);
    if (message || message.error().kind != ErrorKind::TimedOut)
        return message;
    giveMemoryBack();
    return line.receive();
}

/// False when the other end is gone.
bool serveOne(const Channel& line, Tray& tray, std::chrono::milliseconds patience,
              const imaging::PictureReader& reader)
{
    const auto message = nextJob(line);
    const auto job = message ? jobFromWire(*message) : std::nullopt;
    if (!job)
        return false;
    limitProcessorTime(patience);
    tray.clear(job->isOnTray ? job->size : 0);
    return line.send(outcomeToWire(perform(*job, *message, tray, reader), tray)).has_value();
}

} // namespace

void serve(const Channel& line, std::chrono::milliseconds patience,
           const imaging::PictureReader& reader)
{
    auto first = line.receive();
    if (!first || first->bytes != kTrayComes)
        return;
    Tray tray(std::move(first->file));
    while (serveOne(line, tray, patience, reader)) {
    }
}

} // namespace vitrine::decoding
