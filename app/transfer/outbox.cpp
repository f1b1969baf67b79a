// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/outbox.h"

#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/transfer/backoff.h"
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

constexpr int kPreparingThreads = 2;
constexpr int kPreviewsAtOnce = 128; // of one drop; bounds the memory that waiting ones take
constexpr auto kProgressInterval = 100ms;
constexpr auto kPatienceOnceOnline = 5s;

/// A copy is a JPEG, whatever the file was.
QString nameOfCopy(const QString& name)
{
    const QFileInfo file(name);
    const QString suffix = file.suffix();
    const bool isJpeg = suffix.compare("jpg"_L1, Qt::CaseInsensitive) == 0 ||
                        suffix.compare("jpeg"_L1, Qt::CaseInsensitive) == 0;
    return isJpeg ? name : file.completeBaseName() + u".jpg"_s;
}

QFuture<Result<QString>> firstKey(QFuture<Result<QStringList>> keys)
{
    return keys.then([](const Result<QStringList>& added) {
        return added.map([](const QStringList& all) { return all.first(); });
    });
}

} // namespace

Outbox::Outbox(const QString& directory, api::ApiClient& client,
               const imaging::PictureReader& pictures, const Clock& clock, DuplicateLookup lookup,
               QObject* parent)
    : QObject(parent)
    , m_directory(directory)
    , m_pictures(pictures)
    , m_clock(clock)
    , m_sender(client, std::move(lookup))
    , m_store(directory)
{
    m_pool.setMaxThreadCount(kPreparingThreads);
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &Outbox::advance);
}

Outbox::~Outbox()
{
    m_pool.clear();
    m_pool.waitForDone();
}

QFuture<Result<void>> Outbox::load()
{
    using Rows = Result<QList<Transfer>>;
    return whenDone(this, m_store.adopt(), [this](const Rows& rows) -> Result<void> {
        if (!rows)
            return failure(rows.error());
        for (Transfer transfer : *rows) {
            m_queue.run(transfer.key).mayHaveArrived = transfer.state == State::Sending;
            transfer.state = resumed(transfer);
            append(transfer);
        }
        advance();
        return {};
    });
}

QFuture<Result<void>> Outbox::look()
{
    m_isOnlooker = true;
    using Rows = Result<QList<Transfer>>;
    return whenDone(this, m_store.peek(), [this](const Rows& rows) {
        return rows.map([this](const QList<Transfer>& transfers) {
            for (const Transfer& transfer : transfers)
                append(transfer);
        });
    });
}

void Outbox::setRunning(bool running)
{
    if (running && !m_running) // the line is back: what waited for it need not wait much longer
        m_queue.hurry(m_clock.elapsed() + kPatienceOnceOnline);
    m_running = running;
    advance();
}

QFuture<Result<QStringList>> Outbox::share(const QList<UploadOrder>& orders)
{
    QList<Transfer> transfers;
    QList<TransferQueue::Run> runs;
    for (const UploadOrder& order : orders) {
        transfers.append(newUpload(order, m_clock));
        const bool isKept = runs.size() < kPreviewsAtOnce;
        runs.append({.due = order.undoTime, .preview = isKept ? order.preview : QImage()});
    }
    return enqueue(transfers, runs);
}

QFuture<Result<QString>> Outbox::edit(const Image& image, const protocol::ImagePatch& patch,
                                      std::chrono::milliseconds undoTime)
{
    return firstKey(enqueue({newEdit(image, patch, m_clock)}, {{.due = undoTime}}));
}

QFuture<Result<QString>> Outbox::remove(const Image& image, std::chrono::milliseconds undoTime)
{
    return firstKey(enqueue({newDelete(image, m_clock)}, {{.due = undoTime}}));
}

QFuture<Result<QStringList>> Outbox::enqueue(const QList<Transfer>& transfers,
                                             const QList<TransferQueue::Run>& runs)
{
    const auto kept = m_store.put(transfers);
    using Keys = Result<QStringList>;
    return whenDone(this, kept, [this, transfers, runs](const Result<void>& written) -> Keys {
        if (!written)
            return failure(written.error());
        QStringList keys;
        for (qsizetype i = 0; i < transfers.size(); ++i) {
            keys.append(transfers[i].key);
            TransferQueue::Run& run = m_queue.run(transfers[i].key);
            run = runs[i];
            run.due += m_clock.elapsed();
            append(transfers[i]);
        }
        // Queued: whoever asked learns the keys before anything becomes of them.
        QMetaObject::invokeMethod(this, &Outbox::advance, Qt::QueuedConnection);
        return keys;
    });
}

void Outbox::append(const Transfer& transfer)
{
    m_queue.append(transfer);
    Q_EMIT added(transfer.key);
}

void Outbox::cancel(const QString& key)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer || transfer->state == State::Sending || isFinished(transfer->state))
        return;
    const bool isDelete = transfer->kind == Kind::Delete;
    const QString imageId = transfer->imageId;
    settle(*transfer, State::Cancelled); // whoever hears of it may change the list
    if (isDelete)
        Q_EMIT deleteUndone(imageId);
    advance();
}

bool Outbox::amend(const QString& key, const protocol::ImagePatch& patch)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer || transfer->kind != Kind::Upload || transfer->state == State::Sending ||
        isFinished(transfer->state))
        return false;
    transfer->alt = patch.alt.value_or(transfer->alt);
    transfer->isPrivate = patch.isPrivate.value_or(transfer->isPrivate);
    save(*transfer);
    Q_EMIT changed(key);
    return true;
}

bool Outbox::isHeld(const QString& key) const
{
    return m_queue.isHeld(key, m_clock.elapsed());
}

void Outbox::retry(const QString& key)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer || transfer->state != State::Failed)
        return;
    transfer->state = State::Waiting;
    transfer->attempts = 0;
    transfer->error.reset();
    m_queue.run(key) = {};
    save(*transfer);
    Q_EMIT changed(key);
    advance();
}

void Outbox::clearFinished()
{
    forget(m_queue.finished());
}

void Outbox::forget(const QStringList& keys)
{
    QStringList gone;
    for (const QString& key : keys) {
        const Transfer* transfer = find(key);
        if (!transfer || !isFinished(transfer->state))
            continue;
        discardSource(*transfer);
        gone.append(key);
    }
    m_queue.remove(gone);
    m_store.remove(gone);
    for (const QString& key : std::as_const(gone))
        Q_EMIT removed(key);
}

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

QFuture<Result<void>> Outbox::save(const Transfer& transfer)
{
    return whenDone(this, m_store.put({transfer}), [](const Result<void>& written) {
        if (!written)
            qCWarning(logTransfer) << "the outbox could not be written:" << written.error().detail;
        return written;
    });
}

} // namespace vitrine::transfer
