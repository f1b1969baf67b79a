// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/anonymousprofile.h"
#include "app/imaging/pipeline/exif.h"
#include "app/imaging/pipeline/jpegprofile.h"
#include "app/imaging/pipeline/stripcontainers.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

using namespace jpegmarker;

constexpr QByteArrayView kJfif("JFIF\0", 5);
constexpr QByteArrayView kAdobe("Adobe", 5);
constexpr qsizetype kJfifWithoutThumbnail = 12; ///< of its payload
constexpr qsizetype kAdobeSize = 12;

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
    appendJpegSegment(jpeg, kApp0, jfif);
}

/// The application segments that change what the pixels look like; nothing of the others. The
/// profile is none of them: it takes several.
void appendIfNeeded(QByteArray& jpeg, const JpegSegment& segment)
{
    const QByteArrayView payload = segment.payload;
    if (segment.marker == kApp0 && payload.startsWith(kJfif) &&
        payload.size() >= kJfifWithoutThumbnail)
        appendJfif(jpeg, payload);
    else if (segment.marker == kApp14 && payload.startsWith(kAdobe) && payload.size() >= kAdobeSize)
        appendJpegSegment(jpeg, kApp14, payload.first(kAdobeSize));
}

/// The segments of the profile, which comes whole where the first of them stood.
Result<QByteArray> cleanProfileSegments(QByteArrayView jpeg)
{
    const auto profile = profileOfJpeg(jpeg);
    if (!profile)
        return failure(profile.error());
    return anonymousProfile(*profile).map(makeProfileSegments);
}

} // namespace

Result<QByteArray> stripJpeg(QByteArrayView bytes, int orientation)
{
    QByteArray jpeg("\xff\xd8", 2);
    jpeg.reserve(bytes.size());
    JpegMarkerReader reader(bytes);
    bool needsExif = orientation != 1, needsProfile = true;
    while (const auto segment = reader.next()) {
        const bool isJfif = segment->marker == kApp0; // has to stay the first segment
        if (needsExif && !isJfif) {
            appendJpegSegment(jpeg, kApp1,
                              QByteArray("Exif\0\0", 6).append(minimalExif(orientation)));
            needsExif = false;
        }
        if (isPicture(segment->marker)) {
            jpeg.append(segment->whole);
        } else if (!isProfileSegment(*segment)) {
            appendIfNeeded(jpeg, *segment);
        } else if (std::exchange(needsProfile, false)) {
            const auto profile = cleanProfileSegments(bytes);
            if (!profile)
                return failure(profile.error());
            jpeg.append(*profile);
        }
    }
    if (!reader.reachedEnd())
        return failure(ErrorKind::DamagedImage, u"no end of image"_s);
    return jpeg.append("\xff\xd9", 2);
}

} // namespace vitrine::imaging
