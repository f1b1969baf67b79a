// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/heifpicture.h"

#include <algorithm>

namespace vitrine::imaging {
namespace {

constexpr int kDeepest = 8; ///< pictures made of pictures made of pictures

/// What marks a picture as the alpha channel of another, in AV1 and in HEVC.
bool isAlphaType(QByteArrayView type)
{
    return type == "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha" ||
           type == "urn:mpeg:hevc:2015:auxid:1";
}

bool isAlpha(const HeifFile& file, quint32 id)
{
    constexpr qsizetype versionAndFlags = 4;
    const HeifItem* item = file.item(id);
    if (!item)
        return false;
    for (const auto& property : item->properties) {
        const IsoBox& box = file.properties[property.index];
        if (box.type != "auxC" || box.body.size() < versionAndFlags)
            continue;
        const QByteArrayView type = box.body.sliced(versionAndFlags);
        return isAlphaType(type.first(qMax<qsizetype>(0, type.indexOf('\0'))));
    }
    return false;
}

/// \a items with what they are made of and their alpha channels.
QSet<quint32> withParts(const HeifFile& file, QSet<quint32> items)
{
    for (int depth = 0; depth < kDeepest; ++depth) {
        for (const HeifReference& reference : file.references) {
            const bool isPart = reference.type == "dimg" && items.contains(reference.from);
            const bool isAlphaOfIt = reference.type == "auxl" && isAlpha(file, reference.from) &&
                                     items.contains(reference.to.value(0));
            if (isPart)
                items.unite({reference.to.begin(), reference.to.end()});
            if (isAlphaOfIt)
                items.insert(reference.from);
        }
    }
    return items;
}

bool isPicture(const HeifItem& item)
{
    return !item.extents.isEmpty() && item.type != "Exif" && item.type != "mime" &&
           item.type != "uri ";
}

} // namespace

QSet<quint32> itemsOfPicture(const HeifFile& file)
{
    return withParts(file, {file.primary});
}

bool hidesPictures(const HeifFile& file)
{
    QSet<quint32> told{file.primary}; // and its thumbnails, which are told of as such
    for (const HeifReference& reference : file.references) {
        if (reference.type == "thmb")
            told.insert(reference.from);
    }
    told = withParts(file, told);
    return std::any_of(file.items.begin(), file.items.end(), [&](const HeifItem& item) {
        return isPicture(item) && !told.contains(item.id);
    });
}

} // namespace vitrine::imaging
