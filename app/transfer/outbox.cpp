// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/outbox.h"

#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/transfer/backoff.h"

#include <QPromise>
#include <QtConcurrentRun>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Image;

constexpr int kPreparingThreads = 2;
constexpr qsizetype kPreviewsAtOnce = 128; // of one drop; bounds the memory that waiting ones take
constexpr qsizetype kListedAtOnce = 128;
constexpr auto kPatienceOnceOnline = 5s;
constexpr auto kSaveAgainAfter = 2s; // a disk that was full, or in trouble

QFuture<Result<QString>> firstKey(QFuture<Result<QStringList>> keys)
{
    return keys.then([](const Result<QStringList>& added) {
        return added.map([](const QStringList& all) { return all.first(); });
    });
}

} // namespace

/// Acts that were just asked for, and what is known of them in this run.
struct Outbox::HandedIn {
    QList<Transfer> transfers;
    QHash<QString, QImage> previews; ///< by key

    QStringList keys() const
    {
        QStringList keys;
        for (const Transfer& transfer : transfers)
            keys.append(transfer.key);
        return keys;
    }
};

Outbox::HandedIn Outbox::handedIn(const QList<UploadOrder>& orders, const Clock& clock)
{
    HandedIn all;
    for (const UploadOrder& order : orders) {
        all.transfers.append(newUpload(order, clock));
        if (all.previews.size() < kPreviewsAtOnce && !order.preview.isNull())
            all.previews.insert(all.transfers.last().key, order.preview);
    }
    return all;
}

Outbox::Outbox(const QString& directory, api::ApiClient& client,
               const imaging::PictureReader& pictures, const Clock& clock, DuplicateLookup lookup,
               QObject* parent)
    : QObject(parent)
    , m_directory(directory)
    , m_pictures(pictures)
    , m_clock(clock)
    , m_sender(client, surroundings(std::move(lookup)))
    , m_store(directory)
    , m_readBack(client, pictures)
    , m_line(m_parallelism.atOnce())
{
    setPace();
    m_intake.setMaxThreadCount(1);
    m_pool.setMaxThreadCount(kPreparingThreads);
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &Outbox::advance);
    m_follow.setSingleShot(true);
    m_saveAgain.setSingleShot(true);
    m_saveAgain.setInterval(kSaveAgainAfter);
    connect(&m_saveAgain, &QTimer::timeout, this, &Outbox::saveAgain);
    connect(&m_follow, &QTimer::timeout, this, &Outbox::catchUp);
    connect(&m_readBack, &ReadBack::isSame, this, &Outbox::noteReadBack);
}

Outbox::~Outbox()
{
    m_intake.waitForDone();
    m_pool.clear();
    m_pool.waitForDone();
}

