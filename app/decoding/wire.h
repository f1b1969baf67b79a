// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/channel.h"
#include "app/decoding/tray.h"
#include "app/imaging/picturereader.h"

#include <sys/types.h>

#include <optional>

/// What the program and its workers say to each other. The zygote gets the worker's end of a new
/// line and tells which process has it. To a worker the tray goes first, then job after job with
/// the picture's file or its bytes on the tray; outcomes come back with their pixels on the tray.
namespace vitrine::decoding {

struct Job {
    imaging::ReadOrder order;
    qint64 size = 0;       ///< of the picture, in bytes
    bool isOnTray = false; ///< at its start; else in the file that comes along
};

/// How a zygote begins, and so its workers.
enum class Start {
    Confined,   ///< no file, no network, no other program is in its reach
    Unconfined, ///< the machine allows no filter, and the person allowed going without
    Refused     ///< the machine allows no filter: nothing is read, and it ends
};
constexpr int lastOf(Start)
{
    return int(Start::Refused);
}

QByteArray startToWire(Start start);
std::optional<Start> startFromWire(const Message& message);

inline constexpr QByteArrayView kForkOrder = "fork";
/// \a process is 0 if there was no room for one.
QByteArray forkedToWire(pid_t process);
std::optional<pid_t> forkedFromWire(const Message& message);

inline constexpr QByteArrayView kTrayComes = "tray";

QByteArray jobToWire(Job job);
std::optional<Job> jobFromWire(const Message& message);

/// What is large is laid on \a tray.
QByteArray outcomeToWire(Result<imaging::Findings> outcome, Tray& tray);
/// What came of \a job. None if the answer makes no sense, or none to this job: whoever gave it is
/// not to be trusted any more.
std::optional<Result<imaging::Findings>> outcomeFromWire(const Message& message, Tray& tray,
                                                         const Job& job);

} // namespace vitrine::decoding
