// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/wire.h"

#include "app/decoding/answerbounds.h"
#include "app/decoding/line.h"

namespace vitrine::decoding {
namespace {

constexpr qsizetype kLongestDetail = 200; // characters; a decoder's words go into logs

/// What a worker may say of a picture; all else it cannot know.
bool isAboutPictures(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::EmptyFile:
    case ErrorKind::NotAnImage:
    case ErrorKind::UnsupportedImage:
    case ErrorKind::DamagedImage:
    case ErrorKind::TooLarge:
    case ErrorKind::TooManyPixels:
    case ErrorKind::SideTooLong:
    case ErrorKind::TooManyFrames:
    case ErrorKind::TooCompressed:
    case ErrorKind::DecoderCrashed:
    case ErrorKind::MemoryExhausted:
    case ErrorKind::Storage:
        return true;
    default:
        return false;
    }
}

} // namespace

QByteArray startToWire(Start start)
{
    LineWriter line;
    line(start);
    return line.text();
}

std::optional<Start> startFromWire(const Message& message)
{
    LineReader line(message.bytes);
    Start start{};
    line(start);
    return line.isGood() ? std::optional(start) : std::nullopt;
}

QByteArray forkedToWire(pid_t process)
{
    LineWriter line;
    line(process);
    return line.text();
}

std::optional<pid_t> forkedFromWire(const Message& message)
{
    LineReader line(message.bytes);
    pid_t process = 0;
    line(process);
    const bool isOne = line.isGood() && process > 1; // to others a signal could go that is not one
    return isOne ? std::optional(process) : std::nullopt;
}

QByteArray jobToWire(Job job)
{
    LineWriter line;
    line(job.order, job.size, job.isOnTray);
    return line.text();
}

std::optional<Job> jobFromWire(const Message& message)
{
    LineReader line(message.bytes);
    Job job;
    line(job.order, job.size, job.isOnTray);
    return line.isGood() ? std::optional(job) : std::nullopt;
}

QByteArray outcomeToWire(Result<imaging::Findings> outcome, Tray& tray)
{
    LineWriter line(&tray);
    bool isFound = outcome.has_value();
    line(isFound);
    if (isFound)
        line(*outcome);
    if (isFound && line.outcome())
        return line.text();
    Error error = isFound ? line.outcome().error() : outcome.error();
    error.detail.truncate(kLongestDetail);
    LineWriter excuse;
    isFound = false;
    excuse(isFound, error.kind, error.detail);
    return excuse.text();
}

std::optional<Result<imaging::Findings>> outcomeFromWire(const Message& message, Tray& tray,
                                                         const Job& job)
{
    LineReader line(message.bytes, &tray, mostBytesOf(job));
    bool isFound = false;
    line(isFound);
    if (isFound) {
        imaging::Findings findings;
        line(findings);
        if (!line.isGood() || !isAnswerTo(job, findings))
            return std::nullopt;
        return findings;
    }
    ErrorKind kind{};
    QString detail;
    line(kind, detail);
    if (!line.isGood() || !isAboutPictures(kind))
        return std::nullopt;
    return failure(kind, detail.left(kLongestDetail));
}

} // namespace vitrine::decoding
