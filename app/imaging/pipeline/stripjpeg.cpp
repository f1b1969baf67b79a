// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/exif.h"
#include "app/imaging/pipeline/jpegmarkers.h"
#include "app/imaging/pipeline/stripcontainers.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

using namespace jpegmarker;

constexpr QByteArrayView kJfif("JFIF\0", 5);
constexpr QByteArrayView kIcc("ICC_PROFILE\0", 12);
constexpr QByteArrayView kAdobe("Adobe", 5);
constexpr qsizetype kJfifWithoutThumbnail = 12; ///< of its payload
constexpr qsizetype kAdobeSize = 12;

void appendSegment(QByteArray& jpeg, quint8 marker, QByteArrayView payload)
{
    const quint16 length = qToBigEndian(quint16(payload.size() + 2));
    jpeg.append('\xff').append(char(marker));
    jpeg.append(reinterpret_cast<const char*>(&length), sizeof length);
    jpeg.append(payload);
}

bool isPicture(quint8 marker)
{
    return isStartOfFrame(marker) || marker == kDht || marker == kDac || marker == kDqt ||
           marker == kDri || marker == kDnl || marker == kSos;
}

/// JFIF without the thumbnail that it may hold.
void appendJfif(QByteArray& jpeg, QByteArrayView payload)
{
    QByteArray jfif = payload.first(kJfifWithoutThumbnail).toByteArray();
    jfif.append(2, '\0'); // a thumbnail of no width and no height
    appendSegment(jpeg, kApp0, jfif);
}

/// The application segments that change what the pixels look like; nothing of the others.
void appendIfNeeded(QByteArray& jpeg, const JpegSegment& segment)
{
    const QByteArrayView payload = segment.payload;
    if (segment.marker == kApp0 && payload.startsWith(kJfif) &&
        payload.size() >= kJfifWithoutThumbnail)
        appendJfif(jpeg, payload);
    else if (segment.marker == kApp2 && payload.startsWith(kIcc))
        appendSegment(jpeg, kApp2, payload);
    else if (segment.marker == kApp14 && payload.startsWith(kAdobe) && payload.size() >= kAdobeSize)
        appendSegment(jpeg, kApp14, payload.first(kAdobeSize));
}

} // namespace

Result<QByteArray> stripJpeg(QByteArrayView bytes, int orientation)
{
    QByteArray jpeg("\xff\xd8", 2);
    jpeg.reserve(bytes.size());
    JpegMarkerReader reader(bytes);
    bool needsExif = orientation != 1;
    while (const auto segment = reader.next()) {
        const bool isJfif = segment->marker == kApp0; // has to stay the first segment
        if (needsExif && !isJfif) {
            appendSegment(jpeg, kApp1, QByteArray("Exif\0\0", 6).append(minimalExif(orientation)));
            needsExif = false;
        }
        if (isPicture(segment->marker))
            jpeg.append(segment->whole);
        else
            appendIfNeeded(jpeg, *segment);
    }
    if (!reader.reachedEnd())
        return failure(ErrorKind::DamagedImage, u"no end of image"_s);
    return jpeg.append("\xff\xd9", 2);
}

} // namespace vitrine::imaging
