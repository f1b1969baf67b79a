// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpegreader.h"

#include <cstdlib>

/// The shorter way through a JPEG at 1/8: it gives nothing, or a picture of the right size.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace vitrine::imaging;
    constexpr qint64 mostPixels = 1'000'000;
    JpegReader reader(QByteArrayView(data, qsizetype(size)));
    if (!reader.readHeader() || qint64(reader.size().width()) * reader.size().height() > mostPixels)
        return 0;
    const QImage averages = reader.averages(0);
    const QSize whole = reader.size();
    const QSize expected((whole.width() + 7) / 8, (whole.height() + 7) / 8);
    if (!averages.isNull() && averages.size() != expected)
        std::abort();
    return 0;
}
