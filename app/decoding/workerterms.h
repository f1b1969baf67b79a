// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace vitrine::decoding {

/// How workers are run, and what they may use up.
struct WorkerTerms {
    QString program; ///< path of vitrine-decode
    /// For one picture, by the clock on the wall; on a machine that is so busy that the worker did
    /// not get that much processor time, up to four times as long, and where nobody waits for the
    /// picture, 24 times.
    std::chrono::milliseconds patience{5'000};
    qint64 memory = 1'500'000'000; ///< bytes of address space
    /// A worker reads so many: one that a picture has taken over, and does not show it, can falsify
    /// no more than the rest of them, and see no more than is left in its memory of those before.
    /// One for each picture would take a fifth longer in all, since its memory is new to it; the
    /// 20th part of that is not noticed.
    int pictures = 20;
    /// One that has had nothing to read for so long reads no more either: the next picture gets a
    /// new one.
    std::chrono::milliseconds idle{1'000};
    /// Where the machine allows no filter: read all the same. A hostile picture that takes over a
    /// decoder can then do whatever this person can.
    bool allowsUnconfined = false;
};

} // namespace vitrine::decoding
