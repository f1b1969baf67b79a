// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/anonymousprofile.h"
#include "app/imaging/pipeline/heifpicture.h"
#include "app/imaging/pipeline/stripcontainers.h"

#include <QMap>

#include <algorithm>
#include <array>
#include <string_view>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

using namespace std::string_view_literals;

/// HEVC and AV1 pictures, and how a picture is put together from others.
constexpr std::array kPictureTypes{"hvc1"sv, "av01"sv, "grid"sv, "iovl"sv};
constexpr qsizetype kMostProperties = 64; ///< of one item

/// Size, colour, decoder configuration, crop, turn and what an auxiliary picture is for.
constexpr std::array kProperties{"ispe"sv, "pixi"sv, "colr"sv, "hvcC"sv, "av1C"sv,
                                 "irot"sv, "imir"sv, "clap"sv, "pasp"sv, "auxC"sv,
                                 "clli"sv, "mdcv"sv, "lsel"sv, "a1op"sv, "a1lx"sv};

template <typename Names>
bool isIn(const Names& names, QByteArrayView name)
{
    return std::find(names.begin(), names.end(),
                     std::string_view(name.data(), size_t(name.size()))) != names.end();
}

/// A colour box may hold a profile. The other properties are taken over as they are.
Result<QByteArray> cleanProperty(const IsoBox& box)
{
    const auto profile = profileOfColourBox(box);
    if (!profile)
        return box.whole.toByteArray();
    constexpr qsizetype kindSize = 4;
    return anonymousProfile(*profile).map([&](const QByteArray& clean) {
        return isoBox(box.type, box.body.first(kindSize).toByteArray() + clean);
    });
}

/// Writes the kept items into a file of its own. Everything refers to 16-bit ids, as every reader
/// knows them.
class HeifWriter
{
public:
    HeifWriter(const HeifFile& file, const QSet<quint32>& kept)
        : m_file(file), m_ids(kept.begin(), kept.end())
    {
        std::sort(m_ids.begin(), m_ids.end());
    }

    /// Errors: UnsupportedImage, DamagedImage.
    Result<QByteArray> write();

private:
    Result<void> check() const;
    Result<void> cleanProperties();
    QByteArray meta(qsizetype dataAt) const;
    QByteArray itemInfo() const;
    QByteArray places(qsizetype dataAt) const;
    QByteArray properties() const;
    QByteArray references() const;
    QByteArray data() const;
    const HeifItem& item(quint32 id) const { return *m_file.item(id); }

    const HeifFile& m_file;
    QList<quint32> m_ids;
    QMap<qsizetype, QByteArray> m_properties; // to write, by index into the file's
};

Result<void> HeifWriter::check() const
{
    for (const quint32 id : m_ids) {
        const HeifItem* item = m_file.item(id);
        if (!item || item->extents.isEmpty() || item->properties.size() > kMostProperties)
            return failure(ErrorKind::DamagedImage, u"a part that is not there"_s);
        if (id > 0xffff || !isIn(kPictureTypes, item->type))
            return failure(ErrorKind::UnsupportedImage, u"an item of an unknown kind"_s);
        for (const auto& property : item->properties) {
            const QByteArrayView type = m_file.properties[property.index].type;
            if (property.isEssential && !isIn(kProperties, type))
                return failure(ErrorKind::UnsupportedImage, u"an unknown property"_s);
        }
    }
    return {};
}

Result<void> HeifWriter::cleanProperties()
{
    for (const quint32 id : m_ids) {
        for (const auto& property : item(id).properties) {
            const IsoBox& box = m_file.properties[property.index];
            if (!isIn(kProperties, box.type) || m_properties.contains(property.index))
                continue;
            auto clean = cleanProperty(box);
            if (!clean)
                return failure(clean.error());
            m_properties.insert(property.index, *std::move(clean));
        }
    }
    return {};
}

Result<QByteArray> HeifWriter::write()
{
    if (const auto clean = check().and_then([this] { return cleanProperties(); }); !clean)
        return failure(clean.error());
    constexpr qsizetype boxHeader = 8;
    const QByteArray type = isoBox("ftyp", m_file.brands);
    // Where the data will be does not change how long the boxes before it are.
    const qsizetype dataAt = type.size() + meta(0).size() + boxHeader;
    return type + meta(dataAt) + isoBox("mdat", data());
}

