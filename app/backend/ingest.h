// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/imagestore.h"
#include "app/backend/pixelbudget.h"
#include "app/imaging/picturereader.h"

namespace vitrine::backend {

/// Reads uploaded originals. What it is given must outlive it. Any thread; blocks for as long as
/// reading takes, and while others decode as many pixels as the budget allows.
class Ingest
{
public:
    Ingest(const imaging::PictureReader& pictures, const imaging::Limits& limits,
           PixelBudget& budget)
        : m_pictures(pictures), m_limits(limits), m_budget(budget)
    {}

    enum class Pace {
        Awaited,
        Patient ///< nobody waits for it (see imaging::ReadOrder)
    };

    /// All that is made of the picture, as JPEG. Nothing that is cut off or damaged passes.
    /// Errors: as PictureReader::read(), DamagedImage, MemoryExhausted, Storage.
    Result<imaging::Findings> read(const QString& path, Pace pace = Pace::Awaited) const;
    /// What its head tells: much sooner, and of data that may be damaged.
    /// Errors: as PictureReader::read(), Storage.
    Result<imaging::Findings> glance(const QString& path) const;

private:
    Result<imaging::Findings> readUpTo(qint64 pixels, const QString& path, Pace pace) const;

    const imaging::PictureReader& m_pictures;
    const imaging::Limits& m_limits;
    PixelBudget& m_budget;
};

/// Fills in what the bytes told.
void describe(NewImage& properties, const imaging::Findings& found);

/// Errors: DiskFull, Storage.
Result<void> addVariants(Incoming& picture, const imaging::Findings& found);

} // namespace vitrine::backend
