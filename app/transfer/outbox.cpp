// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/outbox.h"

#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/transfer/backoff.h"
#include "app/transfer/preparer.h"
#include "app/transfer/safename.h"
#include "app/transfer/sender.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>
#include <QtConcurrentRun>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Image;

constexpr int kPreparingThreads = 2;
constexpr int kMaxAttempts = 8; // some two minutes of a server in trouble
constexpr auto kProgressInterval = 100ms;
constexpr auto kPatienceOnceOnline = 5s;

Transfer newTransfer(Kind kind, const Clock& clock)
{
    Transfer transfer;
    transfer.key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    transfer.kind = kind;
    transfer.created = clock.now();
    return transfer;
}

Transfer uploadFor(const UploadOrder& order, const Clock& clock)
{
    Transfer transfer = newTransfer(Kind::Upload, clock);
    transfer.source = QFileInfo(order.source).absoluteFilePath(); // for a later run elsewhere
    transfer.name =
        safeName(order.name.isEmpty() ? QFileInfo(order.source).fileName() : order.name);
    transfer.alt = order.alt;
    transfer.isPrivate = order.isPrivate;
    transfer.keepMetadata = order.keepMetadata;
    transfer.again = order.again;
    return transfer;
}

// What was under way when an earlier run ended starts again from the last thing that is certain.
State resumed(const Transfer& transfer)
{
    if (transfer.state == State::Preparing)
        return State::Waiting;
    if (transfer.state == State::Sending)
        return transfer.kind == Kind::Upload ? State::Ready : State::Waiting;
    return transfer.state;
}

bool lostConnection(const Error& error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::TimedOut;
}

QFuture<Result<QString>> firstKey(QFuture<Result<QStringList>> keys)
{
    return keys.then([](const Result<QStringList>& added) -> Result<QString> {
        if (!added)
            return failure(added.error());
        return added->first();
    });
}

} // namespace

Outbox::Outbox(const QString& directory, api::ApiClient& client,
               const imaging::PictureReader& pictures, const Clock& clock, DuplicateLookup lookup,
               QObject* parent)
    : QObject(parent)
    , m_directory(directory)
    , m_client(client)
    , m_pictures(pictures)
    , m_clock(clock)
    , m_lookup(std::move(lookup))
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
    return m_store.adopt().then(this, [this](const Result<QList<Transfer>>& rows) -> Result<void> {
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
    QList<Delay> delays;
    for (const UploadOrder& order : orders) {
        transfers.append(uploadFor(order, m_clock));
        delays.append(order.undoTime);
    }
    return enqueue(std::move(transfers), delays);
}

QFuture<Result<QString>> Outbox::edit(const Image& image, const protocol::ImagePatch& patch)
{
    Transfer transfer = newTransfer(Kind::Edit, m_clock);
    transfer.imageId = image.id;
    transfer.name = image.name;
    transfer.revision = image.revision;
    transfer.patch = patch;
    return firstKey(enqueue({transfer}, {0ms}));
}

QFuture<Result<QString>> Outbox::remove(const Image& image, std::chrono::milliseconds undoTime)
{
    Transfer transfer = newTransfer(Kind::Delete, m_clock);
    transfer.imageId = image.id;
    transfer.name = image.name;
    return firstKey(enqueue({transfer}, {undoTime}));
}

QFuture<Result<QStringList>> Outbox::enqueue(QList<Transfer> transfers, const QList<Delay>& delays)
{
    return m_store.put(transfers).then(
        this, [this, transfers, delays](const Result<void>& written) -> Result<QStringList> {
            if (!written)
                return failure(written.error());
            QStringList keys;
            for (qsizetype i = 0; i < transfers.size(); ++i) {
                keys.append(transfers[i].key);
                m_queue.run(transfers[i].key).due = m_clock.elapsed() + delays[i];
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
    const QStringList keys = m_queue.takeFinished();
    m_store.remove(keys);
    for (const QString& key : keys)
        Q_EMIT removed(key);
}

void Outbox::advance()
{
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
    const PrepareOrder order{transfer.source, transfer.spool, transfer.keepMetadata, m_limits};
    QtConcurrent::run(&m_pool, [order, pictures = &m_pictures] {
        return prepare(order, *pictures);
    }).then(this, [this, key = transfer.key](const Result<Prepared>& prepared) {
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
    ++transfer.attempts;
    Q_EMIT changed(transfer.key);
    // The row says "sending" before a byte leaves: after a crash the server is asked first.
    save(transfer).then(this, [this, key = transfer.key](const Result<void>& saved) {
        Transfer* current = m_queue.find(key);
        if (!current)
            return;
        if (!saved) {
            finishSending(key, failure(saved.error()));
        } else if (current->kind == Kind::Upload && !current->again) {
            whenDone(this, m_lookup(current->sha256),
                     [this, key](const Result<QString>& duplicate) {
                         sendUnlessDuplicate(key, duplicate);
                     });
        } else {
            sendNow(key);
        }
    });
}

void Outbox::sendUnlessDuplicate(const QString& key, const Result<QString>& duplicate)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer)
        return;
    // An upload that may have arrived would find itself.
    const bool isOther = duplicate && !duplicate->isEmpty() && !m_queue.run(key).mayHaveArrived;
    if (!isOther) {
        sendNow(key);
        return;
    }
    transfer->imageId = *duplicate;
    settle(*transfer, State::Duplicate);
    advance();
}

void Outbox::sendNow(const QString& key)
{
    const Transfer* transfer = m_queue.find(key);
    if (!transfer)
        return;
    const auto progress = [this, key](qint64 moved, qint64 total) {
        showProgress(key, moved, total);
    };
    send(m_client, *transfer, m_queue.run(key).mayHaveArrived, progress)
        .then(this, [this, key](const Result<Image>& outcome) { finishSending(key, outcome); });
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

void Outbox::finishSending(const QString& key, const Result<Image>& outcome)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer)
        return;
    if (outcome)
        complete(*transfer, *outcome);
    else
        fail(*transfer, outcome.error());
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
    const bool needsSignIn = error.kind == ErrorKind::SignInRequired;
    const bool isPassing = needsSignIn || lostConnection(error) ||
                           (isRetryable(error.kind) && transfer.attempts < kMaxAttempts);
    if (!isPassing) {
        refuse(transfer, error);
        return;
    }
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
    if (!wasSending)
        ++transfer.attempts;
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
    qCInfo(logTransfer) << "transfer" << transfer.key << "failed:" << int(error.kind);
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
    QStringList files{transfer.spool};
    // A pasted picture has no home but ours; it stays while somebody may want to try again.
    const bool isOurs = transfer.source.startsWith(m_directory + u'/');
    if (isOurs && transfer.state != State::Failed)
        files.append(transfer.source);
    files.removeAll(QString());
    auto discarded = QtConcurrent::run(&m_pool, [files] {
        for (const QString& file : files)
            QFile::remove(file);
    });
}

QFuture<Result<void>> Outbox::save(const Transfer& transfer)
{
    return m_store.put({transfer}).then(this, [](const Result<void>& written) {
        if (!written)
            qCWarning(logTransfer) << "the outbox could not be written:" << written.error().detail;
        return written;
    });
}

} // namespace vitrine::transfer
