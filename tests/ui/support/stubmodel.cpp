// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/stubmodel.h"

#include "app/gallery/gallerymodel.h"

#include <QTimeZone>

namespace vitrine::test {

using Role = gallery::GalleryModel::Role;

int StubModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_images.size());
}

QVariant StubModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const protocol::Image& image = m_images[index.row()];
    switch (role) {
    case Role::ImageRole:
        return QVariant::fromValue(image);
    case Role::IdRole:
        return image.id;
    case Qt::DisplayRole:
    case Role::NameRole:
        return image.name;
    case Role::AltRole:
        return image.alt;
    case Role::IsPrivateRole:
        return image.isPrivate;
    case Role::UploadedRole:
        return image.uploaded;
    case Role::DownloadCountRole:
        return image.downloadCount;
    case Role::SizeRole:
        return image.size;
    case Role::SharpPreviewRole:
        return m_pictures.value(image.id).sharp;
    case Role::BlurredPreviewRole:
        return m_pictures.value(image.id).blurred;
    case Role::PlaceholderRole:
        return m_pictures.value(image.id).placeholder;
    default:
        return {};
    }
}

QList<protocol::Image> StubModel::images(int count)
{
    QList<protocol::Image> images(count);
    for (int i = 0; i < count; ++i) {
        images[i].id = QString::number(i);
        images[i].name = QStringLiteral("%1.jpg").arg(i);
        images[i].size = {3000, 2000};
        images[i].uploaded = QDateTime({2026, 5, 3}, {12, 0}, QTimeZone::utc()).addSecs(-i);
    }
    return images;
}

void StubModel::reset(QList<protocol::Image> images)
{
    beginResetModel();
    m_images = std::move(images);
    endResetModel();
}

void StubModel::insert(int row, const protocol::Image& image)
{
    beginInsertRows({}, row, row);
    m_images.insert(row, image);
    endInsertRows();
}

void StubModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_images.removeAt(row);
    endRemoveRows();
}

void StubModel::set(int row, const protocol::Image& image)
{
    m_images[row] = image;
    Q_EMIT dataChanged(index(row), index(row));
}

void StubModel::setPictures(int row, const Pictures& pictures)
{
    m_pictures[m_images[row].id] = pictures;
    Q_EMIT dataChanged(index(row), index(row), {Role::SharpPreviewRole, Role::BlurredPreviewRole});
}

} // namespace vitrine::test
