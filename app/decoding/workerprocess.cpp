// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/workerprocess.h"

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;

/// How often the patience is renewed for a worker that did not get its share of the processor.
constexpr int kTurns = 4;
constexpr int kTurnsOfPatient = 24;
constexpr int kNicest = 19;

} // namespace

WorkerProcess::WorkerProcess(pid_t process, Channel line, Tray tray, const WorkerTerms& terms)
    : m_process(process)
    , m_line(std::move(line))
    , m_tray(std::move(tray))
    , m_patience(terms.patience)
    , m_mostIdle(terms.idle)
    , m_picturesLeft(terms.pictures)
    , m_turns(kTurns)
    , m_lastUse(std::chrono::steady_clock::now())
{
    (void)m_line.send(kTrayComes, m_tray.number()); // ask() will find out that it has died
}

// Not SCHED_IDLE: on a machine that is busy for an hour it would get next to nothing, and who comes
// to wait for this picture after all would wait as long.
void WorkerProcess::yieldToOthers()
{
    m_process.setNiceness(kNicest);
    m_turns = kTurnsOfPatient;
}

bool WorkerProcess::ask(const imaging::PictureSource& source, const imaging::ReadOrder& order)
{
    --m_picturesLeft;
    m_timeBefore = m_process.processorTime();
    m_tray.clear();
    m_job.order = order;
    const auto sent = send(source);
    if (!sent)
        kill();
    return sent.has_value();
}

Result<void> WorkerProcess::send(const imaging::PictureSource& source)
{
    const auto* bytes = std::get_if<QByteArrayView>(&source);
    m_job.isOnTray = bytes != nullptr;
    if (bytes) {
        m_job.size = bytes->size();
        return m_tray.put(*bytes).and_then([&](qint64) { return m_line.send(jobToWire(m_job)); });
    }
    const auto& [descriptor, size] = std::get<imaging::OpenFile>(source);
    m_job.size = size;
    return m_line.send(jobToWire(m_job), descriptor);
}

Result<imaging::Findings> WorkerProcess::answer()
{
    const auto message = receive();
    if (!message)
        return failure(message.error());
    auto outcome = outcomeFromWire(*message, m_tray, m_job);
    m_tray.trim();
    if (outcome)
        return *std::move(outcome);
    kill();
    return failure(ErrorKind::DecoderCrashed, u"its answer made no sense"_s);
}

Result<Message> WorkerProcess::receive()
{
    for (int turn = 0; turn < m_turns; ++turn) {
        auto message = m_line.receive(m_patience);
        m_lastUse = std::chrono::steady_clock::now();
        if (message)
            return message;
        if (message.error().kind != ErrorKind::TimedOut)
            return failure(m_process.end());
        const bool hadItsShare = m_process.processorTime() - m_timeBefore > m_patience * 4 / 5;
        if (hadItsShare)
            break;
    }
    kill();
    return failure(ErrorKind::DecoderTooSlow, u"it took longer than allowed"_s);
}

bool WorkerProcess::isSpent() const
{
    return m_picturesLeft <= 0 || std::chrono::steady_clock::now() - m_lastUse >= m_mostIdle;
}

} // namespace vitrine::decoding
