// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Outbox that works: prepares, sends, and takes in how that ended.
#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/transfer/backoff.h"
#include "app/transfer/outbox.h"
#include "app/transfer/pasted.h"
#include "app/transfer/preparer.h"

#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QtConcurrentRun>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Image;

constexpr auto kProgressInterval = 100ms;
constexpr auto kUntilTheDiskIsBetter = 5s;
constexpr int kMostPreparations = 3;

/// A copy is a JPEG, whatever the file was.
QString nameOfCopy(const QString& name)
{
    const QFileInfo file(name);
    const QString suffix = file.suffix();
    const bool isJpeg = suffix.compare("jpg"_L1, Qt::CaseInsensitive) == 0 ||
                        suffix.compare("jpeg"_L1, Qt::CaseInsensitive) == 0;
    return isJpeg ? name : file.completeBaseName() + u".jpg"_s;
}

/// What nobody needs once it is finished.
QStringList filesOf(const Transfer& transfer)
{
    return transfer.spool.isEmpty() ? QStringList() : QStringList{transfer.spool};
}

} // namespace

void Outbox::advance()
{
    if (m_isOnlooker)
        return;
    if (!m_isWorker) {
        if (wantsToWork() && m_looks == 0 && !m_follow.isActive())
            catchUp();
        return;
    }
    const auto now = m_clock.elapsed();
    start(m_queue.startable(now, m_running));
    if (const auto next = m_queue.nextDue(now))
        m_wake.start(*next - now);
    if (!m_running && m_looks == 0 && !m_queue.hasWorkAside(now))
        letGo();
}

void Outbox::start(const TransferQueue::Startable& startable)
{
    for (const QString& key : startable.toPrepare) {
        if (Transfer* transfer = m_queue.find(key))
            startPreparing(*transfer);
    }
    for (const QString& key : startable.toSend) {
        if (Transfer* transfer = m_queue.find(key))
            startSending(*transfer);
    }
}

void Outbox::startPreparing(Transfer& transfer)
{
    transfer.state = State::Preparing;
    transfer.error.reset();
    transfer.spool = m_store.spool() + u'/' + transfer.key;
    Q_EMIT changed(transfer.key);
    const PrepareOrder order{transfer.source,
                             transfer.spool,
                             {.keepMetadata = transfer.keepMetadata, .fit = transfer.fit},
                             m_rules};
    const auto made = QtConcurrent::run(
        &m_pool, [order, pictures = &m_pictures] { return prepare(order, *pictures); });
    whenDone(this, made, [this, key = transfer.key](const Result<Prepared>& prepared) {
        finishPreparing(key, prepared);
    });
}

void Outbox::finishPreparing(const QString& key, const Result<Prepared>& prepared)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer)
        return;
    if (transfer->state != State::Preparing) { // cancelled meanwhile
        m_pool.start([file = transfer->spool] { QFile::remove(file); });
        return;
    }
    if (!prepared) {
        fail(*transfer, prepared.error());
        advance();
        return;
    }
    transfer->bytes = prepared->bytes;
    transfer->sha256 = prepared->sha256;
    transfer->type = prepared->type;
    transfer->removed = prepared->removed;
    transfer->isCopy = prepared->isCopy;
    if (prepared->isCopy)
        transfer->name = nameOfCopy(transfer->name);
    transfer->state = State::Ready;
    m_queue.run(key).preview = prepared->preview;
    save(*transfer);
    Q_EMIT changed(key);
    advance();
}

void Outbox::startSending(Transfer& transfer)
{
    transfer.state = State::Sending;
    transfer.error.reset();
    transfer.moved = 0;
    Q_EMIT changed(transfer.key);
    // The row says "sending" before a byte leaves: after a crash the server is asked first.
    whenDone(this, save(transfer), [this, key = transfer.key](const Result<void>& saved) {
        Transfer* current = m_queue.find(key);
        if (!current)
            return;
        if (saved)
            sendNow(*current);
        else
            postpone(*current, saved.error(), kUntilTheDiskIsBetter);
    });
}

void Outbox::sendNow(const Transfer& transfer)
{
    const QString key = transfer.key;
    // The request may outlive this outbox, and tell of its progress.
    const auto progress = [outbox = QPointer(this), key](qint64 moved, qint64 total) {
        if (outbox)
            outbox->showProgress(key, moved, total);
    };
    const auto sent = m_sender.send(transfer, progress);
    whenDone(this, sent, [this, key](const Result<Sent>& outcome) { finishSending(key, outcome); });
}

void Outbox::showProgress(const QString& key, qint64 moved, qint64 total)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer || transfer->state != State::Sending || total <= 0)
        return;
    transfer->moved = std::min(moved, transfer->bytes);
    TransferQueue::Run& run = m_queue.run(key);
    if (moved < total && m_clock.elapsed() - run.shown < kProgressInterval)
        return;
    run.shown = m_clock.elapsed();
    Q_EMIT changed(key);
}

void Outbox::finishSending(const QString& key, const Result<Sent>& outcome)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer)
        return;
    adapt(*transfer, outcome);
    if (!outcome) {
        fail(*transfer, outcome.error());
    } else if (outcome->isDuplicate) {
        transfer->imageId = outcome->image.id;
        settle(*transfer, State::Duplicate);
    } else {
        complete(*transfer, outcome->image);
    }
    advance();
}

