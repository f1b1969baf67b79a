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

/// A copy is a JPEG, whatever the file was.
QString nameOfCopy(const QString& name)
{
    const QFileInfo file(name);
    const QString suffix = file.suffix();
    const bool isJpeg = suffix.compare("jpg"_L1, Qt::CaseInsensitive) == 0 ||
                        suffix.compare("jpeg"_L1, Qt::CaseInsensitive) == 0;
    return isJpeg ? name : file.completeBaseName() + u".jpg"_s;
}

} // namespace

void Outbox::advance()
{
    if (m_isOnlooker)
        return;
    const auto now = m_clock.elapsed();
    const auto startable = m_queue.startable(now, m_running);
    for (const QString& key : startable.toPrepare) {
        if (Transfer* transfer = m_queue.find(key))
            startPreparing(*transfer);
    }
    for (const QString& key : startable.toSend) {
        if (Transfer* transfer = m_queue.find(key))
            startSending(*transfer);
    }
    if (const auto next = m_queue.nextDue(now))
        m_wake.start(*next - now);
}

void Outbox::startPreparing(Transfer& transfer)
{
    transfer.state = State::Preparing;
    transfer.error.reset();
    transfer.spool = m_directory + u"/spool/"_s + transfer.key;
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
        discardFiles(*transfer);
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
            finishSending(key, failure(saved.error()));
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
    const auto sent = m_sender.send(transfer, m_queue.run(key).mayHaveArrived, progress);
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

void Outbox::complete(Transfer& transfer, const Image& image)
{
    const QImage preview = m_queue.run(transfer.key).preview;
    const qint64 before = transfer.revision;
    transfer.imageId = image.id;
    transfer.moved = transfer.bytes;
    const Kind kind = transfer.kind;
    settle(transfer, State::Done);
    switch (kind) {
    case Kind::Upload:
        Q_EMIT shared(image, preview);
        break;
    case Kind::Edit:
        carryRevision(image, before);
        Q_EMIT edited(image);
        break;
    default:
        Q_EMIT deleted(image.id);
        break;
    }
}

// Later edits of the same person were made on top of this one, not against it.
void Outbox::carryRevision(const Image& edited, qint64 before)
{
    const QStringList keys = m_queue.editsBehind(edited.id, before);
    for (const QString& key : keys) {
        Transfer* transfer = m_queue.find(key);
        transfer->revision = edited.revision;
        save(*transfer);
    }
}

void Outbox::fail(Transfer& transfer, const Error& error)
{
    ++transfer.attempts; // what ends because this process does is no attempt
    if (!mayTryAgain(error, transfer.attempts)) {
        refuse(transfer, error);
        return;
    }
    const bool needsSignIn = error.kind == ErrorKind::SignInRequired;
    const bool asks = needsSignIn && m_running; // once, whatever is under way
    m_running = m_running && !needsSignIn;
    postpone(transfer, error);
    if (asks)
        Q_EMIT signInNeeded();
}

void Outbox::postpone(Transfer& transfer, const Error& error)
{
    const bool wasSending = transfer.state == State::Sending;
    TransferQueue::Run& run = m_queue.run(transfer.key);
    run.mayHaveArrived |= wasSending && error.kind != ErrorKind::RateLimited;
    const auto next = m_clock.elapsed() + error.retryAfter.value_or(backoff(transfer.attempts));
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
    const bool isDelete = transfer.kind == Kind::Delete;
    const QString imageId = transfer.imageId;
    const bool isConflict = error.kind == ErrorKind::Conflict;
    settle(transfer, State::Failed, error); // whoever hears of it may change the list
    if (isDelete)
        Q_EMIT deleteUndone(imageId);
    if (isConflict)
        Q_EMIT conflicted();
}

void Outbox::settle(Transfer& transfer, State state, std::optional<Error> error)
{
    transfer.state = state;
    transfer.error = std::move(error);
    m_queue.endRun(transfer.key);
    discardFiles(transfer);
    save(transfer);
    Q_EMIT changed(transfer.key);
}

void Outbox::discardFiles(const Transfer& transfer)
{
    if (!transfer.spool.isEmpty())
        m_pool.start([file = transfer.spool] { QFile::remove(file); });
    if (transfer.state != State::Failed) // somebody may want to try again
        discardSource(transfer);
}

// A pasted picture has no home but ours.
void Outbox::discardSource(const Transfer& transfer)
{
    if (transfer.kind == Kind::Upload && isPasted(transfer.source, m_directory))
        m_pool.start([file = transfer.source] { discardPasted(file); });
}

} // namespace vitrine::transfer
