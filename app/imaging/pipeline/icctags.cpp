// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/icctags.h"

#include "app/imaging/pipeline/bytes.h"

#include <QSet>
#include <QStringDecoder>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr quint32 kMostTags = 100; ///< Little CMS reads no more, either
constexpr qsizetype kTagsAt = kIccHeaderSize + 4;
constexpr qsizetype kTypeSize = 8; ///< type of the data and four reserved bytes

tl::unexpected<Error> senseless()
{
    return failure(ErrorKind::UnsupportedImage, u"a colour profile that makes no sense"_s);
}

/// Input, display, output and colour space: the classes that describe the colours of a picture.
bool describesColours(QByteArrayView deviceClass)
{
    return deviceClass == "scnr" || deviceClass == "mntr" || deviceClass == "prtr" ||
           deviceClass == "spac";
}

/// \a profile up to the size that its header tells; empty if that is not one.
QByteArrayView wholeProfile(QByteArrayView profile)
{
    constexpr qsizetype version = 8, deviceClass = 12, signature = 36;
    constexpr quint8 newest = 4; // iccMAX, which comes next, has other fields
    const auto size = qint64(bigEndian<quint32>(profile, 0));
    if (size < kTagsAt || size > profile.size() || size > kMostProfileBytes)
        return {};
    const bool isKnown = profile.sliced(signature, 4) == "acsp" &&
                         bigEndian<quint8>(profile, version) <= newest &&
                         describesColours(profile.sliced(deviceClass, 4));
    return isKnown ? profile.first(size) : QByteArrayView();
}

/// Bytes of all tags; what tags share counts once.
qint64 dataSize(const QList<IccTag>& tags)
{
    QSet<std::pair<const char*, qsizetype>> counted;
    qint64 total = 0;
    for (const IccTag& tag : tags) {
        const std::pair place(tag.data.data(), tag.data.size());
        if (!counted.contains(place))
            total += tag.data.size();
        counted.insert(place);
    }
    return total;
}

QByteArrayView upToZero(QByteArrayView text)
{
    const qsizetype end = text.indexOf('\0');
    return end < 0 ? text : text.first(end);
}

QString firstLanguage(QByteArrayView data)
{
    constexpr qsizetype firstRecord = 16;
    const auto size = qint64(bigEndian<quint32>(data, firstRecord + 4));
    const auto offset = qint64(bigEndian<quint32>(data, firstRecord + 8));
    if (size > data.size() || offset > data.size() - size)
        return {};
    QStringDecoder utf16(QStringDecoder::Utf16BE);
    return utf16(data.sliced(offset, size));
}

/// Entries of a table of all colours, \a steps in each of the \a inputs; at most that many.
qint64 gridSize(int inputs, int steps, int outputs)
{
    qint64 size = outputs;
    for (int i = 0; i < inputs && size < kMostProfileBytes; ++i)
        size *= steps;
    return size;
}

/// Of the types lut8 and lut16 (ICC.1:2022, sections 10.10 and 10.11).
qint64 sizeOfLut(QByteArrayView data, bool isWide)
{
    constexpr qint64 header8 = 48, header16 = 52, entries8 = 256;
    const int inputs = bigEndian<quint8>(data, 8), outputs = bigEndian<quint8>(data, 9);
    const qint64 grid = gridSize(inputs, bigEndian<quint8>(data, 10), outputs);
    if (!isWide)
        return header8 + entries8 * (inputs + outputs) + grid;
    const qint64 before = bigEndian<quint16>(data, 48), behind = bigEndian<quint16>(data, 50);
    return header16 + 2 * (before * inputs + grid + behind * outputs);
}

/// ICC.1:2022, section 10.18.
qint64 sizeOfParametricCurve(QByteArrayView data)
{
    constexpr std::array<qint64, 5> parameters{1, 3, 4, 5, 7}; // by function
    const auto function = bigEndian<quint16>(data, 8);
    return function < parameters.size() ? 12 + 4 * parameters[function] : data.size();
}

} // namespace

Result<QList<IccTag>> readIccTags(QByteArrayView profile)
{
    const QByteArrayView whole = wholeProfile(profile);
    const auto count = bigEndian<quint32>(whole, kIccHeaderSize);
    if (count == 0 || count > kMostTags)
        return senseless();
    const qint64 tableEnd = kTagsAt + kIccEntrySize * qint64(count);
    QSet<QByteArrayView> known;
    QList<IccTag> tags;
    for (qint64 entry = kTagsAt; entry < tableEnd; entry += kIccEntrySize) {
        const auto offset = qint64(bigEndian<quint32>(whole, entry + 4));
        const auto size = qint64(bigEndian<quint32>(whole, entry + 8));
        if (size < kTypeSize || size > whole.size() || offset < tableEnd ||
            offset > whole.size() - size)
            return senseless();
        tags.append({whole.sliced(entry, 4), whole.sliced(offset, size)});
        known.insert(tags.last().signature);
    }
    // Tags that overlap would make a profile of any size.
    if (known.size() != tags.size() || dataSize(tags) > whole.size())
        return senseless();
    return tags;
}

QByteArrayView iccUsedData(QByteArrayView data)
{
    constexpr qint64 colour = 20, matrix = 44, codePoints = 12, curve = 12;
    qint64 size = data.size();
    if (data.startsWith("XYZ "))
        size = colour;
    else if (data.startsWith("sf32")) // of which there is only the adaptation, "chad"
        size = matrix;
    else if (data.startsWith("cicp"))
        size = codePoints;
    else if (data.startsWith("curv"))
        size = curve + 2 * qint64(bigEndian<quint32>(data, 8));
    else if (data.startsWith("para"))
        size = sizeOfParametricCurve(data);
    else if (data.startsWith("mft1") || data.startsWith("mft2"))
        size = sizeOfLut(data, data.startsWith("mft2"));
    return data.first(qMin<qint64>(size, data.size()));
}

QString iccText(QByteArrayView data)
{
    constexpr qsizetype descriptionAt = 12;
    if (data.startsWith("text") && data.size() > kTypeSize)
        return QString::fromLatin1(upToZero(data.sliced(kTypeSize)));
    if (data.startsWith("desc") && data.size() > descriptionAt)
        return QString::fromLatin1(upToZero(data.sliced(descriptionAt)));
    return data.startsWith("mluc") ? firstLanguage(data) : QString();
}

} // namespace vitrine::imaging
