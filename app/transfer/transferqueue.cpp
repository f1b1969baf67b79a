// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/transferqueue.h"

#include "app/transfer/backoff.h"

#include <QSet>

#include <algorithm>

namespace vitrine::transfer {
namespace {

constexpr int kPreparingAtOnce = 2; // CPU-bound
constexpr int kPreparedAhead = 16;  // bounds the disk that waiting uploads take

bool hasRoomToPrepare(int preparing, int prepared)
{
    return preparing < kPreparingAtOnce && preparing + prepared < kPreparedAhead;
}

} // namespace

const Transfer* TransferQueue::find(const QString& key) const
{
    const auto row = m_rows.constFind(key);
    return row == m_rows.constEnd() ? nullptr : &m_transfers[*row];
}

Transfer* TransferQueue::find(const QString& key)
{
    const auto row = m_rows.constFind(key);
    if (row == m_rows.constEnd())
        return nullptr;
    touch(*row);
    return &m_transfers[*row];
}

void TransferQueue::setDue(const QString& key, Moment due)
{
    m_dues[key].send = due;
    m_wakes.emplace(due, key);
}

void TransferQueue::setPrepareDue(const QString& key, Moment due)
{
    m_dues[key].prepare = due;
    m_wakes.emplace(due, key);
}

void TransferQueue::endRun(const QString& key)
{
    m_runs.remove(key);
    m_dues.remove(key);
}

QImage TransferQueue::preview(const QString& key) const
{
    const auto run = m_runs.constFind(key);
    return run == m_runs.constEnd() ? QImage() : run->preview;
}

void TransferQueue::append(const Transfer& transfer)
{
    m_transfers.append(transfer);
    enter(int(m_transfers.size()) - 1);
}

void TransferQueue::enter(int row)
{
    const Transfer& transfer = m_transfers[row];
    m_rows.insert(transfer.key, row);
    m_isTouched.push_back(false);
    m_untouchedActs += transfer.kind != Kind::Upload;
    if (transfer.kind == Kind::Edit)
        m_edits[transfer.imageId].append(row);
    if (transfer.state != State::Waiting || !transfer.sha256.isEmpty())
        touch(row);
}

void TransferQueue::touch(int row)
{
    if (!m_isTouched[size_t(row)])
        m_untouchedActs -= m_transfers[row].kind != Kind::Upload;
    m_isTouched[size_t(row)] = true;
    m_open.insert(row);
    m_firstOpen = std::min(m_firstOpen, row);
}

/// Forgets what is finished by now.
void TransferQueue::sweep()
{
    std::erase_if(m_open, [this](int row) { return isFinished(m_transfers[row].state); });
    while (m_firstOpen < m_transfers.size() && isFinished(m_transfers[m_firstOpen].state))
        ++m_firstOpen;
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
        endRun(key);
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
    m_edits.clear();
    m_isTouched.clear();
    m_open.clear();
    m_untouchedActs = 0;
    m_firstOpen = 0;
    for (int row = 0; row < m_transfers.size(); ++row)
        enter(row);
}

void TransferQueue::hurry(Moment latest)
{
    for (const Transfer& transfer : std::as_const(m_transfers)) {
        const bool lostTheLine =
            transfer.error && !transfer.error->retryAfter && waitsForTheLine(*transfer.error);
        if (lostTheLine && m_dues.value(transfer.key).send > latest)
            setDue(transfer.key, latest);
    }
}

TransferQueue::Startable TransferQueue::startable(Moment now, bool maySendAny)
{
    sweep();
    Startable startable;
    Load load = this->load();
    QSet<QString> busyImages; // the acts on one image go out in order
    std::optional<int> row = nextToLookAt(m_firstOpen, load, maySendAny);
    for (; row; row = nextToLookAt(*row + 1, load, maySendAny)) {
        const Transfer& transfer = m_transfers[*row];
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

/// The next row from \a row on that may be one to start, or stand in the way of one.
std::optional<int> TransferQueue::nextToLookAt(int row, const Load& load, bool maySendAny) const
{
    if (mayStartUntouched(load, maySendAny))
        return row < m_transfers.size() ? std::optional(row) : std::nullopt;
    const bool maySendMore = maySendAny && load.sending < m_sendingAtOnce; // else all is under way
    const auto next = maySendMore ? m_open.lower_bound(row) : m_open.end();
    return next != m_open.end() ? std::optional(*next) : std::nullopt;
}

bool TransferQueue::mayStartUntouched(const Load& load, bool maySendAny) const
{
    const int ahead =
        m_pausedOwners.isEmpty() ? load.prepared : std::min(load.prepared, load.preparedPaused);
    const bool mayPrepareAny = hasRoomToPrepare(load.preparing, ahead);
    return mayPrepareAny || (maySendAny && m_untouchedActs > 0 && load.sending < m_sendingAtOnce);
}

std::optional<TransferQueue::Moment> TransferQueue::nextDue(Moment now)
{
    m_wakes.erase(m_wakes.begin(), m_wakes.lower_bound({now + Moment(1), QString()}));
    for (auto wake = m_wakes.begin(); wake != m_wakes.end();) {
        const auto& [due, key] = *wake;
        const Dues dues = m_dues.value(key);
        const Transfer* transfer = std::as_const(*this).find(key);
        if (dues.send != due && dues.prepare != due) { // there is another one by now
            wake = m_wakes.erase(wake);
            continue;
        }
        if (transfer && (transfer->state == State::Waiting || transfer->state == State::Ready))
            return due;
        ++wake; // it may wait again
    }
    return std::nullopt;
}

bool TransferQueue::hasUnfinished() const
{
    return std::any_of(m_transfers.begin() + m_firstOpen, m_transfers.end(),
                       [](const Transfer& transfer) { return !isFinished(transfer.state); });
}

bool TransferQueue::hasWorkAside(Moment now) const
{
    const Load load = this->load();
    if (load.preparing > 0 || load.sending > 0)
        return true;
    return std::any_of(m_transfers.begin() + m_firstOpen, m_transfers.end(),
                       [&](const Transfer& transfer) { return mayPrepare(transfer, load, now); });
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
    for (const int row : m_edits.value(edit.imageId)) {
        const Transfer& earlier = m_transfers[row];
        const bool isBelow = earlier.state == State::Done && earlier.revision == revision;
        if (isBelow && earlier.item && earlier.item->revision == revision + 1)
            revision = earlier.item->revision;
    }
    return revision;
}

QStringList TransferQueue::editsBehind(const QString& imageId, qint64 before) const
{
    QStringList keys;
    for (const int row : m_edits.value(imageId)) {
        const Transfer& edit = m_transfers[row];
        if (edit.state == State::Waiting && edit.revision == before)
            keys.append(edit.key);
    }
    return keys;
}

TransferQueue::Load TransferQueue::load() const
{
    Load load;
    for (const int row : m_open) {
        const Transfer& transfer = m_transfers[row];
        load.preparing += transfer.state == State::Preparing;
        (isPaused(transfer) ? load.preparedPaused : load.prepared) +=
            transfer.state == State::Ready;
        load.sending += transfer.state == State::Sending;
        load.uploading += transfer.state == State::Sending && transfer.kind == Kind::Upload;
    }
    return load;
}

bool TransferQueue::isDue(const Transfer& transfer, Moment now) const
{
    return m_dues.value(transfer.key).send <= now;
}

// Of two uploads of the same bytes one waits: it is a duplicate if the other succeeds. The first in
// the queue goes ahead, unless the other one was prepared sooner and is on its way already.
bool TransferQueue::waitsForTwin(const Transfer& upload) const
{
    bool isEarlier = true;
    for (const int row : m_open) { // all that have bytes
        const Transfer& other = m_transfers[row];
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
    return hasRoomToPrepare(load.preparing, ahead) && transfer.kind == Kind::Upload &&
           transfer.state == State::Waiting && m_dues.value(transfer.key).prepare <= now;
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
