// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/pendingmodel.h"

#include "app/transfer/outbox.h"
#include "ui/gallery/shownroles.h"

#include <algorithm>
#include <functional>

namespace vitrine::ui {

using Role = gallery::GalleryModel::Role;
using transfer::Transfer;

namespace {

constexpr int kFrostSide = 14; // pixels that are left of a frosted picture's longer side

bool isPending(const Transfer* transfer)
{
    return transfer && transfer->kind == transfer::Kind::Upload && !isFinished(transfer->state) &&
           !transfer->isTakenBack;
}

Unsent unsentOf(const Transfer& transfer)
{
    return transfer.state == transfer::State::Sending ? Unsent::SendingUpload
                                                      : Unsent::WaitingUpload;
}

double progressOf(const Transfer& transfer)
{
    const bool isKnown = transfer.state == transfer::State::Sending && transfer.bytes > 0;
    return isKnown ? double(transfer.moved) / double(transfer.bytes) : -1;
}

protocol::Image imageOf(const Transfer& transfer, const QSize& shape)
{
    protocol::Image image;
    image.id = transfer.key;
    image.name = transfer.name;
    image.alt = transfer.alt;
    image.isPrivate = transfer.isPrivate;
    image.uploaded = transfer.created;
    image.size = shape;
    image.bytes = transfer.bytes;
    image.type = transfer.type;
    return image;
}

// The server makes the blurred one that others will see; until then this one hides as much.
QImage frosted(const QImage& sharp)
{
    return sharp.scaled(kFrostSide, kFrostSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
        .scaled(sharp.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

PendingModel::PendingModel(const transfer::Outbox& outbox, QObject* parent)
    : QAbstractListModel(parent), m_outbox(outbox)
{
    using transfer::Outbox;
    m_insert.setSingleShot(true);
    m_insert.setInterval(0);
    connect(&m_insert, &QTimer::timeout, this, &PendingModel::insertNoted);
    connect(&outbox, &Outbox::added, this, &PendingModel::note);
    connect(&outbox, &Outbox::changed, this, &PendingModel::follow);
    connect(&outbox, &Outbox::removed, this, [this](const QStringList& keys) {
        std::for_each(keys.begin(), keys.end(), [this](const QString& key) { drop(key); });
    });
    for (const Transfer& transfer : outbox.transfers())
        note(transfer.key);
}

int PendingModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PendingModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QString& key = m_rows[index.row()].key;
    const Transfer* transfer = m_outbox.find(key);
    if (!transfer)
        return {};
    switch (role) {
    case Role::ImageRole:
        return QVariant::fromValue(imageOf(*transfer, m_outbox.preview(key).size()));
    case Role::IdRole:
        return key;
    case Qt::DisplayRole:
    case Role::NameRole:
        return transfer->name;
    case Role::AltRole:
        return transfer->alt;
    case Qt::AccessibleTextRole:
        return transfer->alt.isEmpty() ? transfer->name : transfer->alt;
    case Role::IsPrivateRole:
        return transfer->isPrivate;
    case Role::UploadedRole:
        return transfer->created;
    case Role::DownloadCountRole:
        return qint64(0);
    case UnsentRole:
        return QVariant::fromValue(unsentOf(*transfer));
    case ProgressRole:
        return progressOf(*transfer);
    default:
        return picture(key, role);
    }
}

QVariant PendingModel::picture(const QString& key, int role) const
{
    const QImage sharp = m_outbox.preview(key);
    switch (role) {
    case Role::SizeRole:
        return sharp.size();
    case Role::SharpPreviewRole:
        return sharp;
    case Role::BlurredPreviewRole: {
        auto& [madeOf, image] = m_frosted[key];
        if (madeOf != sharp.cacheKey() && !sharp.isNull()) {
            madeOf = sharp.cacheKey();
            image = frosted(sharp);
        }
        return image;
    }
    case Role::PlaceholderRole:
        return QImage();
    default:
        return {};
    }
}

void PendingModel::note(const QString& key)
{
    if (!isPending(m_outbox.find(key)))
        return;
    m_noted.append(key);
    m_insert.start();
}

void PendingModel::insertNoted()
{
    QStringList fresh = std::exchange(m_noted, {});
    fresh.removeIf([this](const QString& key) { return !isPending(m_outbox.find(key)); });
    if (fresh.isEmpty())
        return;
    beginInsertRows({}, 0, int(fresh.size()) - 1);
    quint64 number = m_rows.isEmpty() ? 0 : m_rows.first().number;
    QList<Row> rows;
    for (const QString& key : std::as_const(fresh)) {
        m_numbers.insert(key, ++number);
        rows.prepend({number, key});
    }
    m_rows = rows + m_rows;
    endInsertRows();
}

void PendingModel::follow(const QString& key)
{
    const int row = rowOf(key);
    if (row < 0) {
        if (!m_noted.contains(key)) // somebody tries a failed one again
            note(key);
        return;
    }
    if (isPending(m_outbox.find(key)))
        Q_EMIT dataChanged(index(row), index(row));
    else
        drop(key);
}

void PendingModel::drop(const QString& key)
{
    const int row = rowOf(key);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    m_numbers.remove(key);
    m_frosted.remove(key);
    endRemoveRows();
}

QModelIndex PendingModel::indexOf(const QString& key) const
{
    const int row = rowOf(key);
    return row < 0 ? QModelIndex() : index(row);
}

int PendingModel::rowOf(const QString& key) const
{
    const auto number = m_numbers.constFind(key);
    if (number == m_numbers.constEnd())
        return -1;
    const auto place = std::ranges::lower_bound(m_rows, *number, std::ranges::greater{},
                                                [](const Row& row) { return row.number; });
    return int(place - m_rows.cbegin());
}

} // namespace vitrine::ui
