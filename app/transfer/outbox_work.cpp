// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Outbox that works: prepares, sends, and takes in how that ended.
#include "app/base/log.h"
#include "app/base/readyfuture.h"
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

/// What a person asked for while the upload was on its way, now that it is there.
QList<Transfer> actsBehind(const Transfer& ended, const Clock& clock)
{
    const bool isKnown = ended.kind == Kind::Upload && ended.item && !ended.item->id.isEmpty();
    if (!isKnown)
        return {};
    if (ended.isTakenBack)
        return {newDelete(*ended.item, 0ms, clock)};
    // What is wanted in place of the words that were sent, not of what the server made of those.
    bool isOtherAlt = false;
    bool isOtherPrivacy = false;
    for (const Words& words : ended.sentAs) {
        isOtherAlt |= words.alt != ended.alt;
        isOtherPrivacy |= words.isPrivate != ended.isPrivate;
    }
    protocol::ImagePatch patch;
    if (isOtherAlt && ended.item->alt != ended.alt)
        patch.alt = ended.alt;
    if (isOtherPrivacy && ended.item->isPrivate != ended.isPrivate)
        patch.isPrivate = ended.isPrivate;
    if (patch == protocol::ImagePatch())
        return {};
    return {newEdit(*ended.item, patch, 0ms, clock)};
}

/// What nobody needs once it is finished.
QStringList filesOf(const Transfer& transfer)
{
    return transfer.spool.isEmpty() ? QStringList() : QStringList{transfer.spool};
}

} // namespace

/// One try to send something.
struct Outbox::Attempt {
    Transfer before;              ///< as it was then
    std::optional<Error> unsaved; ///< why it did not leave: the disk did not take that it does
};

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
    if (mayLetGo())
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
    if (transfer.kind == Kind::Upload || transfer.isTakenBack)
        return sendNow(
            transfer); // what is only asked changes nothing; an upload is saved as it leaves
    // The row says "sending" before a byte leaves: after a crash it may have arrived.
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
    const auto attempt = std::make_shared<Attempt>(Attempt{transfer, {}});
    const Sender::Watch watch{
        // The request may outlive this outbox, and tell of its progress.
        [outbox = QPointer(this), key](qint64 moved, qint64 total) {
            if (outbox)
                outbox->showProgress(key, moved, total);
        },
        [this, attempt](const QStringList& listedBefore) { return leave(attempt, listedBefore); }};
    whenDone(this, m_sender.send(transfer, watch),
             [this, attempt](const Result<Sent>& outcome) { finishSending(*attempt, outcome); });
}

/// The row says what goes out before a byte does: after a crash the server is asked for that first.
QFuture<Result<void>> Outbox::leave(const std::shared_ptr<Attempt>& attempt,
                                    const QStringList& listedBefore)
{
    Transfer* transfer = m_queue.find(attempt->before.key);
    if (!transfer || transfer->isTakenBack)
        return readyFuture(Result<void>(failure(ErrorKind::Cancelled)));
    const Words words = wordsOf(attempt->before); // it may have been amended since
    transfer->mayHaveArrived = true;
    if (!transfer->sentAs.contains(words))
        transfer->sentAs.append(words);
    transfer->listedBefore = listedBefore;
    return whenDone(this, save(*transfer), [attempt](const Result<void>& saved) {
        if (!saved)
            attempt->unsaved = saved.error();
        return saved;
    });
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

void Outbox::finishSending(const Attempt& attempt, const Result<Sent>& outcome)
{
    Transfer* transfer = m_queue.find(attempt.before.key);
    if (!transfer)
        return;
    adapt(*transfer, outcome);
    if (!outcome) {
        noteDoubt(*transfer, attempt, outcome.error());
        if (attempt.unsaved && !transfer->isTakenBack)
            postpone(*transfer, *attempt.unsaved, kUntilTheDiskIsBetter);
        else
            fail(*transfer, outcome.error());
    } else if (outcome->isUndone) {
        if (!outcome->image.id.isEmpty())
            transfer->item = outcome->image;
        settle(*transfer, State::Cancelled);
    } else if (outcome->isDuplicate) {
        transfer->imageId = outcome->image.id;
        settle(*transfer, State::Duplicate);
    } else {
        complete(*transfer, outcome->image);
    }
    advance();
}

/// What did not arrive is as if it had not been tried.
void Outbox::noteDoubt(Transfer& transfer, const Attempt& attempt, const Error& error)
{
    const bool isInDoubt = leavesInDoubt(error) && !attempt.unsaved;
    if (transfer.kind != Kind::Upload) {
        transfer.mayHaveArrived |= isInDoubt;
    } else if (!isInDoubt) {
        transfer.mayHaveArrived = attempt.before.mayHaveArrived;
        transfer.sentAs = attempt.before.sentAs;
    }
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
    const QList<Transfer> further = actsBehind(transfer, m_clock);
    // One transaction: an edit that waits on the revision that was must not outlive it, and what
    // the person thought better of is not forgotten.
    save(QList<Transfer>{transfer} + carryRevision(transfer) + further, filesOf(transfer));
    const Transfer ended = transfer; // whoever hears of it may change the list
    finish(ended);
    for (const Transfer& act : further)
        append(act);
    tell(ended, preview);
    if (ended.kind == Kind::Upload && !isVerified(ended))
        m_readBack.look(ended, preview);
}

void Outbox::noteReadBack(const QString& key)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer || transfer->state != State::Done)
        return;
    transfer->isReadBack = true;
    save(*transfer);
    Q_EMIT changed(key);
}

/// What others make of it.
void Outbox::tell(const Transfer& ended, const QImage& preview)
{
    const bool isDone = ended.state == State::Done;
    if (isDone && ended.kind == Kind::Upload && ended.item)
        Q_EMIT shared(*ended.item, preview);
    else if (ended.kind == Kind::Edit && ended.item)
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
    if (transfer.isTakenBack && !transfer.mayHaveArrived)
        return settle(transfer, State::Cancelled);
    // What ends because this process does is no attempt, nor is what never came to the server.
    TransferQueue::Run& run = m_queue.run(transfer.key);
    run.losses = waitsForTheLine(error) ? run.losses + 1 : 0;
    transfer.attempts += !waitsForTheLine(error);
    const bool lostItsBytes = transfer.kind == Kind::Upload && transfer.state == State::Sending &&
                              error.kind == ErrorKind::Storage;
    if (lostItsBytes && transfer.attempts <= kMostPreparations)
        return prepareAgain(transfer);
    const auto wait = waitAfter(error, std::max(run.losses, transfer.attempts));
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
}

// A pasted picture has no home but ours.
void Outbox::discardSource(const Transfer& transfer)
{
    if (transfer.kind == Kind::Upload && isPasted(transfer.source, m_directory))
        m_pool.start([file = transfer.source] { discardPasted(file); });
}

} // namespace vitrine::transfer
