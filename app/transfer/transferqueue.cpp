// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/transferqueue.h"

#include "app/transfer/backoff.h"

#include <QSet>

#include <algorithm>

namespace vitrine::transfer {
namespace {

constexpr int kPreparingAtOnce = 2; // CPU-bound
constexpr int kPreparedAhead = 16;  // bounds the disk that waiting uploads take

} // namespace

const Transfer* TransferQueue::find(const QString& key) const
{
    const auto row = m_rows.constFind(key);
    return row == m_rows.constEnd() ? nullptr : &m_transfers[*row];
}

Transfer* TransferQueue::find(const QString& key)
{
    const auto row = m_rows.constFind(key);
    return row == m_rows.constEnd() ? nullptr : &m_transfers[*row];
}

QImage TransferQueue::preview(const QString& key) const
{
    const auto run = m_runs.constFind(key);
    return run == m_runs.constEnd() ? QImage() : run->preview;
}

void TransferQueue::append(const Transfer& transfer)
{
    m_rows.insert(transfer.key, int(m_transfers.size()));
    m_transfers.append(transfer);
}

QStringList TransferQueue::finished() const
{
    QStringList keys;
    for (const Transfer& transfer : m_transfers) {
        if (isFinished(transfer.state))
            keys.append(transfer.key);
    }
    return keys;
}

void TransferQueue::remove(const QStringList& keys)
{
    const QSet<QString> gone(keys.begin(), keys.end());
    m_transfers.removeIf([&](const Transfer& transfer) { return gone.contains(transfer.key); });
    for (const QString& key : keys)
        m_runs.remove(key);
    number();
}

QStringList TransferQueue::moveFirst(const QString& key)
{
    const Transfer* wanted = find(key);
    if (!wanted || isFinished(wanted->state))
        return {};
    const QString imageId = wanted->imageId;
    QStringList keys;
    for (int row = 0; row <= m_rows.value(key); ++row) {
        const Transfer& transfer = m_transfers[row];
        const bool goesBefore = !imageId.isEmpty() && transfer.imageId == imageId;
        if (!isFinished(transfer.state) && (goesBefore || transfer.key == key))
            keys.append(transfer.key);
    }
    for (qsizetype place = 0; place < keys.size(); ++place) {
        m_transfers.move(m_rows.value(keys[place]), place);
        number();
    }
    return keys;
}

void TransferQueue::number()
{
    m_rows.clear();
    for (int row = 0; row < m_transfers.size(); ++row)
        m_rows.insert(m_transfers[row].key, row);
}

void TransferQueue::hurry(Moment latest)
{
    for (const Transfer& transfer : std::as_const(m_transfers)) {
        const bool lostTheLine =
            transfer.error && !transfer.error->retryAfter && waitsForTheLine(*transfer.error);
        if (lostTheLine)
            m_runs[transfer.key].due = std::min(m_runs[transfer.key].due, latest);
    }
}

TransferQueue::Startable TransferQueue::startable(Moment now, bool maySendAny) const
{
    Startable startable;
    Load load = this->load();
    QSet<QString> busyImages; // the acts on one image go out in order
    for (const Transfer& transfer : m_transfers) {
        if (isFinished(transfer.state))
            continue;
        const bool isFirst = transfer.imageId.isEmpty() || !busyImages.contains(transfer.imageId);
        busyImages.insert(transfer.imageId);
        if (mayPrepare(transfer, load, now)) {
            ++load.preparing;
            startable.toPrepare.append(transfer.key);
        } else if (maySendAny && isFirst && maySend(transfer, load, now)) {
            ++load.sending;
            load.uploading += transfer.kind == Kind::Upload;
            startable.toSend.append(transfer.key);
        }
    }
    return startable;
}

std::optional<TransferQueue::Moment> TransferQueue::nextDue(Moment now) const
{
    std::optional<Moment> next;
    for (auto run = m_runs.cbegin(); run != m_runs.cend(); ++run) {
        const Transfer* transfer = find(run.key());
        if (!transfer || (transfer->state != State::Waiting && transfer->state != State::Ready))
            continue;
        for (const Moment due : {run->due, run->prepareDue}) {
            if (due > now)
                next = std::min(next.value_or(due), due);
        }
    }
    return next;
}

bool TransferQueue::hasUnfinished() const
{
    return std::any_of(m_transfers.begin(), m_transfers.end(),
                       [](const Transfer& transfer) { return !isFinished(transfer.state); });
}

bool TransferQueue::hasWorkAside(Moment now) const
{
    const Load load = this->load();
    return std::any_of(m_transfers.begin(), m_transfers.end(), [&](const Transfer& transfer) {
        const bool isUnderWay =
            transfer.state == State::Preparing || transfer.state == State::Sending;
        return isUnderWay || mayPrepare(transfer, load, now);
    });
}

bool TransferQueue::isPaused(const QString& key) const
{
    const Transfer* transfer = find(key);
    return transfer && isPaused(*transfer);
}

bool TransferQueue::isPaused(const Transfer& transfer) const
{
    return m_pausedOwners.contains(transfer.owner);
}

bool TransferQueue::isHeld(const QString& key, Moment now) const
{
    const Transfer* transfer = find(key);
    return transfer && transfer->state < State::Sending && !isDue(*transfer, now);
}

qint64 TransferQueue::revisionNow(const Transfer& edit) const
{
    qint64 revision = edit.revision;
    if (edit.kind != Kind::Edit || isFinished(edit.state))
        return revision;
    for (const Transfer& earlier : m_transfers) {
        const bool isBelow = earlier.kind == Kind::Edit && earlier.state == State::Done &&
                             earlier.imageId == edit.imageId && earlier.revision == revision;
        if (isBelow && earlier.item && earlier.item->revision == revision + 1)
            revision = earlier.item->revision;
    }
    return revision;
}

QStringList TransferQueue::editsBehind(const QString& imageId, qint64 before) const
{
    QStringList keys;
    for (const Transfer& transfer : m_transfers) {
        if (transfer.kind == Kind::Edit && transfer.state == State::Waiting &&
            transfer.imageId == imageId && transfer.revision == before)
            keys.append(transfer.key);
    }
    return keys;
}

TransferQueue::Load TransferQueue::load() const
{
    Load load;
    for (const Transfer& transfer : m_transfers) {
        load.preparing += transfer.state == State::Preparing;
        (isPaused(transfer) ? load.preparedPaused : load.prepared) +=
            transfer.state == State::Ready;
        load.sending += transfer.state == State::Sending;
        load.uploading += transfer.state == State::Sending && transfer.kind == Kind::Upload;
    }
    return load;
}

const TransferQueue::Run& TransferQueue::runOf(const Transfer& transfer) const
{
    static const Run none;
    const auto run = m_runs.constFind(transfer.key);
    return run == m_runs.constEnd() ? none : *run;
}

bool TransferQueue::isDue(const Transfer& transfer, Moment now) const
{
    return runOf(transfer).due <= now;
}

// Of two uploads of the same bytes one waits: it is a duplicate if the other succeeds. The first in
// the queue goes ahead, unless the other one was prepared sooner and is on its way already.
bool TransferQueue::waitsForTwin(const Transfer& upload) const
{
    bool isEarlier = true;
    for (const Transfer& other : m_transfers) {
        if (other.key == upload.key) {
            isEarlier = false;
            continue;
        }
        const bool isTwin = !other.sha256.isEmpty() && other.sha256 == upload.sha256;
        const bool goesAhead = (isEarlier && !isPaused(other)) || other.state == State::Sending;
        if (isTwin && !isFinished(other.state) && goesAhead)
            return true;
    }
    return false;
}

bool TransferQueue::mayPrepare(const Transfer& transfer, const Load& load, Moment now) const
{
    const int ahead = isPaused(transfer) ? load.preparedPaused : load.prepared;
    return load.preparing < kPreparingAtOnce && load.preparing + ahead < kPreparedAhead &&
           transfer.kind == Kind::Upload && transfer.state == State::Waiting &&
           runOf(transfer).prepareDue <= now;
}

bool TransferQueue::maySend(const Transfer& transfer, const Load& load, Moment now) const
{
    if (load.sending >= m_sendingAtOnce || !isDue(transfer, now) || isPaused(transfer))
        return false;
    if (transfer.kind == Kind::Upload && m_uploadsInTurn && load.uploading > 0)
        return false;
    if (transfer.kind == Kind::Upload)
        return transfer.state == State::Ready &&
               (transfer.again || transfer.isTakenBack || !waitsForTwin(transfer));
    return transfer.state == State::Waiting;
}

} // namespace vitrine::transfer
