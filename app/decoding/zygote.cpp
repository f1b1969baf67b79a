// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/zygote.h"

#include "app/base/log.h"
#include "app/decoding/launch.h"
#include "app/decoding/wire.h"

namespace vitrine::decoding {
namespace {

using namespace std::chrono_literals;

/// A cold start reads some fifty libraries from a disk that may be slow.
constexpr auto kPatience = 30s;

} // namespace

Result<std::unique_ptr<Zygote>> Zygote::start(const WorkerTerms& terms)
{
    auto line = Channel::makePair();
    if (!line)
        return failure(ErrorKind::DecoderMissing, line.error().detail);
    Result<pid_t> process = failure(ErrorKind::Internal);
    {
        // Its end must be closed here, or its death would never be seen.
        const Channel itsEnd = std::move(line->second);
        process = launch(terms, itsEnd);
    }
    if (!process)
        return failure(process.error());
    std::unique_ptr<Zygote> zygote(new Zygote(*process, std::move(line->first), terms));
    if (auto greeted = zygote->greet(); !greeted)
        return failure(greeted.error());
    return zygote;
}

Result<void> Zygote::greet()
{
    const auto message = m_line.receive(kPatience);
    const auto start = message ? startFromWire(*message) : std::nullopt;
    if (!start)
        return failure(ErrorKind::DecoderMissing, m_process.end().detail);
    if (*start == Start::Refused)
        return failure(ErrorKind::SandboxRefused);
    if (*start == Start::Unconfined)
        qCWarning(logDecoding) << "pictures are read without a sandbox, as the settings allow";
    return {};
}

Result<std::unique_ptr<WorkerProcess>> Zygote::fork()
{
    auto line = Channel::makePair();
    if (!line)
        return failure(ErrorKind::DecoderMissing, line.error().detail);
    auto tray = Tray::make();
    if (!tray)
        return failure(ErrorKind::DecoderMissing, tray.error().detail);
    Result<void> asked = failure(ErrorKind::Internal);
    {
        const Channel itsEnd = std::move(line->second); // as in start()
        asked = m_line.send(kForkOrder, itsEnd.number());
    }
    const auto message = asked.and_then([this] { return m_line.receive(kPatience); });
    const auto process = message ? forkedFromWire(*message) : std::nullopt;
    if (!process)
        return failure(ErrorKind::DecoderMissing, m_process.end().detail);
    return std::make_unique<WorkerProcess>(*process, std::move(line->first), *std::move(tray),
                                           m_terms);
}

} // namespace vitrine::decoding
