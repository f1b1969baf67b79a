// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/wire.h"

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

QByteArray jobToWire(Job job)
{
    LineWriter line;
    line(job.order, job.size);
    return line.text();
}

std::optional<Job> jobFromWire(const Message& message)
{
    LineReader line(message.bytes);
    Job job;
    line(job.order, job.size);
    return line.isGood() ? std::optional(job) : std::nullopt;
}

Answer answerFrom(Result<imaging::Findings> outcome)
{
    LineWriter line;
    bool isFound = outcome.has_value();
    line(isFound);
    if (isFound)
        line(*outcome);
    auto pixels = line.file();
    if (isFound && pixels)
        return {line.text(), *std::move(pixels)};
    Error error =
        isFound ? Error{ErrorKind::MemoryExhausted, pixels.error().detail, {}} : outcome.error();
    error.detail.truncate(kLongestDetail);
    LineWriter excuse;
    isFound = false;
    excuse(isFound, error.kind, error.detail);
    return {excuse.text(), std::nullopt};
}

std::optional<Result<imaging::Findings>> outcomeFromWire(const Message& message)
{
    LineReader line(message.bytes, message.file);
    bool isFound = false;
    line(isFound);
    if (isFound) {
        imaging::Findings findings;
        line(findings);
        if (!line.isGood())
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
