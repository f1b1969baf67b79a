// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringList>

namespace vitrine::protocol {

/// What a server can do. A server that does not say (the article's, the reference) gets defaults().
struct Capabilities {
    enum class Feature { Privacy, Alt, Delete, Idempotency, Original, Conditional };

    QSet<Feature> features;
    qint64 maxBytes = 0;           ///< of one upload
    qint64 maxPixels = 0;          ///< width × height
    int maxSide = 0;               ///< pixels
    QStringList types;             ///< media types that can be uploaded
    qint64 maxAnimationPixels = 0; ///< width × height × frames; 0: no limit
    bool isStated = false;         ///< the server said so itself

    bool has(Feature feature) const { return features.contains(feature); }

    /// Cloudflare Images' documented limits (10 MB, 100 megapixels, 12,000 px a side, 50 megapixels
    /// over all frames of an animation; JPEG, PNG, GIF and WebP) and no feature beyond listing,
    /// uploading and downloading.
    static Capabilities defaults();
};

QJsonObject toJson(const Capabilities& capabilities);
/// Errors: BadAnswer, when it is not "vitrine/1" or a limit is missing. Unknown features are
/// skipped, so that a newer server can be talked to; the limit of animations may be missing;
/// without types it takes what Cloudflare Images takes.
Result<Capabilities> capabilitiesFromJson(const QJsonObject& object);

} // namespace vitrine::protocol
