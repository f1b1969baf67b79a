// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/readmetadata.h"

#include "app/imaging/pipeline/anonymousprofile.h"
#include "app/imaging/pipeline/exif.h"
#include "app/imaging/pipeline/exiv2setup.h"
#include "app/imaging/pipeline/format.h"
#include "app/imaging/pipeline/gifblocks.h"
#include "app/imaging/pipeline/heifitems.h"
#include "app/imaging/pipeline/heifpicture.h"
#include "app/imaging/pipeline/iccprofile.h"
#include "app/imaging/pipeline/jpegcarriers.h"
#include "app/imaging/pipeline/jpegmarkers.h"
#include "app/imaging/pipeline/metadatakinds.h"
#include "app/imaging/pipeline/tiffdirectory.h"

#include <QMap>
#include <QSet>
#include <QStringDecoder>

#include <exiv2/exiv2.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

constexpr qsizetype kLongestAltText = 1000; ///< characters; a description can be a novel

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

/// "de" speaks for "de-AT" and the other way round.
bool isSameLanguage(const QString& left, const QString& right)
{
    return left.section(u'-', 0, 0).compare(right.section(u'-', 0, 0), Qt::CaseInsensitive) == 0;
}

QString chosen(const Exiv2::LangAltValue& texts, const QStringList& languages)
{
    QMap<QString, QString> known;
    for (const auto& [language, text] : texts.value_)
        known.insert(QString::fromStdString(language), decoded(text));
    for (const QString& wanted : languages) {
        for (auto text = known.cbegin(); text != known.cend(); ++text) {
            if (isSameLanguage(text.key(), wanted) && !text->isEmpty())
                return *text;
        }
    }
    return known.value(u"x-default"_s, known.isEmpty() ? QString() : known.first());
}

QString textOf(const Exiv2::XmpData& xmp, const char* key, const QStringList& languages)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    if (found == xmp.end())
        return {};
    const auto* texts = dynamic_cast<const Exiv2::LangAltValue*>(&found->value());
    return texts ? chosen(*texts, languages) : decoded(found->toString());
}

/// The parts of a file that Exiv2 understands, wherever the file had them.
struct Parts {
    Exiv2::ExifData exif;
    Exiv2::IptcData iptc;
    Exiv2::XmpData xmp;
};

QString descriptionOf(const Parts& parts, const QStringList& languages)
{
    const QString written = textOf(parts.xmp, "Xmp.dc.description", languages);
    if (!written.isEmpty())
        return written;
    const auto caption = parts.iptc.findKey(Exiv2::IptcKey("Iptc.Application2.Caption"));
    if (caption != parts.iptc.end() && !caption->toString().empty())
        return decoded(caption->toString());
    const auto found = parts.exif.findKey(Exiv2::ExifKey("Exif.Image.ImageDescription"));
    return found == parts.exif.end() ? QString() : decoded(found->toString());
}

