// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Inside of this folder: what of an image goes over the wire, for whatever takes it.
#include "app/protocol/image.h"

namespace vitrine::protocol {

/// Gives \a take each field's name and value: QString, bool, int or qint64.
template <typename Take>
void forEachField(const Image& image, Take take)
{
    using namespace Qt::StringLiterals;
    take("id"_L1, image.id);
    take("previewURL"_L1, image.previewUrl.toString(QUrl::FullyEncoded));
    take("name"_L1, image.name);
    take("alt"_L1, image.alt);
    take("uploaded"_L1, image.uploaded.toUTC().toString(Qt::ISODateWithMs));
    take("isPrivate"_L1, image.isPrivate);
    take("downloadCount"_L1, image.downloadCount);
    take("width"_L1, image.size.width());
    take("height"_L1, image.size.height());
    take("bytes"_L1, image.bytes);
    take("type"_L1, image.type);
    take("revision"_L1, image.revision);
    take("placeholder"_L1, QString::fromLatin1(image.placeholder.toBase64()));
    if (!image.sha256.isEmpty())
        take("sha256"_L1, QString::fromLatin1(image.sha256.toHex()));
}

} // namespace vitrine::protocol
