// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpegprofile.h"

#include "app/imaging/pipeline/bytes.h"

#include <QMap>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr QByteArrayView kProfileSignature("ICC_PROFILE\0", 12);
constexpr qsizetype kNumbered = 14;       ///< signature, number, count: then the part
constexpr qsizetype kLargestPart = 65519; ///< what is left of a segment

} // namespace

bool isProfileSegment(const JpegSegment& segment)
{
    return segment.marker == jpegmarker::kApp2 && segment.payload.startsWith(kProfileSignature);
}

Result<QByteArray> profileOfJpeg(QByteArrayView jpeg)
{
    const auto unjoinable = [] {
        return failure(ErrorKind::UnsupportedImage, u"a colour profile in parts"_s);
    };
    QMap<int, QByteArrayView> parts;
    int count = 0;
    JpegMarkerReader reader(jpeg);
    while (const auto segment = reader.next()) {
        if (!isProfileSegment(*segment))
            continue;
        const int number = bigEndian<quint8>(segment->payload, kProfileSignature.size());
        const int total = bigEndian<quint8>(segment->payload, kProfileSignature.size() + 1);
        if (number == 0 || number > total || (count != 0 && total != count) ||
            parts.contains(number))
            return unjoinable();
        count = total;
        parts.insert(number, segment->payload.sliced(kNumbered));
    }
    if (parts.size() != count)
        return unjoinable();
    QByteArray profile;
    for (const QByteArrayView part : std::as_const(parts))
        profile.append(part);
    return profile;
}

QByteArray makeProfileSegments(QByteArrayView profile)
{
    const qsizetype count = (profile.size() + kLargestPart - 1) / kLargestPart;
    QByteArray segments;
    for (qsizetype i = 0; i < count; ++i) {
        const qsizetype at = i * kLargestPart;
        const QByteArrayView part = profile.sliced(at, qMin(kLargestPart, profile.size() - at));
        QByteArray payload = kProfileSignature.toByteArray();
        payload.append(char(i + 1)).append(char(count)).append(part);
        appendJpegSegment(segments, jpegmarker::kApp2, payload);
    }
    return segments;
}

} // namespace vitrine::imaging
