// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/accesskeys.h"
#include "app/backend/attempts.h"
#include "app/backend/delivery.h"
#include "app/backend/gate.h"
#include "app/backend/identity.h"
#include "app/backend/imagestore.h"
#include "app/backend/metrics.h"
#include "app/backend/pixelbudget.h"
#include "app/backend/variantcache.h"
#include "app/backend/variantmaker.h"

namespace vitrine::backend {

/// What handlers work with. Outlives them; everything in it may be used on any thread.
struct Services {
    ImageStore& store;
    const Delivery& delivery;
    const Gate& gate;
    const Identity& identity;
    const AccessKeys& keys;
    VariantCache& cache;
    const Ingest& ingest;
    VariantMaker& maker;
    Attempts& attempts;
    PixelBudget& pixels;
    Metrics& metrics;
    const imaging::Limits limits;
    bool defersVariants = false; ///< makes them after an upload was answered
};

} // namespace vitrine::backend
