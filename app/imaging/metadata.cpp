// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/metadata.h"

#include "app/imaging/format.h"
#include "app/imaging/jpegmarkers.h"
#include "app/imaging/metadatakinds.h"

#include <QSet>
#include <QStringDecoder>

#include <exiv2/exiv2.hpp>

#include <algorithm>
#include <mutex>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr qsizetype kLongestAltText = 1000; ///< characters; a description can be a novel

/// Exiv2's XMP part is not thread-safe on its own: it takes a lock from us.
void lockXmp(void* mutex, bool isLocking)
{
    if (isLocking)
        static_cast<std::recursive_mutex*>(mutex)->lock();
    else
        static_cast<std::recursive_mutex*>(mutex)->unlock();
}

void initializeExiv2()
{
    static std::recursive_mutex xmpMutex;
    static std::once_flag once;
    std::call_once(once, [] {
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        Exiv2::XmpParser::initialize(&lockXmp, &xmpMutex);
    });
}

/// EXIF says ASCII; people write UTF-8 or Latin-1.
QString decoded(const std::string& text)
{
    const QByteArrayView bytes(text.data(), qsizetype(text.size()));
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString result = utf8(bytes);
    if (utf8.hasError())
        result = QString::fromLatin1(bytes);
    return result.remove(QChar(0)).simplified().left(kLongestAltText);
}

QString textOf(const Exiv2::XmpData& xmp, const char* key)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    if (found == xmp.end())
        return {};
    const auto* languages = dynamic_cast<const Exiv2::LangAltValue*>(&found->value());
    if (!languages)
        return decoded(found->toString());
    const auto standard = languages->value_.find("x-default");
    if (standard != languages->value_.end())
        return decoded(standard->second);
    return languages->value_.empty() ? QString() : decoded(languages->value_.begin()->second);
}

QString descriptionOf(const Exiv2::Image& image)
{
    const QString written = textOf(image.xmpData(), "Xmp.dc.description");
    if (!written.isEmpty())
        return written;
    const Exiv2::ExifData& exif = image.exifData();
    const auto found = exif.findKey(Exiv2::ExifKey("Exif.Image.ImageDescription"));
    return found == exif.end() ? QString() : decoded(found->toString());
}

QString altTextOf(const Exiv2::Image& image)
{
    const QString altText = textOf(image.xmpData(), "Xmp.iptc.AltTextAccessibility");
    if (!altText.isEmpty())
        return altText;
    const QString description = descriptionOf(image);
    return isBoilerplate(description) ? QString() : description;
}

template <typename Data>
void collect(const Data& data, QSet<MetadataKind>& kinds)
{
    for (const auto& datum : data) {
        if (const auto kind = kindOf(datum.key()))
            kinds.insert(*kind);
    }
}

void collectAll(const Exiv2::Image& image, QSet<MetadataKind>& kinds)
{
    collect(image.exifData(), kinds);
    collect(image.iptcData(), kinds);
    collect(image.xmpData(), kinds);
    if (!image.comment().empty())
        kinds.insert(MetadataKind::Other);
}

/// What stands behind the end of the picture: a phone's video, a second preview.
bool hasTrailer(QByteArrayView jpeg)
{
    JpegMarkerReader reader(jpeg);
    while (reader.next()) {
    }
    const QByteArrayView rest = jpeg.sliced(qMin(reader.position(), jpeg.size()));
    return reader.reachedEnd() &&
           std::any_of(rest.begin(), rest.end(), [](char byte) { return byte != 0; });
}

QList<MetadataKind> sorted(const QSet<MetadataKind>& kinds)
{
    QList<MetadataKind> list(kinds.begin(), kinds.end());
    std::sort(list.begin(), list.end());
    return list;
}

void readWithExiv2(QByteArrayView bytes, MetadataReport& report, QSet<MetadataKind>& kinds)
{
    initializeExiv2();
    const auto image =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()), bytes.size());
    if (!image.get())
        return;
    image->readMetadata();
    collectAll(*image, kinds);
    report.altText = altTextOf(*image);
}

} // namespace

MetadataReport readMetadata(QByteArrayView bytes)
{
    MetadataReport report;
    QSet<MetadataKind> kinds;
    const auto format = sniffFormat(bytes);
    if (!format)
        return report;
    try {
        readWithExiv2(bytes, report, kinds);
    } catch (const std::exception&) {
        kinds.insert(MetadataKind::Other); // something is there that Exiv2 cannot read
    }
    if (*format == Format::Jpeg && hasTrailer(bytes))
        kinds.insert(MetadataKind::Other);
    report.kinds = sorted(kinds);
    return report;
}

} // namespace vitrine::imaging