QByteArray HeifWriter::meta(qsizetype dataAt) const
{
    QByteArray primary;
    appendIsoNumber(primary, m_file.primary, 2);
    const QByteArray handler = QByteArray(4, '\0') + "pict" + QByteArray(13, '\0');
    return isoFullBox("meta", 0, 0,
                      isoFullBox("hdlr", 0, 0, handler) + isoFullBox("pitm", 0, 0, primary) +
                          places(dataAt) + itemInfo() + properties() + references());
}

QByteArray HeifWriter::itemInfo() const
{
    QByteArray entries;
    appendIsoNumber(entries, quint64(m_ids.size()), 2);
    for (const quint32 id : m_ids) {
        QByteArray entry;
        appendIsoNumber(entry, id, 2);
        appendIsoNumber(entry, 0, 2);             // not protected
        entry.append(item(id).type).append('\0'); // no name
        entries.append(isoFullBox("infe", 2, item(id).isHidden ? 1 : 0, entry));
    }
    return isoFullBox("iinf", 0, 0, entries);
}

QByteArray HeifWriter::places(qsizetype dataAt) const
{
    QByteArray body;
    appendIsoNumber(body, 0x4400, 2); // offsets and lengths of four bytes, no base
    appendIsoNumber(body, quint64(m_ids.size()), 2);
    quint64 at = quint64(dataAt);
    for (const quint32 id : m_ids) {
        quint64 size = 0;
        for (const QByteArrayView extent : item(id).extents)
            size += quint64(extent.size());
        appendIsoNumber(body, id, 2);
        appendIsoNumber(body, 0, 2); // in this file
        appendIsoNumber(body, 1, 2); // in one piece
        appendIsoNumber(body, at, 4);
        appendIsoNumber(body, size, 4);
        at += size;
    }
    return isoFullBox("iloc", 0, 0, body);
}

/// Only the properties that a kept item has, under new numbers.
QByteArray HeifWriter::properties() const
{
    QMap<qsizetype, int> numbers;
    QByteArray container, associations;
    appendIsoNumber(associations, quint64(m_ids.size()), 4);
    for (const quint32 id : m_ids) {
        QByteArray list;
        int count = 0;
        for (const auto& property : item(id).properties) {
            const auto clean = m_properties.find(property.index);
            if (clean == m_properties.end())
                continue;
            if (!numbers.contains(property.index)) {
                numbers.insert(property.index, int(numbers.size()) + 1);
                container.append(*clean);
            }
            const int essential = property.isEssential ? 0x8000 : 0;
            appendIsoNumber(list, quint64(essential | numbers[property.index]), 2);
            ++count;
        }
        appendIsoNumber(associations, id, 2);
        appendIsoNumber(associations, quint64(count), 1);
        associations.append(list);
    }
    constexpr quint32 wideNumbers = 1;
    return isoBox("iprp",
                  isoBox("ipco", container) + isoFullBox("ipma", 0, wideNumbers, associations));
}

QByteArray HeifWriter::references() const
{
    const auto isKept = [this](quint32 id) {
        return std::binary_search(m_ids.begin(), m_ids.end(), id);
    };
    QByteArray boxes;
    for (const HeifReference& reference : m_file.references) {
        const bool isOfPicture =
            reference.type == "dimg" || reference.type == "auxl" || reference.type == "prem";
        if (!isOfPicture || !isKept(reference.from) ||
            !std::all_of(reference.to.begin(), reference.to.end(), isKept))
            continue;
        QByteArray body;
        appendIsoNumber(body, reference.from, 2);
        appendIsoNumber(body, quint64(reference.to.size()), 2);
        for (const quint32 id : reference.to)
            appendIsoNumber(body, id, 2);
        boxes.append(isoBox(reference.type, body));
    }
    return boxes.isEmpty() ? QByteArray() : isoFullBox("iref", 0, 0, boxes);
}

QByteArray HeifWriter::data() const
{
    QByteArray data;
    for (const quint32 id : m_ids) {
        for (const QByteArrayView extent : item(id).extents)
            data.append(extent);
    }
    return data;
}

} // namespace

/// Writes a file that holds the picture to show and what it is made of, as it is coded. EXIF, XMP,
/// thumbnails, depth maps and whatever else has no part in it are not copied.
Result<QByteArray> stripHeif(QByteArrayView bytes)
{
    const auto file = readHeif(bytes);
    if (!file)
        return failure(file.error());
    return HeifWriter(*file, itemsOfPicture(*file)).write();
}

} // namespace vitrine::imaging
