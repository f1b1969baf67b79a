// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/bmp.h"

#include "app/imaging/pipeline/bytes.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr quint32 kCoreHeader = 12; ///< OS/2, 16-bit sides
constexpr quint32 kV5Header = 124;  ///< may embed or link a colour profile
constexpr quint32 kBitFields = 3;
constexpr quint32 kEmbeddedProfile = 0x4d424544; // 'MBED'
constexpr quint32 kLinkedProfile = 0x4c494e4b;   // 'LINK'

} // namespace

Result<BmpLayout> readBmpLayout(QByteArrayView bytes)
{
    const auto pixelsStart = littleEndian<quint32>(bytes, 10);
    const auto header = littleEndian<quint32>(bytes, 14);
    const bool isCore = header == kCoreHeader;
    const qint64 width =
        isCore ? littleEndian<quint16>(bytes, 18) : littleEndian<qint32>(bytes, 18);
    const qint64 height =
        isCore ? littleEndian<quint16>(bytes, 20) : littleEndian<qint32>(bytes, 22);
    const auto bits = littleEndian<quint16>(bytes, isCore ? 24 : 28);
    const quint32 compression = isCore ? 0 : littleEndian<quint32>(bytes, 30);
    if (compression != 0 && compression != kBitFields)
        return failure(ErrorKind::UnsupportedImage, u"a compressed bitmap"_s);
    if (width <= 0 || height == 0 || bits == 0 || bits > 32 || pixelsStart < 14 + header)
        return failure(ErrorKind::DamagedImage, u"a bitmap header that makes no sense"_s);

    const qint64 rows = qAbs(height); // negative: the top row comes first
    const qint64 stride = (width * bits + 31) / 32 * 4;
    const qint64 available = bytes.size() - qint64(pixelsStart);
    BmpLayout layout;
    layout.size = QSize(int(width), int(qMin<qint64>(rows, std::numeric_limits<int>::max())));
    layout.pixelsEnd = pixelsStart + stride * qMin(rows, qMax<qint64>(available, 0) / stride);
    const auto colourSpace = header >= kV5Header ? littleEndian<quint32>(bytes, 14 + 56) : 0;
    layout.hasProfile = colourSpace == kEmbeddedProfile || colourSpace == kLinkedProfile;
    if (rows > qMax<qint64>(available, 0) / stride)
        return failure(ErrorKind::DamagedImage, u"a bitmap whose rows are cut off"_s);
    return layout;
}

} // namespace vitrine::imaging
