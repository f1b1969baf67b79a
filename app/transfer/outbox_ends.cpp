// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Outbox that takes in how a try ended: done, to be tried again, or not to be.
#include "app/base/log.h"
#include "app/transfer/backoff.h"
#include "app/transfer/outbox.h"
#include "app/transfer/pasted.h"

namespace vitrine::transfer {
namespace {

using namespace std::chrono_literals;
using protocol::Image;

constexpr int kMostPreparations = 3;

/// What a person asked for while the act was on its way, now that it is through.
QList<Transfer> actsBehind(const Transfer& ended, const Clock& clock)
{
    if (ended.isTakenBack) {
        const auto undo = newUndoOf(ended, clock);
        return undo ? QList{*undo} : QList<Transfer>();
    }
    const bool isKnown = ended.kind == Kind::Upload && ended.item && !ended.item->id.isEmpty();
    if (!isKnown)
        return {};
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
    return {newEdit(*ended.item, patch, undoTimeLeft(ended, clock.now()), clock)};
}

/// What nobody needs once it is finished.
QStringList filesOf(const Transfer& transfer)
{
    return transfer.spool.isEmpty() ? QStringList() : QStringList{transfer.spool};
}

} // namespace

void Outbox::complete(Transfer& transfer, const Image& image)
{
    const TransferQueue::Run run = m_queue.run(transfer.key);
    transfer.imageId = image.id;
    transfer.moved = transfer.bytes;
    if (transfer.kind != Kind::Delete)
        transfer.item = image;
    if (transfer.item && transfer.item->placeholder.isEmpty()) // it is still to be made there
        transfer.item->placeholder = run.placeholder;
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
    tell(ended, run.preview);
    if (ended.kind == Kind::Upload && !isVerified(ended))
        m_readBack.look(ended, run.preview);
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
    // What left before somebody signed in is refused for what it brought along.
    const bool needsSignIn = error.kind == ErrorKind::SignInRequired && run.stretch == m_stretch;
    const bool asks = needsSignIn && m_running; // once, whatever is under way
    m_running = m_running && !needsSignIn;
    if (needsSignIn)
        m_line.turnAway();
    postpone(transfer, error, *wait);
    if (asks)
        Q_EMIT signInNeeded(error);
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
    const auto next = m_clock.elapsed() + wait;
    if (wasSending)
        m_queue.setDue(transfer.key, next);
    else
        m_queue.setPrepareDue(transfer.key, next);
    const bool isPrepared = wasSending && transfer.kind == Kind::Upload;
    transfer.state = isPrepared ? State::Ready : State::Waiting;
    transfer.moved = 0;
    transfer.error = error;
    transfer.retryAt = error.retryAfter ? m_clock.now().addMSecs(wait.count()) : QDateTime();
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
    // Somebody may want to try again, or change what they said of it.
    if (ended.state != State::Failed && ended.state != State::Cancelled)
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
