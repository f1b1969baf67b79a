// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/sandboxedpicturereader.h"

namespace vitrine::test {

/// The worker of the programs, with more patience: sanitizers are slow, and so are machines that
/// run many tests at once.
inline decoding::WorkerTerms sandboxTerms()
{
    return {.program = QStringLiteral(VITRINE_BIN_DIR "/vitrine-decode"),
            .patience = std::chrono::minutes(1)};
}

} // namespace vitrine::test