QString altTextOf(const Parts& parts, const QStringList& languages)
{
    const QString altText = textOf(parts.xmp, "Xmp.iptc.AltTextAccessibility", languages);
    if (!altText.isEmpty())
        return altText;
    const QString description = descriptionOf(parts, languages);
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

void collectExif(const Exiv2::ExifData& exif, QSet<MetadataKind>& kinds)
{
    for (const auto& datum : exif) {
        const bool isOfPicture = datum.groupName() == "Image" && isTiffPictureTag(datum.tag());
        if (const auto kind = isOfPicture ? std::nullopt : kindOf(datum.key()))
            kinds.insert(*kind);
    }
}

void collectAll(const Parts& parts, QSet<MetadataKind>& kinds)
{
    collectExif(parts.exif, kinds);
    collect(parts.iptc, kinds);
    collect(parts.xmp, kinds);
}

QList<MetadataKind> sorted(const QSet<MetadataKind>& kinds)
{
    QList<MetadataKind> list(kinds.begin(), kinds.end());
    std::sort(list.begin(), list.end());
    return list;
}

void decodeExif(QByteArrayView block, Exiv2::ExifData& exif)
{
    if (!block.isEmpty())
        Exiv2::ExifParser::decode(exif, reinterpret_cast<const Exiv2::byte*>(block.data()),
                                  uint32_t(block.size()));
}

/// Exiv2 reads HEIF only where it was built for it; its parts it reads everywhere.
Parts heifParts(QByteArrayView bytes)
{
    Parts parts;
    if (const auto file = readHeif(bytes)) {
        decodeExif(exifOf(*file), parts.exif);
        Exiv2::XmpParser::decode(parts.xmp, xmpOf(*file).toStdString());
    }
    return parts;
}

/// Exiv2 does not look for it. Behind the packet stands what leads readers to its end that take it
/// for blocks of a GIF.
Parts gifParts(QByteArrayView bytes)
{
    constexpr QByteArrayView name("XMP DataXMP");
    constexpr qsizetype before = 14; // introducer, label, length and name
    constexpr qsizetype behind = 258;
    Parts parts;
    GifBlockReader reader(bytes);
    while (const auto block = reader.next()) {
        if (block->application != name || block->whole.size() <= before + behind)
            continue;
        const auto text = block->whole.sliced(before).toByteArray().chopped(behind).toStdString();
        Exiv2::XmpParser::decode(parts.xmp, text);
    }
    return parts;
}

Parts partsOf(QByteArrayView bytes, Format format, QSet<MetadataKind>& kinds)
{
    if (format == Format::Heic || format == Format::Avif)
        return heifParts(bytes);
    if (format == Format::Gif)
        return gifParts(bytes);
    const auto image =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()), bytes.size());
    if (!image.get())
        return {};
    image->readMetadata();
    if (!image->comment().empty())
        kinds.insert(MetadataKind::Other);
    Parts parts{image->exifData(), image->iptcData(), image->xmpData()};
    if (format == Format::Png && parts.exif.empty())
        decodeExif(exifBlock(bytes, format), parts.exif); // Exiv2 0.27 passes over eXIf
    return parts;
}

/// A second EXIF block hides behind the first, which is all that most programs look at.
void collectFurtherExif(QByteArrayView jpeg, QSet<MetadataKind>& kinds)
{
    constexpr QByteArrayView prefix("Exif\0\0", 6);
    JpegMarkerReader reader(jpeg);
    while (const auto segment = reader.next()) {
        if (segment->marker != jpegmarker::kApp1 || !segment->payload.startsWith(prefix))
            continue;
        Exiv2::ExifData exif;
        decodeExif(segment->payload.sliced(prefix.size()), exif);
        collectExif(exif, kinds);
    }
}

/// What makes a HEIF file more than one picture.
void collectItems(QByteArrayView bytes, QSet<MetadataKind>& kinds)
{
    const auto file = readHeif(bytes);
    if (!file)
        return;
    for (const HeifReference& reference : file->references) {
        if (reference.type == "thmb")
            kinds.insert(MetadataKind::Thumbnail);
    }
    if (hidesPictures(*file))
        kinds.insert(MetadataKind::HiddenPicture);
}

void collectPages(QByteArrayView tiff, QSet<MetadataKind>& kinds)
{
    const TiffReader reader(tiff);
    if (reader.isValid() && reader.directoryAfter(reader.firstDirectory()) != 0)
        kinds.insert(MetadataKind::HiddenPicture);
}

void collectByFormat(QByteArrayView bytes, Format format, QSet<MetadataKind>& kinds)
{
    const QList<QByteArray> profiles = carriedProfiles(bytes, format).profiles;
    for (const QByteArray& profile : profiles)
        kinds.unite(profileKinds(profile));
    if (format == Format::Jpeg) {
        kinds.unite(jpegCarriers(bytes));
        collectFurtherExif(bytes, kinds);
    } else if (format == Format::Tiff) {
        collectPages(bytes, kinds);
    } else if (format == Format::Heic || format == Format::Avif) {
        collectItems(bytes, kinds);
    }
}

} // namespace

MetadataReport readMetadata(QByteArrayView bytes, const QStringList& languages)
{
    MetadataReport report;
    QSet<MetadataKind> kinds;
    const auto format = sniffFormat(bytes);
    if (!format)
        return report;
    setUpExiv2();
    const auto attempt = [&kinds](auto read) {
        try {
            read();
        } catch (const std::exception&) {
            kinds.insert(MetadataKind::Other); // something is there that Exiv2 cannot read
        }
    };
    attempt([&] {
        const Parts parts = partsOf(bytes, *format, kinds);
        collectAll(parts, kinds);
        report.altText = altTextOf(parts, languages);
    });
    attempt([&] { collectByFormat(bytes, *format, kinds); });
    report.kinds = sorted(kinds);
    return report;
}

} // namespace vitrine::imaging
