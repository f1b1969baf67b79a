// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/outbox.h"

#include "app/base/log.h"
#include "app/transfer/backoff.h"
#include "app/transfer/preparer.h"
#include "app/transfer/safename.h"
#include "app/transfer/sender.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>
#include <QtConcurrentRun>

namespace vitrine::transfer
{
namespace
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Image;

constexpr int kPreparingAtOnce = 2; // CPU-bound
constexpr int kPreparedAhead = 16;  // bounds the disk that waiting uploads take
constexpr int kSendingAtOnce = 3;   // leaves the connection room for what a person waits for
constexpr int kMaxAttempts = 8;     // some two minutes of a server in trouble
constexpr auto kProgressInterval = 100ms;

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
    transfer.source = order.source;
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

Outbox::Outbox(const QString& directory, api::ApiClient& client, const Clock& clock,
               DuplicateLookup lookup, QObject* parent)
    : QObject(parent)
    , m_directory(directory)
    , m_client(client)
    , m_clock(clock)
    , m_lookup(std::move(lookup))
    , m_store(directory)
{
    m_pool.setMaxThreadCount(kPreparingAtOnce);
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
            m_runs[transfer.key].mayHaveArrived = transfer.state == State::Sending;
            transfer.state = resumed(transfer);
            append(transfer);
        }
        advance();
        return {};
    });
}

void Outbox::setRunning(bool running)
{
    m_running = running;
    if (running) {
        for (Run& run : m_runs) // the line is back: what waited for it need not wait longer
            run.due = std::min(run.due, m_clock.elapsed() + 5s);
    }
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
                m_runs[transfers[i].key].due = m_clock.elapsed() + delays[i];
                append(transfers[i]);
            }
            // Queued: whoever asked learns the keys before anything becomes of them.
            QMetaObject::invokeMethod(this, &Outbox::advance, Qt::QueuedConnection);
            return keys;
        });
}

void Outbox::append(const Transfer& transfer)
{
    m_rows.insert(transfer.key, int(m_transfers.size()));
    m_transfers.append(transfer);
    Q_EMIT added(transfer.key);
}

void Outbox::reindex()
{
    m_rows.clear();
    for (int row = 0; row < m_transfers.size(); ++row)
        m_rows.insert(m_transfers[row].key, row);
}

const Transfer* Outbox::find(const QString& key) const
{
    const auto row = m_rows.constFind(key);
    return row == m_rows.constEnd() ? nullptr : &m_transfers[*row];
}

Transfer* Outbox::findMutable(const QString& key)
{
    const auto row = m_rows.constFind(key);
    return row == m_rows.constEnd() ? nullptr : &m_transfers[*row];
}

void Outbox::cancel(const QString& key)
{
    Transfer* transfer = findMutable(key);
    if (!transfer || transfer->state == State::Sending || isFinished(transfer->state))
        return;
    settle(*transfer, State::Cancelled);
    if (transfer->kind == Kind::Delete)
        Q_EMIT deleteUndone(transfer->imageId);
    advance();
}

void Outbox::retry(const QString& key)
{
    Transfer* transfer = findMutable(key);
    if (!transfer || transfer->state != State::Failed)
        return;
    transfer->state = State::Waiting;
    transfer->attempts = 0;
    transfer->error.reset();
    m_runs[key] = {};
    save(*transfer);
    Q_EMIT changed(key);
    advance();
}

void Outbox::clearFinished()
{
    QStringList keys;
    for (const Transfer& transfer : std::as_const(m_transfers)) {
        if (isFinished(transfer.state))
            keys.append(transfer.key);
    }
    m_transfers.removeIf([](const Transfer& transfer) { return isFinished(transfer.state); });
    reindex();
    m_store.remove(keys);
    for (const QString& key : std::as_const(keys)) {
        m_runs.remove(key);
        Q_EMIT removed(key);
    }
}

