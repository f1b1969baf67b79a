// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/gallerymodel.h"

#include "app/gallery/previewloader.h"
#include "app/imaging/thumbhash.h"

#include <algorithm>

namespace vitrine::gallery {
namespace {

bool isNewer(const protocol::Image& left, const protocol::Image& right)
{
    return left.uploaded != right.uploaded ? left.uploaded > right.uploaded : left.id > right.id;
}

} // namespace

GalleryModel::GalleryModel(PreviewLoader& previews, QObject* parent)
    : QAbstractListModel(parent), m_previews(previews)
{
    connect(&previews, &PreviewLoader::ready, this, &GalleryModel::previewReady);
}

int GalleryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_images.size());
}

QVariant GalleryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const protocol::Image& image = m_images[index.row()];
    switch (role) {
    case ImageRole:
        return QVariant::fromValue(image);
    case IdRole:
        return image.id;
    case Qt::DisplayRole:
    case NameRole:
        return image.name;
    case Qt::AccessibleTextRole:
        return image.alt.isEmpty() ? image.name : image.alt;
    case AltRole:
        return image.alt;
    case IsPrivateRole:
        return image.isPrivate;
    case UploadedRole:
        return image.uploaded;
    case DownloadCountRole:
        return image.downloadCount;
    case SizeRole:
        return image.size;
    case SharpPreviewRole:
        return m_previews.picture({image.id, PreviewVariant::Sharp});
    case BlurredPreviewRole:
        return m_previews.picture({image.id, PreviewVariant::Blurred});
    case PlaceholderRole:
        return placeholder(image);
    default:
        return {};
    }
}

QHash<int, QByteArray> GalleryModel::roleNames() const
{
    return {{IdRole, "id"}, {NameRole, "name"}, {AltRole, "alt"}, {IsPrivateRole, "isPrivate"}};
}

void GalleryModel::setImages(QList<protocol::Image> images)
{
    std::sort(images.begin(), images.end(), isNewer);
    if (images == m_images)
        return;
    const bool sameRows =
        std::equal(images.cbegin(), images.cend(), m_images.cbegin(), m_images.cend(),
                   [](const auto& left, const auto& right) { return left.id == right.id; });
    if (sameRows) {
        m_images = std::move(images);
        Q_EMIT dataChanged(index(0), index(int(m_images.size()) - 1));
        return;
    }
    beginResetModel();
    m_images = std::move(images);
    m_rows.clear();
    m_placeholders.clear();
    endResetModel();
}

void GalleryModel::put(const protocol::Image& image)
{
    const QModelIndex present = indexOf(image.id);
    if (present.isValid()) {
        m_images[present.row()] = image;
        Q_EMIT dataChanged(present, present);
        return;
    }
    const int row = insertionRow(image);
    beginInsertRows({}, row, row);
    m_images.insert(row, image);
    m_rows.clear();
    endInsertRows();
}

void GalleryModel::drop(const QString& id)
{
    const QModelIndex present = indexOf(id);
    if (!present.isValid())
        return;
    beginRemoveRows({}, present.row(), present.row());
    m_images.removeAt(present.row());
    m_rows.clear();
    m_placeholders.remove(id);
    endRemoveRows();
}

const protocol::Image* GalleryModel::find(const QString& id) const
{
    const QModelIndex present = indexOf(id);
    return present.isValid() ? &m_images[present.row()] : nullptr;
}

QModelIndex GalleryModel::indexOf(const QString& id) const
{
    if (m_rows.isEmpty()) {
        m_rows.reserve(m_images.size());
        for (int row = 0; row < m_images.size(); ++row)
            m_rows.insert(m_images[row].id, row);
    }
    const int row = m_rows.value(id, -1);
    return row < 0 ? QModelIndex() : index(row);
}

void GalleryModel::previewReady(const QString& id)
{
    const QModelIndex present = indexOf(id);
    if (present.isValid())
        Q_EMIT dataChanged(present, present, {SharpPreviewRole, BlurredPreviewRole});
}

int GalleryModel::insertionRow(const protocol::Image& image) const
{
    const auto place = std::lower_bound(m_images.cbegin(), m_images.cend(), image, isNewer);
    return int(place - m_images.cbegin());
}

QImage GalleryModel::placeholder(const protocol::Image& image) const
{
    auto known = m_placeholders.constFind(image.id);
    if (known == m_placeholders.constEnd())
        known = m_placeholders.insert(image.id, imaging::imageFromThumbHash(image.placeholder));
    return *known;
}

bool hasPreview(const QModelIndex& index)
{
    return !index.data(GalleryModel::SharpPreviewRole).value<QImage>().isNull() ||
           !index.data(GalleryModel::BlurredPreviewRole).value<QImage>().isNull();
}

} // namespace vitrine::gallery
