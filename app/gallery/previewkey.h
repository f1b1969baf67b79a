// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

namespace vitrine::gallery {

/// Which of an image's two small pictures.
enum class PreviewVariant {
    Sharp,  ///< as the account sees it
    Blurred ///< as others see a private image
};

struct PreviewKey {
    QString id;
    PreviewVariant variant = PreviewVariant::Sharp;

    bool operator==(const PreviewKey&) const = default;
};

inline size_t qHash(const PreviewKey& key, size_t seed = 0)
{
    return qHashMulti(seed, key.id, int(key.variant));
}

} // namespace vitrine::gallery