Outbox::Load Outbox::currentLoad() const
{
    Load load;
    for (const Transfer& transfer : m_transfers) {
        load.preparing += transfer.state == State::Preparing;
        load.prepared += transfer.state == State::Ready;
        load.sending += transfer.state == State::Sending;
    }
    return load;
}

bool Outbox::isDue(const Transfer& transfer) const
{
    return m_runs.value(transfer.key).due <= m_clock.elapsed();
}

// Of two uploads of the same bytes one waits: it is a duplicate if the other succeeds. The first in
// the queue goes ahead, unless the other one was prepared sooner and is on its way already.
bool Outbox::waitsForTwin(const Transfer& upload) const
{
    bool isEarlier = true;
    for (const Transfer& other : m_transfers) {
        if (other.key == upload.key) {
            isEarlier = false;
            continue;
        }
        const bool isTwin = !other.sha256.isEmpty() && other.sha256 == upload.sha256;
        if (isTwin && !isFinished(other.state) && (isEarlier || other.state == State::Sending))
            return true;
    }
    return false;
}

bool Outbox::mayPrepare(const Transfer& transfer, const Load& load) const
{
    return transfer.kind == Kind::Upload && transfer.state == State::Waiting &&
           load.preparing < kPreparingAtOnce && load.prepared < kPreparedAhead;
}

bool Outbox::maySend(const Transfer& transfer, const Load& load) const
{
    if (!m_running || load.sending >= kSendingAtOnce || !isDue(transfer))
        return false;
    if (transfer.kind == Kind::Upload)
        return transfer.state == State::Ready && (transfer.again || !waitsForTwin(transfer));
    return transfer.state == State::Waiting;
}

void Outbox::advance()
{
    Load load = currentLoad();
    QSet<QString> busyImages; // the acts on one image go out in order
    for (Transfer& transfer : m_transfers) {
        if (isFinished(transfer.state))
            continue;
        const bool isFirst = transfer.imageId.isEmpty() || !busyImages.contains(transfer.imageId);
        busyImages.insert(transfer.imageId);
        if (mayPrepare(transfer, load)) {
            ++load.preparing;
            startPreparing(transfer);
        } else if (isFirst && maySend(transfer, load)) {
            ++load.sending;
            startSending(transfer);
        }
    }
    wakeForNextDue();
}

void Outbox::wakeForNextDue()
{
    std::optional<std::chrono::milliseconds> next;
    const auto now = m_clock.elapsed();
    for (const Transfer& transfer : std::as_const(m_transfers)) {
        const auto due = m_runs.value(transfer.key).due;
        const bool isIdle = transfer.state == State::Waiting || transfer.state == State::Ready;
        if (isIdle && due > now)
            next = std::min(next.value_or(due), due);
    }
    if (next)
        m_wake.start(*next - now);
}

void Outbox::startPreparing(Transfer& transfer)
{
    transfer.state = State::Preparing;
    transfer.spool = m_directory + u"/spool/"_s + transfer.key;
    Q_EMIT changed(transfer.key);
    const PrepareOrder order{transfer.source, transfer.spool, transfer.keepMetadata, m_limits};
    QtConcurrent::run(&m_pool, [order] {
        return prepare(order);
    }).then(this, [this, key = transfer.key](const Result<Prepared>& prepared) {
        finishPreparing(key, prepared);
    });
}

void Outbox::finishPreparing(const QString& key, const Result<Prepared>& prepared)
{
    Transfer* transfer = findMutable(key);
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
    m_runs[key].preview = prepared->preview;
    save(*transfer);
    Q_EMIT changed(key);
    advance();
}

