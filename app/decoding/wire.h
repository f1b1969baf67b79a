// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/channel.h"
#include "app/decoding/memoryfile.h"
#include "app/imaging/picturereader.h"

#include <optional>

/// What the program and a worker say to each other. A job goes one way with the picture's file, an
/// outcome comes back with a file for its pixels.
namespace vitrine::decoding {

struct Job {
    imaging::ReadOrder order;
    qint64 size = 0; ///< of the file that comes along, in bytes
};

/// How a worker begins.
enum class Start {
    Confined,   ///< no file, no network, no other program is in its reach
    Unconfined, ///< the machine allows no filter, and the person allowed going without
    Refused     ///< the machine allows no filter: the worker reads nothing and ends
};
constexpr int lastOf(Start)
{
    return int(Start::Refused);
}

QByteArray startToWire(Start start);
std::optional<Start> startFromWire(const Message& message);

QByteArray jobToWire(Job job);
std::optional<Job> jobFromWire(const Message& message);

/// The text and the file of an answer.
struct Answer {
    QByteArray text;
    std::optional<MemoryFile> pixels;
};
Answer answerFrom(Result<imaging::Findings> outcome);
/// None if the answer makes no sense: whoever gave it is not to be trusted any more.
std::optional<Result<imaging::Findings>> outcomeFromWire(const Message& message);

} // namespace vitrine::decoding
