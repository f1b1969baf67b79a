// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/sandboxedpicturereader.h"

#include <QFileInfo>

namespace vitrine::decoding {
namespace {

using namespace Qt::StringLiterals;
using imaging::Findings;

bool isFaultOfPicture(ErrorKind kind)
{
    return kind == ErrorKind::DecoderCrashed || kind == ErrorKind::DecoderTooSlow ||
           kind == ErrorKind::MemoryExhausted;
}

/// A worker that died before it got the job, killed by the system or a person, is replaced.
Result<WorkerPool::Lease> handOver(WorkerPool& pool, const imaging::PictureSource& source,
                                   const imaging::ReadOrder& order)
{
    for (int tries = 0; tries < 3; ++tries) {
        auto worker = pool.lease(order.isPatient);
        if (!worker || (*worker)->ask(source, order))
            return worker;
    }
    return failure(ErrorKind::DecoderMissing, u"it dies before it gets a picture"_s);
}

} // namespace

SandboxedPictureReader::SandboxedPictureReader(WorkerTerms terms, int workers)
    : m_pool(std::move(terms), workers)
{}

Result<Findings> SandboxedPictureReader::read(const imaging::PictureSource& source,
                                              const imaging::ReadOrder& order) const
{
    if (const auto verdict = m_quarantine.verdictOn(source))
        return failure(*verdict);
    const auto* bytes = std::get_if<QByteArrayView>(&source);
    if (bytes && bytes->isEmpty())
        return failure(ErrorKind::EmptyFile);
    if (bytes && bytes->size() > order.limits.bytes)
        return failure(ErrorKind::TooLarge, u"%1 bytes"_s.arg(bytes->size()));
    auto worker = handOver(m_pool, source, order);
    if (!worker)
        return failure(worker.error());
    auto findings = (*worker)->answer();
    if (!findings && isFaultOfPicture(findings.error().kind))
        m_quarantine.accuse(source, findings.error());
    return findings;
}

QString workerFor(const QString& directory)
{
    const QString beside = directory + u"/vitrine-decode"_s;
    if (QFileInfo(beside).isExecutable())
        return beside;
    return directory + QStringLiteral("/" VITRINE_LIBEXEC_FROM_BIN "/vitrine-decode");
}

} // namespace vitrine::decoding
