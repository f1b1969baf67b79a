// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/outbox.h"

#include "app/base/log.h"
#include "app/base/whendone.h"

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Image;

constexpr int kPreparingThreads = 2;
constexpr int kPreviewsAtOnce = 128; // of one drop; bounds the memory that waiting ones take
constexpr auto kPatienceOnceOnline = 5s;

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

QFuture<Result<void>> Outbox::save(const Transfer& transfer)
{
    return whenDone(this, m_store.put({transfer}), [](const Result<void>& written) {
        if (!written)
            qCWarning(logTransfer) << "the outbox could not be written:" << written.error().detail;
        return written;
    });
}

} // namespace vitrine::transfer
