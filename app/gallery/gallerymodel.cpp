// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/gallerymodel.h"

#include "app/gallery/previewloader.h"
#include "app/imaging/thumbhash.h"

#include <QElapsedTimer>

#include <algorithm>
#include <functional>
#include <utility>

namespace vitrine::gallery {
namespace {

// What goes in one turn of the event loop; so much at least that few are gone at once.
constexpr int kRunsAtOnce = 4;
constexpr qint64 kTurn = 10; // ms

bool isNewer(const protocol::Image& left, const protocol::Image& right)
{
    return left.uploaded != right.uploaded ? left.uploaded > right.uploaded : left.id > right.id;
}

} // namespace

GalleryModel::GalleryModel(PreviewLoader& previews, QObject* parent)
    : QAbstractListModel(parent), m_previews(previews)
{
    connect(&previews, &PreviewLoader::ready, this, &GalleryModel::previewReady);
    m_dropMore.setSingleShot(true);
    m_dropMore.setInterval(0);
    connect(&m_dropMore, &QTimer::timeout, this, &GalleryModel::dropSome);
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

void GalleryModel::reserve(qsizetype images)
{
    m_images.reserve(m_images.size() + images);
    m_uploaded.reserve(m_images.size() + images);
}

void GalleryModel::put(const protocol::Image& image)
{
    merge({image});
}

void GalleryModel::merge(const QList<protocol::Image>& images)
{
    QHash<QString, protocol::Image> newcomers; // a server may tell of one twice: the last word
    for (const protocol::Image& image : images) {
        const int row = rowOf(image.id);
        m_doomed.removeOne(row); // it is there after all
        if (row < 0) {
            newcomers.insert(image.id, image);
        } else if (m_images[row].uploaded != image.uploaded) { // its place is another one
            dropRun(row, row);
            newcomers.insert(image.id, image);
        } else if (m_images[row] != image) {
            change(row, image);
        }
    }
    if (!newcomers.isEmpty())
        insert(newcomers.values());
}

void GalleryModel::change(int row, const protocol::Image& image)
{
    protocol::Image& known = m_images[row];
    const QUrl address = std::exchange(known.previewUrl, image.previewUrl);
    // Addresses change with each hour, all of them, and nobody sees that.
    const bool isAddressAll = known == image && address != image.previewUrl;
    known = image;
    Q_EMIT dataChanged(index(row), index(row), isAddressAll ? QList<int>{ImageRole} : QList<int>());
}

void GalleryModel::insert(QList<protocol::Image> newcomers)
{
    std::sort(newcomers.begin(), newcomers.end(), isNewer);
    while (!newcomers.isEmpty()) {
        const int row = insertionRow(newcomers.first());
        const auto end =
            row == m_images.size()
                ? newcomers.cend()
                : std::lower_bound(newcomers.cbegin(), newcomers.cend(), m_images[row], isNewer);
        const qsizetype count = end - newcomers.cbegin();
        insertRun(row, newcomers.first(count));
        newcomers.remove(0, count);
    }
}

void GalleryModel::insertRun(int row, const QList<protocol::Image>& run)
{
    for (int& doomed : m_doomed)
        doomed += doomed >= row ? int(run.size()) : 0;
    beginInsertRows({}, row, row + int(run.size()) - 1);
    for (const protocol::Image& image : run)
        m_uploaded.insert(image.id, image.uploaded);
    m_images.insert(row, run.size(), {});
    std::copy(run.cbegin(), run.cend(), m_images.begin() + row);
    endInsertRows();
}

void GalleryModel::drop(const QStringList& ids)
{
    for (const QString& id : ids) {
        if (const QModelIndex present = indexOf(id); present.isValid())
            m_doomed += present.row();
    }
    std::sort(m_doomed.begin(), m_doomed.end(), std::greater<>());
    m_doomed.erase(std::unique(m_doomed.begin(), m_doomed.end()), m_doomed.end());
    dropSome();
}

// From the end: what is before a run keeps its place.
void GalleryModel::dropSome()
{
    QElapsedTimer turn;
    turn.start();
    for (int runs = 0; !m_doomed.isEmpty(); ++runs) {
        if (runs >= kRunsAtOnce && turn.hasExpired(kTurn))
            return m_dropMore.start();
        const int last = m_doomed.first();
        qsizetype count = 1;
        while (count < m_doomed.size() && m_doomed[count] == last - count)
            ++count;
        m_doomed.remove(0, count);
        dropRun(last - int(count) + 1, last);
    }
}

void GalleryModel::dropRun(int first, int last)
{
    const int count = last - first + 1;
    for (int& doomed : m_doomed)
        doomed -= doomed > last ? count : 0;
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row) {
        m_placeholders.remove(m_images[row].id);
        m_uploaded.remove(m_images[row].id);
    }
    m_images.remove(first, count);
    endRemoveRows();
}

const protocol::Image* GalleryModel::find(const QString& id) const
{
    const QModelIndex present = indexOf(id);
    return present.isValid() ? &m_images[present.row()] : nullptr;
}

QModelIndex GalleryModel::indexOf(const QString& id) const
{
    const int row = rowOf(id);
    const bool isGoing =
        std::binary_search(m_doomed.cbegin(), m_doomed.cend(), row, std::greater<>());
    return row < 0 || isGoing ? QModelIndex() : index(row);
}

int GalleryModel::rowOf(const QString& id) const
{
    const auto uploaded = m_uploaded.constFind(id);
    return uploaded == m_uploaded.constEnd() ? -1 : insertionRow({.id = id, .uploaded = *uploaded});
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
