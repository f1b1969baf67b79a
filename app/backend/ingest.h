// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/imagestore.h"
#include "app/imaging/probe.h"

namespace vitrine::backend {

/// Decodes the finished original once, adds the platform's variants to \a incoming and fills in
/// what the bytes tell. Nothing that is cut off or damaged passes. CPU-bound.
/// Errors: as imaging::makeVariants(), DamagedImage, DiskFull, Storage.
Result<void> ingest(Incoming& incoming, const imaging::Limits& limits, NewImage& properties);

} // namespace vitrine::backend
