// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/imagestore.h"
#include "app/backend/pixelbudget.h"
#include "app/imaging/picturereader.h"

namespace vitrine::backend {

/// Has the finished original read once, adds the platform's variants to \a incoming and fills in
/// what the bytes tell. Nothing that is cut off or damaged passes. Blocks for as long as that
/// takes, and while others decode as many pixels as \a budget allows.
/// Errors: as PictureReader::read(), DamagedImage, DiskFull, Storage.
Result<void> ingest(Incoming& incoming, const imaging::PictureReader& pictures,
                    const imaging::Limits& limits, PixelBudget& budget, NewImage& properties);

} // namespace vitrine::backend