void Outbox::startSending(Transfer& transfer)
{
    transfer.state = State::Sending;
    transfer.moved = 0;
    ++transfer.attempts;
    Q_EMIT changed(transfer.key);
    // The row says "sending" before a byte leaves: after a crash the server is asked first.
    save(transfer).then(this, [this, key = transfer.key](const Result<void>& saved) {
        Transfer* current = findMutable(key);
        if (!current)
            return;
        if (!saved) {
            finishSending(key, failure(saved.error()));
        } else if (current->kind == Kind::Upload && !current->again) {
            m_lookup(current->sha256).then(this, [this, key](const Result<QString>& duplicate) {
                sendUnlessDuplicate(key, duplicate);
            });
        } else {
            sendNow(key);
        }
    });
}

void Outbox::sendUnlessDuplicate(const QString& key, const Result<QString>& duplicate)
{
    Transfer* transfer = findMutable(key);
    if (!transfer)
        return;
    // An upload that may have arrived would find itself.
    const bool isOther = duplicate && !duplicate->isEmpty() && !m_runs[key].mayHaveArrived;
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
    const Transfer* transfer = find(key);
    if (!transfer)
        return;
    const auto progress = [this, key](qint64 moved, qint64 total) {
        showProgress(key, moved, total);
    };
    send(m_client, *transfer, m_runs[key].mayHaveArrived, progress)
        .then(this, [this, key](const Result<Image>& outcome) { finishSending(key, outcome); });
}

void Outbox::showProgress(const QString& key, qint64 moved, qint64 total)
{
    Transfer* transfer = findMutable(key);
    if (!transfer || transfer->state != State::Sending || total <= 0)
        return;
    transfer->moved = std::min(moved, transfer->bytes);
    Run& run = m_runs[key];
    if (moved < total && m_clock.elapsed() - run.shown < kProgressInterval)
        return;
    run.shown = m_clock.elapsed();
    Q_EMIT changed(key);
}

void Outbox::finishSending(const QString& key, const Result<Image>& outcome)
{
    Transfer* transfer = findMutable(key);
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
    const QImage preview = m_runs[transfer.key].preview;
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
    for (Transfer& transfer : m_transfers) {
        const bool follows = transfer.kind == Kind::Edit && transfer.state == State::Waiting &&
                             transfer.imageId == edited.id && transfer.revision == before;
        if (follows) {
            transfer.revision = edited.revision;
            save(transfer);
        }
    }
}

void Outbox::fail(Transfer& transfer, const Error& error)
{
    if (error.kind == ErrorKind::SignInRequired)
        m_running = false;
    const bool waits = error.kind == ErrorKind::SignInRequired || lostConnection(error) ||
                       (isRetryable(error.kind) && transfer.attempts < kMaxAttempts);
    if (!waits) {
        refuse(transfer, error);
        return;
    }
    Run& run = m_runs[transfer.key];
    run.mayHaveArrived |= transfer.state == State::Sending && error.kind != ErrorKind::RateLimited;
    run.due = m_clock.elapsed() + error.retryAfter.value_or(backoff(transfer.attempts));
    if (transfer.state == State::Preparing)
        ++transfer.attempts;
    const bool isPrepared = transfer.kind == Kind::Upload && transfer.state == State::Sending;
    transfer.state = isPrepared ? State::Ready : State::Waiting;
    transfer.moved = 0;
    transfer.error = error;
    save(transfer);
    Q_EMIT changed(transfer.key);
    if (error.kind == ErrorKind::SignInRequired)
        Q_EMIT signInNeeded();
}

void Outbox::refuse(Transfer& transfer, const Error& error)
{
    qCInfo(logTransfer) << "transfer" << transfer.key << "failed:" << int(error.kind);
    settle(transfer, State::Failed, error);
    if (transfer.kind == Kind::Delete)
        Q_EMIT deleteUndone(transfer.imageId);
    if (error.kind == ErrorKind::Conflict)
        Q_EMIT conflicted();
}

void Outbox::settle(Transfer& transfer, State state, std::optional<Error> error)
{
    transfer.state = state;
    transfer.error = std::move(error);
    m_runs.remove(transfer.key);
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
