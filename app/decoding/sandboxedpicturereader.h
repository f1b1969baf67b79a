// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/quarantine.h"
#include "app/decoding/workerpool.h"

namespace vitrine::decoding {

/// Reads pictures in worker processes that can open nothing, reach nobody and run nothing (see
/// worker/), so that a picture which crashes or stalls a decoder costs no more than itself, and one
/// that takes it over no more than the few others that the same worker reads: those that come may
/// be falsified, and what is left in its memory of those before may be seen in what it answers.
class SandboxedPictureReader final : public imaging::PictureReader
{
public:
    /// Starts nothing yet: \a workers are started as they are needed, and end with this object.
    /// What they are reading then is waited for.
    explicit SandboxedPictureReader(WorkerTerms terms, int workers = kWorkers);

    /// Adds to the errors of every reader: DecoderCrashed, DecoderTooSlow, MemoryExhausted
    /// (each costs this picture alone), SandboxRefused, DecoderMissing.
    Result<imaging::Findings> read(const imaging::PictureSource& source,
                                   const imaging::ReadOrder& order) const override;

private:
    /// As many as a small machine has cores; more would only be slower together.
    static constexpr int kWorkers = 2;

    mutable WorkerPool m_pool;
    mutable Quarantine m_quarantine;
};

/// Where the worker of a program in \a directory is: beside it in the build tree, in libexec once
/// it is installed. Blocks on the file system.
QString workerFor(const QString& directory);

} // namespace vitrine::decoding