QFuture<Result<void>> Outbox::load()
{
    m_hasAsked = true; // for what an earlier run left
    return whenDone(this, catchUp(), [this](const Result<void>& loaded) {
        followBell();
        return loaded;
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
    const bool starts = running && !m_running;
    m_stretch += starts;
    if (starts) // the line is back: what waited for it need not wait much longer
        m_queue.hurry(m_clock.elapsed() + kPatienceOnceOnline);
    m_running = running;
    if (!running)
        m_line.turnAway();
    if (starts && m_hasLoaded && !m_isWorker)
        catchUp();
    advance();
}

void Outbox::setPaused(bool paused)
{
    if (paused == m_isPaused)
        return;
    m_isPaused = paused;
    m_store.setPaused(paused);
    takePaused();
    advance();
}

void Outbox::setRules(const ServerRules& rules)
{
    m_rules = rules;
    m_queue.setUploadsInTurn(!rules.knowsKeys);
}

QFuture<Result<QStringList>> Outbox::share(const QList<UploadOrder>& orders)
{
    // Not here: of a great many it takes longer than a window may stand still.
    const auto made = QtConcurrent::run(
        &m_intake, [orders, clock = &m_clock] { return handedIn(orders, *clock); });
    return whenDone(this, made, [this](const HandedIn& all) { return enqueue(all); });
}

QFuture<Result<QString>> Outbox::edit(const Image& image, const protocol::ImagePatch& patch,
                                      std::chrono::milliseconds undoTime)
{
    return firstKey(enqueue({{newEdit(image, patch, undoTime, m_clock)}, {}}));
}

QFuture<Result<QString>> Outbox::remove(const Image& image, std::chrono::milliseconds undoTime)
{
    return firstKey(enqueue({{newDelete(image, undoTime, m_clock)}, {}}));
}

QFuture<Result<QStringList>> Outbox::enqueue(const HandedIn& all)
{
    using Keys = Result<QStringList>;
    return whenDone(this, m_store.put(all.transfers), [this, all](const Result<void>& written) {
        const auto promise = std::make_shared<QPromise<Keys>>();
        promise->start();
        if (written) {
            list(all, 0, promise);
        } else {
            promise->addResult(Keys(failure(written.error())));
            promise->finish();
        }
        return promise->future();
    });
}

/// Some at a time, so that a great many do not keep the window from answering.
void Outbox::list(const HandedIn& all, qsizetype from,
                  const std::shared_ptr<QPromise<Result<QStringList>>>& keys)
{
    const qsizetype to = std::min(from + kListedAtOnce, all.transfers.size());
    for (const Transfer& transfer : all.transfers.sliced(from, to - from)) {
        if (find(transfer.key)) // another process was at it already
            continue;
        holdIfAsked(transfer);
        if (const QImage preview = all.previews.value(transfer.key); !preview.isNull())
            m_queue.run(transfer.key).preview = preview;
        append(transfer);
    }
    if (to < all.transfers.size()) {
        QMetaObject::invokeMethod(
            this, [=, this] { list(all, to, keys); }, Qt::QueuedConnection);
        return;
    }
    // Queued: whoever asked learns the keys before anything becomes of them.
    const auto next = m_isWorker ? &Outbox::advance : &Outbox::hearBell;
    QMetaObject::invokeMethod(this, next, Qt::QueuedConnection);
    keys->addResult(all.keys());
    keys->finish();
}

void Outbox::holdIfAsked(const Transfer& transfer)
{
    const QDateTime now = m_clock.now();
    const auto left = std::max(undoTimeLeft(transfer, now), askedTimeLeft(transfer, now));
    if (left.count() > 0)
        m_queue.setDue(transfer.key, m_clock.elapsed() + left);
}

void Outbox::append(const Transfer& transfer)
{
    m_queue.append(transfer);
    const qint64 revision = m_queue.revisionNow(transfer);
    if (revision != transfer.revision) {
        m_queue.find(transfer.key)->revision = revision;
        if (m_isWorker)
            save(*find(transfer.key));
    }
    Q_EMIT added(transfer.key);
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
    if (!m_isWorker)
        return ask({.key = key, .act = Request::Act::Retry});
    // What is only to be asked for needs no bytes.
    const bool isPrepared = transfer->kind == Kind::Upload && transfer->isTakenBack;
    transfer->state = isPrepared ? State::Ready : State::Waiting;
    transfer->attempts = 0;
    transfer->error.reset();
    m_queue.endRun(key);
    save(*transfer);
    Q_EMIT changed(key);
    advance();
}

void Outbox::overrule(const QString& key, qint64 revision)
{
    Transfer* transfer = m_queue.find(key);
    if (!transfer || transfer->kind != Kind::Edit || transfer->state != State::Failed)
        return;
    if (!m_isWorker)
        return ask({.key = key, .act = Request::Act::Overrule, .revision = revision});
    transfer->revision = revision;
    retry(key);
}

void Outbox::sendFirst(const QString& key)
{
    const QStringList moved = m_queue.moveFirst(key);
    if (moved.isEmpty())
        return;
    if (m_isWorker) {
        m_store.moveFirst(moved);
        m_line.turnAway(); // who waits there comes later now
    } else {
        ask({.key = key, .act = Request::Act::SendFirst});
    }
    Q_EMIT movedFirst(moved);
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
        if (transfer->state == State::Failed)
            discardSource(*transfer);
        gone.append(key);
    }
    m_queue.remove(gone);
    m_store.forget(gone);
    if (!gone.isEmpty())
        Q_EMIT removed(gone);
}

QFuture<Result<void>> Outbox::save(const Transfer& transfer)
{
    return save({transfer}, {});
}

QFuture<Result<void>> Outbox::save(const QList<Transfer>& transfers, const QStringList& files)
{
    ++m_saves;
    const auto kept = m_store.put(transfers, files);
    return whenDone(this, kept, [this, transfers](const Result<void>& written) {
        --m_saves;
        if (!written) {
            qCWarning(logTransfer) << "the outbox could not be written:" << written.error().detail;
            for (const Transfer& transfer : transfers)
                m_unsaved.insert(transfer.key);
            m_saveAgain.start();
        }
        if (m_isWorker && !m_running && m_saves == 0)
            advance(); // it may have waited for this alone
        return written;
    });
}

void Outbox::saveAgain()
{
    QList<Transfer> transfers;
    for (const QString& key : std::exchange(m_unsaved, {})) {
        if (const Transfer* transfer = find(key))
            transfers.append(*transfer);
    }
    if (m_isWorker && !transfers.isEmpty())
        save(transfers, {});
    advance();
}

} // namespace vitrine::transfer
