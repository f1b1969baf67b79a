// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/heifitems.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

/// Of items, and of what is told about them: a grid of 200 megapixels has some 800 tiles.
constexpr quint64 kMostEntries = 10'000;

tl::unexpected<Error> damaged()
{
    return failure(ErrorKind::DamagedImage, u"boxes that are cut off or make no sense"_s);
}

tl::unexpected<Error> unsupported(const QString& what)
{
    return failure(ErrorKind::UnsupportedImage, what);
}

/// The version and flags that many boxes begin with.
struct FullBox {
    explicit FullBox(QByteArrayView body) : fields(body), version(int(fields.number(1)))
    {
        flags = quint32(fields.number(3));
    }
    IsoFields fields;
    int version;
    quint32 flags = 0;
};

/// Reads the children of the meta box into a HeifFile, in the order that they need one another.
class MetaReader
{
public:
    MetaReader(QByteArrayView bytes, QByteArrayView meta) : m_bytes(bytes), m_meta(meta) {}

    Result<HeifFile> read();

private:
    QByteArrayView child(QByteArrayView list, QByteArrayView type) const;
    Result<void> readItems();
    Result<void> readItem(const IsoBox& box);
    Result<void> readPlaces();
    Result<void> readPlace(FullBox& box, int sizes);
    Result<void> readExtent(IsoFields& fields, int sizes, int version, quint64 base,
                            QByteArrayView source, HeifItem* item);
    Result<void> readProperties();
    Result<void> readAssociations(QByteArrayView body);
    Result<void> readReferences();
    HeifItem* find(quint32 id);

    QByteArrayView m_bytes;
    QByteArrayView m_meta; // its children
    qint64 m_total = 0;    // bytes of all extents
    HeifFile m_file;
};

QByteArrayView MetaReader::child(QByteArrayView list, QByteArrayView type) const
{
    IsoBoxReader reader(list);
    while (const auto box = reader.next()) {
        if (box->type == type)
            return box->body;
    }
    return {};
}

HeifItem* MetaReader::find(quint32 id)
{
    const auto found = std::find_if(m_file.items.begin(), m_file.items.end(),
                                    [id](const HeifItem& item) { return item.id == id; });
    return found == m_file.items.end() ? nullptr : &*found;
}

Result<HeifFile> MetaReader::read()
{
    FullBox primary(child(m_meta, "pitm"));
    m_file.primary = quint32(primary.fields.number(primary.version == 0 ? 2 : 4));
    const auto read = readItems()
                          .and_then([&] { return readPlaces(); })
                          .and_then([&] { return readProperties(); })
                          .and_then([&] { return readReferences(); });
    if (!read)
        return failure(read.error());
    if (primary.fields.isCut() || !m_file.item(m_file.primary))
        return damaged();
    return std::move(m_file);
}

Result<void> MetaReader::readItems()
{
    FullBox box(child(m_meta, "iinf"));
    box.fields.number(box.version == 0 ? 2 : 4); // how many: the boxes tell
    IsoBoxReader reader(box.fields.rest());
    while (const auto entry = reader.next()) {
        if (quint64(m_file.items.size()) == kMostEntries)
            return damaged();
        if (const auto item = readItem(*entry); !item)
            return item;
    }
    return reader.reachedEnd() ? Result<void>() : damaged();
}

Result<void> MetaReader::readItem(const IsoBox& entry)
{
    FullBox box(entry.body);
    if (entry.type != "infe" || box.version < 2)
        return unsupported(u"an item of an old kind"_s);
    HeifItem item;
    item.id = quint32(box.fields.number(box.version == 2 ? 2 : 4));
    const bool isProtected = box.fields.number(2) != 0;
    item.type = box.fields.bytes(4);
    item.isHidden = box.flags & 1;
    const QByteArrayView texts = box.fields.rest(); // name, media type, each ended by a zero
    const qsizetype nameEnd = texts.indexOf('\0');
    if (item.type == "mime" && nameEnd >= 0) {
        const QByteArrayView mime = texts.sliced(nameEnd + 1);
        item.mime = mime.first(qMax<qsizetype>(0, mime.indexOf('\0')));
    }
    if (isProtected)
        return unsupported(u"a protected item"_s);
    if (box.fields.isCut() || find(item.id))
        return damaged();
    m_file.items.append(item);
    return {};
}

Result<void> MetaReader::readPlaces()
{
    FullBox box(child(m_meta, "iloc"));
    const int sizes = int(box.fields.number(2)); // four numbers of four bits each
    const auto count = box.fields.number(box.version < 2 ? 2 : 4);
    if (count > kMostEntries)
        return damaged();
    for (quint64 i = 0; i < count && !box.fields.isCut(); ++i) {
        if (const auto place = readPlace(box, sizes); !place)
            return place;
    }
    return box.fields.isCut() ? damaged() : Result<void>();
}

Result<void> MetaReader::readPlace(FullBox& box, int sizes)
{
    enum Construction { InFile, InMetaBox };
    IsoFields& fields = box.fields;
    HeifItem* item = find(quint32(fields.number(box.version < 2 ? 2 : 4)));
    const auto method = box.version == 0 ? InFile : int(fields.number(2) & 0xf);
    const bool isElsewhere = fields.number(2) != 0;
    if (isElsewhere || method > InMetaBox)
        return unsupported(u"an item that is kept elsewhere"_s);
    const QByteArrayView source = method == InFile ? m_bytes : child(m_meta, "idat");
    const quint64 base = fields.number((sizes >> 4) & 0xf);
    const auto extents = fields.number(2);
    for (quint64 i = 0; i < extents && !fields.isCut(); ++i) {
        const auto extent = readExtent(fields, sizes, box.version, base, source, item);
        if (!extent)
            return extent;
    }
    return {};
}

