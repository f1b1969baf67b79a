// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/stagingmodel.h"

#include "app/base/whendone.h"
#include "app/transfer/pasted.h"
#include "app/transfer/pathlist.h"

#include <QBuffer>
#include <QDateTime>
#include <QtConcurrentRun>

#include <algorithm>
#include <iterator>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

/// How far from the visible rows pictures are made and kept: a flick of the wheel.
constexpr int kRowsAround = 8;
/// What is taken for visible before a view has told.
constexpr int kFirstRows = 8;

QVariantList numbersOf(const QList<imaging::MetadataKind>& kinds)
{
    QVariantList numbers;
    for (const auto kind : kinds)
        numbers.append(int(kind));
    return numbers;
}

QString nameOf(const std::optional<Twin>& twin)
{
    if (!twin)
        return {};
    return twin->name.isEmpty() ? twin->id : twin->name;
}

Result<QString> keepImage(const QImage& image, const QString& directory, const QString& name)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return failure(ErrorKind::UnsupportedImage, u"clipboard"_s);
    return keepPasted(bytes, directory, name);
}

} // namespace

StagingModel::StagingModel(const QString& directory, const imaging::PictureReader& pictures,
                           QObject* parent)
    : QAbstractListModel(parent)
    , m_directory(directory)
    , m_known(std::make_shared<KnownImages>())
    , m_near{0, kFirstRows + kRowsAround}
    , m_looks(pictures)
{
    connect(&m_looks, &StagingLooks::looked, this, &StagingModel::showLooked);
    connect(&m_looks, &StagingLooks::ready, this, &StagingModel::lookOn);
}

StagingModel::~StagingModel()
{
    forgetAside();
}

void StagingModel::setRules(const ServerRules& rules)
{
    if (rules == m_rules)
        return;
    m_rules = rules;
    lookAgain();
}

void StagingModel::setKeepMetadata(bool keep)
{
    if (keep == m_keepMetadata)
        return;
    m_keepMetadata = keep;
    Q_EMIT keepMetadataChanged(keep);
    lookAgain();
}

void StagingModel::setVisible(int first, int last)
{
    m_near = {first - kRowsAround, last + kRowsAround};
    dropFarPictures();
    lookOn();
}

int StagingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant StagingModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const StagedFile& row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case BytesRole:
        return row.facts.bytes;
    case SizeRole:
        return row.facts.size;
    case TypeRole:
        return imaging::mediaType(row.facts.format);
    case ThumbnailRole:
        return row.thumbnail;
    case BlurredRole:
        return row.blurred;
    case AltRole:
        return row.alt;
    case IsPrivateRole:
        return row.isPrivate;
    case MetadataRole:
        return numbersOf(row.facts.metadata);
    case IsCleanedRole:
        return !m_keepMetadata || row.choices(m_keepMetadata).fit;
    case ErrorRole:
        return row.report.problem ? QVariant::fromValue(*row.report.problem) : QVariant();
    case RemedyRole:
        return int(row.report.remedy);
    case IsRemediedRole:
        return row.isRemedied;
    case SameRole:
        return nameOf(row.report.same);
    case AlikeRole:
        return nameOf(row.report.alike);
    case IsSendableRole:
        return row.isSendable();
    case IsLoadingRole:
        return !row.isKnown;
    default:
        return {};
    }
}

bool StagingModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    if (role != AltRole && role != IsPrivateRole && role != IsRemediedRole)
        return false;
    StagedFile& row = at(index.row());
    count(row, -1);
    if (role == AltRole) {
        row.alt = value.toString();
        row.isAltTouched = true;
    } else if (role == IsPrivateRole) {
        row.isPrivate = value.toBool();
    } else {
        row.isRemedied = value.toBool();
    }
    count(row, 1);
    Q_EMIT dataChanged(index, index);
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
    const auto first = m_rows.begin() + row;
    for (auto removed = first; removed != first + count; ++removed) {
        this->count(*removed, -1);
        m_paths.remove(removed->path);
        discard(*removed);
    }
    m_rows.erase(first, first + count);
    m_firstWaiting = qMin(m_firstWaiting, row);
    endRemoveRows();
    Q_EMIT summaryChanged();
    lookOn();
    return true;
}

void StagingModel::addPaths(const QStringList& paths)
{
    learnWhatIsShared();
    const auto found = QtConcurrent::run(&m_looks.pool(), [paths] { return picturesIn(paths); });
    whenDone(this, found, [this](const QStringList& files) { append(files); });
}

void StagingModel::addImage(const QImage& image)
{
    learnWhatIsShared();
    const QString name = tr("Pasted image %1.png")
                             .arg(QDateTime::currentDateTime().toString(u"yyyy-MM-dd hh.mm.ss"_s));
    const auto kept = QtConcurrent::run(&m_looks.pool(), [image, name, directory = m_directory] {
        return keepImage(image, directory, name);
    });
    whenDone(this, kept, [this, name](const Result<QString>& path) {
        if (path)
            append({*path});
        else
            addUnkept(name, path.error());
    });
}

