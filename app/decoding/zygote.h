// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/decoding/workerprocess.h"

#include <memory>

namespace vitrine::decoding {

/// The process that workers are made from: it has loaded all decoders and shut itself in, and does
/// nothing but divide, which takes a hundredth of a start. It never sees a picture, so that each
/// worker begins sound, whatever became of those before it. One thread at a time.
class Zygote
{
public:
    /// Blocks until it is ready.
    /// Errors: DecoderMissing (it does not start), SandboxRefused (the machine allows no filter).
    static Result<std::unique_ptr<Zygote>> start(const WorkerTerms& terms);

    /// Errors: DecoderMissing (it has died, or there is no room for a process).
    Result<std::unique_ptr<WorkerProcess>> fork();

private:
    Zygote(pid_t process, Channel line, const WorkerTerms& terms)
        : m_process(process), m_line(std::move(line)), m_terms(terms)
    {}
    Result<void> greet();

    ChildProcess m_process;
    const Channel m_line;
    const WorkerTerms m_terms;
};

} // namespace vitrine::decoding
