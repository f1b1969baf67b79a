// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/stagingmodel.h"

#include "app/base/file.h"
#include "app/base/paths.h"
#include "app/base/whendone.h"
#include "app/transfer/pathlist.h"

#include <QBuffer>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QSet>
#include <QUuid>
#include <QtConcurrentRun>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

QVariantList numbers(const QList<imaging::MetadataKind>& kinds)
{
    QVariantList numbers;
    for (const auto kind : kinds)
        numbers.append(int(kind));
    return numbers;
}

Result<QString> keepPasted(const QImage& image, const QString& directory, const QString& name)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return failure(ErrorKind::UnsupportedImage, u"clipboard"_s);
    const QString folder = directory + u"/pasted/"_s + QUuid::createUuid().toString(QUuid::Id128);
    const QString path = folder + u'/' + name;
    if (auto made = makePrivateDirectory(folder); !made)
        return failure(made.error());
    if (auto written = writeFile(path, bytes); !written)
        return failure(written.error());
    return path;
}

} // namespace

StagingModel::StagingModel(const QString& directory, const imaging::PictureReader& pictures,
                           QObject* parent)
    : QAbstractListModel(parent), m_directory(directory), m_pictures(pictures)
{
    m_pool.setMaxThreadCount(2);
}

StagingModel::~StagingModel()
{
    m_pool.clear();
    m_pool.waitForDone();
}

int StagingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant StagingModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case BytesRole:
        return row.bytes;
    case ThumbnailRole:
        return row.thumbnail;
    case BlurredRole:
        return row.blurred;
    case AltRole:
        return row.alt;
    case IsPrivateRole:
        return row.isPrivate;
    case RemovedMetadataRole:
        return numbers(row.removed);
    case ErrorRole:
        return row.error ? QVariant::fromValue(*row.error) : QVariant();
    case IsLoadingRole:
        return row.isLoading;
    default:
        return {};
    }
}

bool StagingModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    Row& row = m_rows[size_t(index.row())];
    if (role == AltRole) {
        row.alt = value.toString();
        row.isAltTouched = true;
    } else if (role == IsPrivateRole) {
        row.isPrivate = value.toBool();
    } else {
        return false;
    }
    Q_EMIT dataChanged(index, index, {role});
    Q_EMIT summaryChanged();
    return true;
}

Qt::ItemFlags StagingModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) |
           (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool StagingModel::removeRows(int row, int count, const QModelIndex& parent)
{
    if (parent.isValid() || row < 0 || count <= 0 || row + count > int(m_rows.size()))
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
    Q_EMIT summaryChanged();
    return true;
}

void StagingModel::addPaths(const QStringList& paths)
{
    const auto found = QtConcurrent::run(&m_pool, [paths] { return picturesIn(paths); });
    whenDone(this, found, [this](const QStringList& files) { append(files); });
}

void StagingModel::addImage(const QImage& image)
{
    const QString name = tr("Pasted image %1.png")
                             .arg(QDateTime::currentDateTime().toString(u"yyyy-MM-dd hh.mm.ss"_s));
    const auto kept = QtConcurrent::run(&m_pool, [image, name, directory = m_directory] {
        return keepPasted(image, directory, name);
    });
    whenDone(this, kept, [this, name](const Result<QString>& path) {
        append({path.value_or(name)});
        if (!path)
            showLooked(m_rows.back().id, {.error = path.error(), .isFinal = true});
    });
}

void StagingModel::append(const QStringList& files)
{
    QSet<QString> present;
    for (const Row& row : m_rows)
        present.insert(row.path);
    QStringList fresh = files;
    fresh.removeIf([&](const QString& file) {
        const bool isKnown = present.contains(file);
        present.insert(file);
        return isKnown;
    });
    if (fresh.isEmpty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    for (const QString& file : std::as_const(fresh))
        m_rows.push_back({.id = m_nextId++, .path = file, .name = QFileInfo(file).fileName()});
    endInsertRows();
    for (size_t row = size_t(first); row < m_rows.size(); ++row)
        look(m_rows[row].id, m_rows[row].path);
    Q_EMIT summaryChanged();
}

void StagingModel::lookAt(QPromise<Looked>& promise, const QString& path,
                          const imaging::PictureReader* pictures, const imaging::Limits& limits)
{
    Looked looked;
    const auto finish = [&](std::optional<Error> error) {
        looked.error = std::move(error);
        looked.isFinal = true;
        promise.addResult(looked);
    };
    const auto file = openFile(path, limits.bytes);
    if (!file)
        return finish(file.error());
    looked.bytes = (*file)->size();
    const imaging::OpenFile source{(*file)->handle(), looked.bytes};
    const auto glance =
        pictures->read(source, {.limits = limits, .embeddedThumbnail = true, .metadata = true});
    if (!glance)
        return finish(glance.error());
    looked.metadata = glance->metadata;
    looked.thumbnail = glance->embeddedThumbnail;
    promise.addResult(looked);
    const auto whole =
        pictures->read(source, {.limits = limits, .variants = {.preview = true, .blurred = true}});
    if (!whole)
        return finish(whole.error());
    looked.thumbnail = whole->variants.preview;
    looked.blurred = whole->variants.blurred;
    finish(whole->variants.isDamaged ? std::optional(Error{ErrorKind::DamagedImage, path, {}})
                                     : std::nullopt);
}

void StagingModel::look(quint64 id, const QString& path)
{
    auto* watcher = new QFutureWatcher<Looked>(this);
    connect(watcher, &QFutureWatcherBase::resultReadyAt, this,
            [this, watcher, id](int result) { showLooked(id, watcher->resultAt(result)); });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(
        QtConcurrent::run(&m_pool, &StagingModel::lookAt, path, &m_pictures, m_limits));
}

void StagingModel::showLooked(quint64 id, const Looked& looked)
{
    const int at = rowOf(id);
    if (at < 0)
        return;
    Row& row = m_rows[size_t(at)];
    row.bytes = looked.bytes;
    row.thumbnail = looked.thumbnail;
    row.blurred = looked.blurred;
    row.removed = looked.metadata.kinds;
    row.error = looked.error;
    row.isLoading = !looked.isFinal;
    if (!row.isAltTouched)
        row.alt = looked.metadata.altText;
    Q_EMIT dataChanged(index(at), index(at));
    Q_EMIT summaryChanged();
}

int StagingModel::rowOf(quint64 id) const
{
    // Ids only grow, so the rows are sorted by them.
    const auto place =
        std::lower_bound(m_rows.begin(), m_rows.end(), id,
                         [](const Row& row, quint64 wanted) { return row.id < wanted; });
    return place != m_rows.end() && place->id == id ? int(place - m_rows.begin()) : -1;
}

void StagingModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
    Q_EMIT summaryChanged();
}

QList<UploadOrder> StagingModel::orders(std::chrono::milliseconds undoTime) const
{
    QList<UploadOrder> orders;
    for (const Row& row : m_rows) {
        if (isReady(row))
            orders.append({.source = row.path,
                           .name = row.name,
                           .alt = row.alt.trimmed(),
                           .isPrivate = row.isPrivate,
                           .undoTime = row.isPrivate ? std::chrono::milliseconds(0) : undoTime,
                           .preview = row.thumbnail});
    }
    return orders;
}

int StagingModel::shareableCount() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(),
                             [this](const Row& row) { return isReady(row); }));
}

int StagingModel::describedCount() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(), [this](const Row& row) {
        return isReady(row) && !row.alt.trimmed().isEmpty();
    }));
}

bool StagingModel::isEmpty() const
{
    return m_rows.empty();
}

} // namespace vitrine::transfer
