// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/bmp.h"
#include "app/imaging/pipeline/stripcontainers.h"

using namespace Qt::StringLiterals;

namespace vitrine::imaging {

/// A bitmap has no metadata: it only has to end where its pixels do.
Result<QByteArray> stripBmp(QByteArrayView bytes)
{
    const auto layout = readBmpLayout(bytes);
    if (!layout)
        return failure(layout.error());
    if (layout->hasProfile)
        return failure(ErrorKind::UnsupportedImage, u"a bitmap with a colour profile"_s);
    return bytes.first(layout->pixelsEnd).toByteArray();
}

} // namespace vitrine::imaging