Result<void> MetaReader::readExtent(IsoFields& fields, int sizes, int version, quint64 base,
                                    QByteArrayView source, HeifItem* item)
{
    if (version > 0)
        fields.number(sizes & 0xf); // an index that only construction method 2 needs
    const quint64 offset = base + fields.number((sizes >> 12) & 0xf);
    const quint64 length = fields.number((sizes >> 8) & 0xf);
    const auto available = quint64(source.size());
    if (length == 0)
        return unsupported(u"an item of no length"_s);
    m_total += qint64(qMin(length, available));
    // Extents that overlap would make a file of any size.
    if (length > available || offset > available - length || m_total > m_bytes.size())
        return damaged();
    if (item)
        item->extents.append(source.sliced(qsizetype(offset), qsizetype(length)));
    return {};
}

Result<void> MetaReader::readProperties()
{
    const QByteArrayView properties = child(m_meta, "iprp");
    IsoBoxReader container(child(properties, "ipco"));
    while (const auto property = container.next())
        m_file.properties.append(*property);
    IsoBoxReader reader(properties);
    while (const auto box = reader.next()) {
        if (box->type != "ipma")
            continue;
        if (const auto associated = readAssociations(box->body); !associated)
            return associated;
    }
    return container.reachedEnd() && reader.reachedEnd() ? Result<void>() : damaged();
}

Result<void> MetaReader::readAssociations(QByteArrayView body)
{
    FullBox box(body);
    const bool isWide = box.flags & 1;
    const int essential = isWide ? 0x8000 : 0x80;
    const auto count = box.fields.number(4);
    if (count > kMostEntries)
        return damaged();
    for (quint64 i = 0; i < count && !box.fields.isCut(); ++i) {
        HeifItem* item = find(quint32(box.fields.number(box.version == 0 ? 2 : 4)));
        for (auto left = box.fields.number(1); left > 0; --left) {
            const int packed = int(box.fields.number(isWide ? 2 : 1));
            const qsizetype index = (packed & (essential - 1)) - 1; // 0 stands for none
            if (index >= m_file.properties.size())
                return damaged();
            if (item && index >= 0)
                item->properties.append({index, (packed & essential) != 0});
        }
    }
    return box.fields.isCut() ? damaged() : Result<void>();
}

Result<void> MetaReader::readReferences()
{
    FullBox box(child(m_meta, "iref"));
    const int idSize = box.version == 0 ? 2 : 4;
    IsoBoxReader reader(box.fields.rest());
    while (const auto entry = reader.next()) {
        IsoFields fields(entry->body);
        HeifReference reference{entry->type, quint32(fields.number(idSize)), {}};
        for (auto left = fields.number(2); left > 0 && !fields.isCut(); --left)
            reference.to.append(quint32(fields.number(idSize)));
        if (fields.isCut() || quint64(m_file.references.size()) == kMostEntries)
            return damaged();
        m_file.references.append(reference);
    }
    return reader.reachedEnd() ? Result<void>() : damaged();
}

QByteArray dataOf(const HeifItem& item)
{
    QByteArray data;
    for (const QByteArrayView extent : item.extents)
        data.append(extent);
    return data;
}

} // namespace

const HeifItem* HeifFile::item(quint32 id) const
{
    const auto found = std::find_if(items.begin(), items.end(),
                                    [id](const HeifItem& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

Result<HeifFile> readHeif(QByteArrayView bytes)
{
    QByteArrayView brands, meta;
    IsoBoxReader reader(bytes);
    while (const auto box = reader.next()) {
        if (box->type == "ftyp" && brands.isEmpty())
            brands = box->body;
        else if (box->type == "meta" && meta.isEmpty())
            meta = box->body;
        else if (box->type == "moov")
            return unsupported(u"a film"_s);
    }
    constexpr qsizetype versionAndFlags = 4;
    if (meta.size() < versionAndFlags)
        return damaged();
    auto file = MetaReader(bytes, meta.sliced(versionAndFlags)).read();
    if (file)
        file->brands = brands;
    return file;
}

std::optional<QByteArrayView> profileOfColourBox(const IsoBox& property)
{
    constexpr qsizetype kindSize = 4;
    const bool isProfile = property.body.startsWith("prof") || property.body.startsWith("rICC");
    return property.type == "colr" && isProfile ? std::optional(property.body.sliced(kindSize))
                                                : std::nullopt;
}

QByteArray exifOf(const HeifFile& file)
{
    constexpr qsizetype offsetSize = 4; // how far behind it the TIFF block starts
    for (const HeifItem& item : file.items) {
        if (item.type != "Exif")
            continue;
        const QByteArray data = dataOf(item);
        const auto start = qint64(IsoFields(data).number(offsetSize)) + offsetSize;
        return data.mid(qMin<qint64>(start, data.size()));
    }
    return {};
}

QByteArray xmpOf(const HeifFile& file)
{
    for (const HeifItem& item : file.items) {
        if (item.type == "mime" && item.mime == "application/rdf+xml")
            return dataOf(item);
    }
    return {};
}

} // namespace vitrine::imaging