void StagingModel::learnWhatIsShared()
{
    if (!m_lookup)
        return;
    ++m_lookups;
    whenDone(this, m_lookup(), [this](const Result<KnownImages>& known) {
        --m_lookups;
        if (known)
            m_known = std::make_shared<KnownImages>(*known);
        lookOn();
    });
}

void StagingModel::append(const QStringList& files)
{
    std::vector<StagedFile> rows;
    rows.reserve(size_t(files.size()));
    m_paths.reserve(m_paths.size() + files.size());
    int known = 0;
    for (const QString& file : files) {
        if (m_paths.contains(file)) {
            ++known;
            continue;
        }
        m_paths.insert(file);
        StagedFile row;
        row.path = file;
        row.name = file.mid(file.lastIndexOf(u'/') + 1);
        rows.push_back(std::move(row));
    }
    insert(std::move(rows));
    if (known > 0)
        Q_EMIT alreadyHere(known);
}

/// A pasted picture for which there was no room: there is nothing to look at.
void StagingModel::addUnkept(const QString& name, const Error& error)
{
    StagedFile row;
    row.name = name;
    row.isKnown = true;
    row.hasPictures = true;
    row.facts.error = error;
    row.report.problem = error;
    insert({std::move(row)});
}

void StagingModel::insert(std::vector<StagedFile> rows)
{
    if (rows.empty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    for (StagedFile& row : rows) {
        row.id = m_nextId++;
        count(row, 1);
    }
    if (m_rows.empty())
        m_rows = std::move(rows);
    else
        std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    endInsertRows();
    Q_EMIT summaryChanged();
    lookOn();
}

void StagingModel::count(const StagedFile& row, int sign)
{
    m_sendable += row.isSendable() ? sign : 0;
    m_described += row.isDescribed() ? sign : 0;
}

void StagingModel::announceSummary()
{
    if (std::exchange(m_isSummaryDue, true))
        return;
    const auto announce = [this] {
        m_isSummaryDue = false;
        Q_EMIT summaryChanged();
    };
    QMetaObject::invokeMethod(this, announce, Qt::QueuedConnection);
}

int StagingModel::rowOf(quint64 id) const
{
    // Ids only grow, so the rows are sorted by them.
    const auto place =
        std::lower_bound(m_rows.begin(), m_rows.end(), id,
                         [](const StagedFile& row, quint64 wanted) { return row.id < wanted; });
    return place != m_rows.end() && place->id == id ? int(place - m_rows.begin()) : -1;
}

void StagingModel::clear()
{
    forgetAll({});
}

void StagingModel::handOver(const QList<UploadOrder>& orders, quint64 newest)
{
    QSet<QString> kept;
    for (const UploadOrder& order : orders)
        kept.insert(order.source);
    const auto later = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const StagedFile& row) { return row.id > newest; });
    std::vector<StagedFile> since(std::make_move_iterator(later),
                                  std::make_move_iterator(m_rows.end()));
    m_rows.erase(later, m_rows.end());
    forgetAll(kept);
    comeBack(std::move(since));
}

void StagingModel::forgetAll(const QSet<QString>& kept)
{
    beginResetModel();
    for (const StagedFile& row : std::as_const(m_rows)) {
        if (!kept.contains(row.path))
            discard(row);
    }
    dropRows();
    endResetModel();
    Q_EMIT summaryChanged();
}

void StagingModel::dropRows()
{
    m_rows.clear();
    m_paths.clear();
    m_pictured.clear();
    m_firstWaiting = m_sendable = m_described = 0;
}

void StagingModel::discard(const StagedFile& row)
{
    if (!isPasted(row.path, m_directory))
        return;
    m_discards.start([path = row.path] { discardPasted(path); });
}

QList<UploadOrder> StagingModel::orders(std::chrono::milliseconds undoTime) const
{
    QList<UploadOrder> orders;
    for (const StagedFile& row : m_rows) {
        if (!row.isSendable())
            continue;
        orders.append({.source = row.path,
                       .name = row.name,
                       .alt = row.alt.trimmed(),
                       .takesAlt = !row.isKnown && !row.isAltTouched,
                       .isPrivate = row.isPrivate,
                       .keepMetadata = m_keepMetadata,
                       .again = row.choices(m_keepMetadata).again,
                       .fit = row.choices(m_keepMetadata).fit,
                       .undoTime = row.isPrivate ? std::chrono::milliseconds(0) : undoTime,
                       .preview = row.thumbnail});
    }
    return orders;
}

QHash<QString, Words> StagingModel::words() const
{
    QHash<QString, Words> words;
    for (const StagedFile& row : m_rows)
        words.insert(row.path, {row.alt.trimmed(), row.isPrivate});
    return words;
}

} // namespace vitrine::transfer