/// Sends more at once, or fewer, by what the line gives.
void Outbox::adapt(const Transfer& transfer, const Result<Sent>& outcome)
{
    if (outcome && !outcome->isDuplicate && transfer.kind == Kind::Upload)
        m_parallelism.arrived(transfer.bytes, m_queue.isFull(), m_clock.elapsed());
    else if (!outcome && waitsForTheLine(outcome.error()))
        m_parallelism.lost();
    m_queue.setSendingAtOnce(m_parallelism.atOnce());
}

void Outbox::complete(Transfer& transfer, const Image& image)
{
    const QImage preview = m_queue.run(transfer.key).preview;
    transfer.imageId = image.id;
    transfer.moved = transfer.bytes;
    if (transfer.kind != Kind::Delete)
        transfer.item = image;
    transfer.state = State::Done;
    transfer.error.reset();
    // One transaction: an edit that waits on the revision that was must not outlive it.
    save(QList<Transfer>{transfer} + carryRevision(transfer), filesOf(transfer));
    const Transfer ended = transfer; // whoever hears of it may change the list
    finish(ended);
    tell(ended, preview);
}

/// What others make of it.
void Outbox::tell(const Transfer& ended, const QImage& preview)
{
    const bool isDone = ended.state == State::Done;
    if (isDone && ended.kind == Kind::Upload && ended.item)
        Q_EMIT shared(*ended.item, preview);
    else if (isDone && ended.kind == Kind::Edit && ended.item)
        Q_EMIT edited(*ended.item);
    else if (isDone && ended.kind == Kind::Delete)
        Q_EMIT deleted(ended.imageId);
    else if (ended.kind == Kind::Delete)
        Q_EMIT deleteUndone(ended.imageId);
    if (ended.error && ended.error->kind == ErrorKind::Conflict)
        Q_EMIT conflicted();
}

// Later edits of the same person were made on top of this one, not against it; unless somebody
// else's change lies between.
QList<Transfer> Outbox::carryRevision(const Transfer& ended)
{
    QList<Transfer> carried;
    if (!ended.item || (onlyHides(ended) && ended.item->revision != ended.revision + 1))
        return carried;
    const QStringList keys = m_queue.editsBehind(ended.imageId, ended.revision);
    for (const QString& key : keys) {
        Transfer* transfer = m_queue.find(key);
        transfer->revision = ended.item->revision;
        carried.append(*transfer);
    }
    return carried;
}

void Outbox::fail(Transfer& transfer, const Error& error)
{
    ++transfer.attempts; // what ends because this process does is no attempt
    const bool lostItsBytes = transfer.kind == Kind::Upload && transfer.state == State::Sending &&
                              error.kind == ErrorKind::Storage;
    if (lostItsBytes && transfer.attempts <= kMostPreparations)
        return prepareAgain(transfer);
    const auto wait = waitAfter(error, transfer.attempts);
    if (!wait) {
        refuse(transfer, error);
        return;
    }
    const bool needsSignIn = error.kind == ErrorKind::SignInRequired;
    const bool asks = needsSignIn && m_running; // once, whatever is under way
    m_running = m_running && !needsSignIn;
    postpone(transfer, error, *wait);
    if (asks)
        Q_EMIT signInNeeded();
}

// Somebody tidied up below us. The source may still be there.
void Outbox::prepareAgain(Transfer& transfer)
{
    qCWarning(logTransfer) << "the prepared bytes of" << transfer.key << "are gone";
    transfer.state = State::Waiting;
    transfer.moved = 0;
    save(transfer);
    Q_EMIT changed(transfer.key);
}

void Outbox::postpone(Transfer& transfer, const Error& error, std::chrono::milliseconds wait)
{
    const bool wasSending = transfer.state == State::Sending;
    TransferQueue::Run& run = m_queue.run(transfer.key);
    transfer.mayHaveArrived |= wasSending && error.kind != ErrorKind::RateLimited;
    const auto next = m_clock.elapsed() + wait;
    (wasSending ? run.due : run.prepareDue) = next;
    const bool isPrepared = wasSending && transfer.kind == Kind::Upload;
    transfer.state = isPrepared ? State::Ready : State::Waiting;
    transfer.moved = 0;
    transfer.error = error;
    save(transfer);
    Q_EMIT changed(transfer.key);
}

void Outbox::refuse(Transfer& transfer, const Error& error)
{
    qCDebug(logTransfer) << "transfer" << transfer.key << "failed:" << int(error.kind);
    settle(transfer, State::Failed, error);
}

void Outbox::settle(Transfer& transfer, State state, std::optional<Error> error)
{
    transfer.state = state;
    transfer.error = std::move(error);
    save({transfer}, filesOf(transfer));
    const Transfer ended = transfer; // whoever hears of it may change the list
    finish(ended);
    tell(ended, {});
}

void Outbox::finish(const Transfer& ended)
{
    m_queue.endRun(ended.key);
    if (ended.state != State::Failed) // somebody may want to try again
        discardSource(ended);
    Q_EMIT changed(ended.key);
    if (m_isAskedForLater)
        catchUp();
}

// A pasted picture has no home but ours.
void Outbox::discardSource(const Transfer& transfer)
{
    if (transfer.kind == Kind::Upload && isPasted(transfer.source, m_directory))
        m_pool.start([file = transfer.source] { discardPasted(file); });
}

} // namespace vitrine::transfer
