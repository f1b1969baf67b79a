// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Outbox that lives with those of other processes: which of them works, and what the
// others learn of it.
#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/transfer/outbox.h"

#include <QFile>

namespace vitrine::transfer {
namespace {

using namespace std::chrono_literals;

// How soon somebody else takes over from a worker that was killed. The lock that goes with it rings
// no bell.
constexpr auto kLookAgainAfter = 200ms;
constexpr auto kAfterTrouble = 2s;
// How soon a worker looks when the bell rings: its own changes ring, too, and looking at each of
// them would cost as much as writing it.
constexpr auto kBetweenLooks = 50ms;

bool isThrough(State state)
{
    return isFinished(state) && state != State::Failed;
}

} // namespace

/// Whether something of interest here would not come about if nobody worked.
bool Outbox::wantsToWork() const
{
    if (m_isOnlooker)
        return false;
    return m_hasAsked || m_queue.hasWorkAside(m_clock.elapsed()) ||
           (m_running && m_queue.hasUnfinished());
}

QFuture<Result<void>> Outbox::catchUp()
{
    ++m_looks;
    const auto looked = m_store.catchUp(m_seen, m_running || wantsToWork());
    return whenDone(this, looked, [this](const Result<News>& news) -> Result<void> {
        --m_looks;
        if (news) {
            takeIn(*news);
            listen();
        } else {
            qCWarning(logTransfer) << "the outbox could not be read:" << news.error().detail;
        }
        if (!news && !m_isOnlooker) // the bell does not ring again for what was missed
            m_follow.start(kAfterTrouble);
        else if (!m_isWorker && wantsToWork())
            m_follow.start(kLookAgainAfter);
        if (m_looks == 0 && std::exchange(m_hasRung, false))
            hearBell();
        advance();
        return news.map([](const News&) {});
    });
}

void Outbox::takeOut(QStringList keys)
{
    keys.removeIf([this](const QString& key) { return !find(key); });
    if (keys.isEmpty())
        return;
    m_queue.remove(keys);
    Q_EMIT removed(keys);
}

void Outbox::takeIn(const News& news)
{
    m_seen = std::max(m_seen, news.upTo);
    m_pausedOwners = news.pausedOwners;
    takePaused();
    for (const Transfer& transfer : news.transfers)
        takeIn(transfer);
    takeOut(news.forgotten);
    if (news.isWorker && !m_isWorker)
        takeOver();
    m_isWorker = news.isWorker;
    m_hasAsked &= !m_isWorker && (!news.hasWorker || news.hasRequests);
    for (const Request& request : news.requests) {
        carryOut(request);
        m_store.dropRequest(request.number);
    }
}

/// Whoever works knows better than the rows, but for what is new.
void Outbox::takeIn(const Transfer& transfer)
{
    Transfer* known = m_queue.find(transfer.key);
    const bool isNews = !known || !isThrough(known->state);
    if (known && !isNews && transfer.isReadBack && !known->isReadBack) {
        known->isReadBack = true;
        Q_EMIT changed(transfer.key);
    }
    if (known && (m_isWorker || !isNews))
        return;
    const QImage preview = m_queue.preview(transfer.key);
    if (known) {
        const qint64 moved = known->moved;
        *known = transfer;
        known->moved = transfer.state == State::Done ? transfer.bytes : moved;
        m_queue.setDue(transfer.key, {});
        holdIfAsked(transfer); // by the server, since it was taken in
        Q_EMIT changed(transfer.key);
    } else if (!isThrough(transfer.state)) {
        holdIfAsked(transfer);
        append(transfer);
    }
    if (!isFinished(transfer.state))
        return;
    m_queue.endRun(transfer.key);
    if (m_hasLoaded) // else the listing tells
        tell(transfer, preview);
}

/// The worker has ended, perhaps in the middle of something.
void Outbox::takeOver()
{
    const QList<Transfer> left = transfers();
    for (const Transfer& transfer : left) {
        if (transfer.state != State::Preparing && transfer.state != State::Sending)
            continue;
        resume(*m_queue.find(transfer.key));
        Q_EMIT changed(transfer.key);
    }
}

/// What the disk has yet to take is known here alone.
bool Outbox::mayLetGo() const
{
    return !m_running && m_looks == 0 && m_saves == 0 && m_unsaved.isEmpty() &&
           !m_queue.hasWorkAside(m_clock.elapsed());
}

/// Others may be able to send, and want to.
void Outbox::letGo()
{
    m_isWorker = false;
    m_store.stopWorking();
}

void Outbox::ask(const Request& request)
{
    m_hasAsked = true;
    m_store.ask(request);
    catchUp();
}

void Outbox::carryOut(const Request& request)
{
    const Transfer* transfer = find(request.key);
    if (!transfer)
        return;
    switch (request.act) {
    case Request::Act::Cancel:
        if (isThrough(transfer->state))
            return takeBackWhatEnded(*transfer);
        return cancel(request.key);
    case Request::Act::Amend:
        if (isThrough(transfer->state))
            return amendWhatEnded(*transfer, request);
        amend(request.key, request.patch, request.undoTime);
        return;
    case Request::Act::Retry:
        return retry(request.key);
    case Request::Act::SendFirst:
        return sendFirst(request.key);
    case Request::Act::Overrule:
        return overrule(request.key, request.revision);
    }
}

void Outbox::takePaused()
{
    QSet<QString> owners = m_pausedOwners;
    if (m_isPaused)
        owners.insert(QString()); // its own
    if (owners == m_queue.pausedOwners())
        return;
    m_queue.setPausedOwners(owners);
    m_line.turnAway();
    Q_EMIT pausedOwnersChanged();
}

void Outbox::followBell()
{
    m_hasLoaded = true;
    connect(&m_bell, &QFileSystemWatcher::fileChanged, this, &Outbox::hearBell);
    listen();
}

/// Again where there was no bell yet, or somebody removed it.
void Outbox::listen()
{
    if (m_hasLoaded && m_bell.files().isEmpty() && QFile::exists(m_store.bell()))
        m_bell.addPath(m_store.bell());
}

void Outbox::hearBell()
{
    if (m_looks > 0)
        m_hasRung = true;
    else if (!m_isWorker)
        catchUp();
    else if (!m_follow.isActive())
        m_follow.start(kBetweenLooks);
}

} // namespace vitrine::transfer
