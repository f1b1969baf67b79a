// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/channel.h"
#include "app/decoding/workerterms.h"

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace vitrine::decoding {

/// The descriptor on which a worker finds its end of the line.
inline constexpr int kWorkerEnd = 3;

/// What stands in a worker's argv behind its name, in this order.
struct WorkerArguments {
    std::chrono::milliseconds patience{0};
    qint64 memory = 0; ///< bytes; 0: no limit, as the address sanitizer needs it
    bool allowsUnconfined = false;

    std::vector<std::string> toWords() const;
    /// None if these are not such words: somebody started the program by hand.
    static std::optional<WorkerArguments> fromWords(int argc, char** argv);
};

/// Starts the program with \a line as descriptor kWorkerEnd and no other but the standard ones.
/// Safe beside other threads. Errors: DecoderMissing.
Result<pid_t> launch(const WorkerTerms& terms, const Channel& line);

} // namespace vitrine::decoding
