// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/pipeline/inprocesspicturereader.h"

namespace vitrine::bench {

/// Finds the same in every picture, at once: what remains is what a server itself costs.
class KnowingReader final : public imaging::PictureReader
{
public:
    /// What is to be found in \a photo, which can be read.
    explicit KnowingReader(const QByteArray& photo) : m_findings(findingsOf(photo)) {}

    Result<imaging::Findings> read(const imaging::PictureSource&,
                                   const imaging::ReadOrder&) const override
    {
        return m_findings;
    }

private:
    static imaging::Findings findingsOf(const QByteArray& photo)
    {
        const imaging::ReadOrder all{.variants = {true, true, true, true}, .encodesVariants = true};
        const auto found = imaging::InProcessPictureReader().read(QByteArrayView(photo), all);
        if (!found)
            qFatal("the benchmark's own picture could not be decoded");
        return *found;
    }

    const imaging::Findings m_findings;
};

} // namespace vitrine::bench
