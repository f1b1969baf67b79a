// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/transfermodel.h"

#include "app/transfer/downloads.h"
#include "app/transfer/outbox.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace vitrine::transfer {
namespace {

double progressOf(const Transfer& transfer)
{
    if (isFinished(transfer.state))
        return 1;
    return transfer.bytes > 0 ? double(transfer.moved) / double(transfer.bytes) : -1;
}

const Transfer* findIn(const Outbox& outbox, const QString& key)
{
    return outbox.find(key);
}

const Transfer* findIn(const Downloads& downloads, const QString& key)
{
    // From the end: what changes is mostly what came last.
    const auto& all = downloads.transfers();
    const auto found = std::find_if(all.crbegin(), all.crend(),
                                    [&](const Transfer& transfer) { return transfer.key == key; });
    return found == all.crend() ? nullptr : &*found;
}

} // namespace

TransferModel::TransferModel(const Outbox& outbox, const Downloads& downloads, QObject* parent)
    : QAbstractListModel(parent), m_outbox(outbox)
{
    m_tellSummary.setSingleShot(true);
    m_tellSummary.setInterval(0);
    connect(&m_tellSummary, &QTimer::timeout, this, [this] {
        if (std::exchange(m_hasMoreToTell, false))
            tellSummary();
    });
    follow(outbox);
    follow(downloads);
    connect(&outbox, &Outbox::pausedOwnersChanged, this, &TransferModel::tellSummary);
    connect(&outbox, &Outbox::movedFirst, this, &TransferModel::moveFirst);
}

template <typename Queue>
void TransferModel::follow(const Queue& queue)
{
    for (const Transfer& transfer : queue.transfers())
        add(transfer);
    connect(&queue, &Queue::added, this, [this, &queue](const QString& key) {
        if (const Transfer* transfer = findIn(queue, key))
            add(*transfer);
    });
    connect(&queue, &Queue::changed, this, [this, &queue](const QString& key) {
        if (const Transfer* transfer = findIn(queue, key))
            update(*transfer);
    });
    connect(&queue, &Queue::removed, this, &TransferModel::remove);
}

int TransferModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant TransferModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Transfer& transfer = m_rows[index.row()];
    switch (role) {
    case TransferRole:
        return QVariant::fromValue(transfer);
    case KeyRole:
        return transfer.key;
    case KindRole:
        return int(transfer.kind);
    case StateRole:
        return int(transfer.state);
    case Qt::DisplayRole:
    case NameRole:
        return transfer.name;
    case ProgressRole:
        return progressOf(transfer);
    default:
        return {};
    }
}

TransferModel::Summary TransferModel::summary() const
{
    Summary summary;
    double parts = 0;
    for (const Transfer& transfer : m_rows) {
        summary.failed += transfer.state == State::Failed;
        if (transfer.state == State::Ready || transfer.state == State::Sending)
            summary.spooled += transfer.spool.isEmpty() ? 0 : transfer.bytes;
        if (!m_batch.contains(transfer.key))
            continue;
        if (isFinished(transfer.state))
            ++summary.finished;
        else
            addTo(summary, transfer);
        summary.moved += transfer.moved;
        parts += qMax(0.0, progressOf(transfer));
    }
    const int count = summary.finished + summary.unfinished;
    summary.progress = count > 0 ? parts / count : 0;
    return summary;
}

void TransferModel::addTo(Summary& summary, const Transfer& unfinished) const
{
    ++summary.unfinished;
    summary.sending += unfinished.state == State::Sending;
    summary.paused += m_outbox.isPaused(unfinished.key);
    if (m_outbox.isHeld(unfinished.key))
        ++summary.held;
    else
        summary.left += unfinished.bytes - unfinished.moved;
}

void TransferModel::noteBatch(const Transfer& transfer)
{
    if (!isFinished(transfer.state)) {
        if (m_unfinished.isEmpty())
            m_batch.clear();
        m_unfinished.insert(transfer.key);
        m_batch.insert(transfer.key);
    } else {
        m_unfinished.remove(transfer.key);
    }
    tellSummary();
}

void TransferModel::tellSummary()
{
    m_hasMoreToTell = m_tellSummary.isActive();
    if (m_hasMoreToTell)
        return;
    m_tellSummary.start();
    Q_EMIT summaryChanged();
}

void TransferModel::add(const Transfer& transfer)
{
    const int row = int(m_rows.size());
    beginInsertRows({}, row, row);
    m_rowOf.insert(transfer.key, row);
    m_rows.append(transfer);
    endInsertRows();
    noteBatch(transfer);
}

void TransferModel::update(const Transfer& transfer)
{
    const int row = m_rowOf.value(transfer.key, -1);
    if (row < 0)
        return;
    m_rows[row] = transfer;
    Q_EMIT dataChanged(index(row), index(row));
    noteBatch(transfer);
}

/// Below what is finished.
void TransferModel::moveFirst(const QStringList& keys)
{
    int to = 0;
    while (to < m_rows.size() && isFinished(m_rows[to].state))
        ++to;
    for (const QString& key : keys) {
        const int from = m_rowOf.value(key, -1);
        if (from > to) {
            beginMoveRows({}, from, from, {}, to);
            m_rows.move(from, to);
            number();
            endMoveRows();
        }
        ++to;
    }
}

void TransferModel::number()
{
    m_rowOf.clear();
    for (int row = 0; row < m_rows.size(); ++row)
        m_rowOf.insert(m_rows[row].key, row);
}

// From the end: what is before a run keeps its place.
void TransferModel::remove(const QStringList& keys)
{
    QList<int> rows;
    for (const QString& key : keys) {
        if (m_rowOf.contains(key))
            rows += m_rowOf.take(key);
        m_batch.remove(key);
        m_unfinished.remove(key);
    }
    if (rows.isEmpty())
        return;
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (qsizetype at = 0; at < rows.size();) {
        const int last = rows[at];
        int first = last;
        while (++at < rows.size() && rows[at] == first - 1)
            --first;
        removeRun(first, last);
    }
    for (int row = rows.last(); row < m_rows.size(); ++row)
        m_rowOf[m_rows[row].key] = row;
    tellSummary();
}

void TransferModel::removeRun(int first, int last)
{
    beginRemoveRows({}, first, last);
    m_rows.remove(first, last - first + 1);
    endRemoveRows();
}

} // namespace vitrine::transfer
