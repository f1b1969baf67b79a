// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/downloads.h"

#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/transfer/backoff.h"
#include "app/transfer/singledownload.h"
#include "app/transfer/zipdownload.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

constexpr int kDownloadsAtOnce = 3;

Transfer transferFor(const DownloadJob& job)
{
    Transfer transfer;
    transfer.key = job.key;
    transfer.kind = Kind::Download;
    transfer.imageId = job.image.id;
    transfer.name = job.image.name;
    transfer.created = job.created;
    transfer.bytes = job.source.bytes;
    return transfer;
}

} // namespace

Downloads::Downloads(const QString& directory, api::ApiClient& client,
                     const imaging::PictureReader& pictures, const Clock& clock,
                     const api::RetryPolicy& retries, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_pictures(pictures)
    , m_clock(clock)
    , m_retries(retries)
    , m_store(directory)
{
    m_disk.setMaxThreadCount(1);
}

Downloads::~Downloads()
{
    if (const QList<DownloadJob> unkept = takeUnkept(); !unkept.isEmpty())
        m_store.put(unkept);
    m_clearing.removeIf([this](const QString& key) { return isWantedAgain(key); });
    m_pending.clear();
    m_disk.waitForDone();
    for (const QString& key : std::as_const(m_clearing))
        m_store.remove(key);
}

QFuture<Result<void>> Downloads::load()
{
    using Jobs = Result<QList<DownloadJob>>;
    return whenDone(this, m_store.adopt(), [this](const Jobs& jobs) -> Result<void> {
        if (!jobs)
            return failure(jobs.error());
        for (const DownloadJob& job : *jobs) {
            if (!m_pending.contains(job.key))
                takeUp(job);
        }
        if (m_mayGoOn)
            goOn();
        return {};
    });
}

void Downloads::takeUp(const DownloadJob& job)
{
    if (job.isZip && job.items.isEmpty()) // of a version that did not go on with zips
        return clearAway(job);
    add(job);
    m_pending.insert(job.key, std::make_shared<Pending>(Pending{job, {}, {}}));
    m_leftBehind += job.key;
}

void Downloads::goOn()
{
    m_mayGoOn = true;
    m_waiting += std::exchange(m_leftBehind, {});
    QStringList brokenOff;
    for (const Transfer& transfer : std::as_const(m_transfers)) {
        if (transfer.state == State::Failed && transfer.error && waitsForTheLine(*transfer.error))
            brokenOff += transfer.key;
    }
    std::for_each(brokenOff.begin(), brokenOff.end(), [this](const QString& key) { retry(key); });
    startNext();
}

DownloadJob Downloads::newJob(const QString& directory, Copy copy, Alt alt) const
{
    DownloadJob job;
    job.key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    job.directory = directory;
    job.part = u"%1/.vitrine-%2.part"_s.arg(directory, job.key);
    job.copy = copy;
    job.alt = alt;
    job.created = m_clock.now();
    return job;
}

QFuture<Result<QString>> Downloads::saveInto(const QString& directory, const protocol::Image& image,
                                             Copy copy, Alt alt)
{
    DownloadJob job = newJob(directory, copy, alt);
    job.image = image;
    return enqueue(job);
}

QFuture<Result<QString>> Downloads::saveZip(const QString& directory, const QString& name,
                                            const QList<protocol::Image>& images, Copy copy,
                                            Alt alt)
{
    DownloadJob job = newJob(directory, copy, alt);
    job.isZip = true;
    job.image.name = name;
    for (const protocol::Image& image : images)
        job.items.append({.image = image});
    return enqueue(job);
}

QFuture<Result<QString>> Downloads::enqueue(const DownloadJob& job)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    if (const QString same = restingLike(job); !same.isEmpty()) {
        Pending& pending = *m_pending[same];
        pending.promise = promise;
        pending.job.image = job.image;
        pending.job.alt = job.alt;
        goOnWith(same);
        return promise->future();
    }
    m_pending.insert(job.key, std::make_shared<Pending>(Pending{job, promise, {}}));
    add(job);
    queue(job.key);
    return promise->future();
}

/// The download of the same that has failed, or waits for goOn(); empty if there is none.
QString Downloads::restingLike(const DownloadJob& job) const
{
    const QString target = targetOf(job);
    for (auto it = m_pending.cbegin(); it != m_pending.cend(); ++it) {
        const bool rests = it.value()->hasFailed || m_leftBehind.contains(it.key());
        if (rests && targetOf(it.value()->job) == target)
            return it.key();
    }
    return {};
}

void Downloads::goOnWith(const QString& key)
{
    m_leftBehind.removeAll(key);
    m_pending[key]->hasFailed = false;
    queue(key);
    if (Transfer* transfer = find(key)) {
        transfer->state = State::Waiting;
        transfer->error.reset();
        Q_EMIT changed(key);
    }
}

// None begins before all that were asked for with it are durable.
void Downloads::queue(const QString& key)
{
    if (m_unkept.isEmpty())
        QMetaObject::invokeMethod(this, &Downloads::keepNew, Qt::QueuedConnection);
    m_unkept += key;
}

QList<DownloadJob> Downloads::takeUnkept()
{
    QList<DownloadJob> jobs;
    const QStringList keys = std::exchange(m_unkept, {});
    for (const QString& key : keys) {
        if (const auto pending = m_pending.value(key)) // and not cancelled
            jobs += pending->job;
    }
    return jobs;
}

void Downloads::keepNew()
{
    const QList<DownloadJob> jobs = takeUnkept();
    if (jobs.isEmpty())
        return;
    using Jobs = Result<QList<DownloadJob>>;
    whenDone(this, m_store.put(jobs), [this, jobs](const Jobs& kept) {
        if (!kept) // then another run cannot go on with them, and this one can
            qCWarning(logTransfer) << "downloads are not kept:" << kept.error().detail;
        takeKept(kept.value_or(jobs));
    });
}

void Downloads::takeKept(const QList<DownloadJob>& jobs)
{
    for (const DownloadJob& job : jobs) {
        const auto pending = m_pending.value(job.key);
        if (!pending) { // cancelled meanwhile; what it took over goes, too
            clearAway(job);
            continue;
        }
        pending->job = job;
        m_waiting += job.key;
    }
    startNext();
}

void Downloads::add(const DownloadJob& job)
{
    m_transfers.append(transferFor(job));
    Q_EMIT added(job.key);
}

void Downloads::startNext()
{
    while (m_running < kDownloadsAtOnce && !m_waiting.isEmpty())
        start(m_waiting.takeFirst());
}

void Downloads::start(const QString& key)
{
    Pending& pending = *m_pending[key];
    const DownloadTools tools{m_client, m_retries, m_pictures, m_store, m_disk};
    if (pending.job.isZip)
        pending.task = std::make_unique<ZipDownload>(tools, pending.job, nullptr);
    else
        pending.task = std::make_unique<SingleDownload>(tools, pending.job, nullptr);
    ++m_running;
    showProgress(key, 0, pending.job.source.bytes);
    connectTask(key, *pending.task);
    whenDone(pending.task.get(), pending.task->run(),
             [this, key](const Result<QString>& path) { settle(key, path); });
}

void Downloads::connectTask(const QString& key, DownloadTask& task)
{
    connect(&task, &DownloadTask::counted, this, &Downloads::counted);
    connect(&task, &DownloadTask::moved, this,
            [this, key](qint64 moved, qint64 total) { showProgress(key, moved, total); });
    connect(&task, &DownloadTask::postponed, this,
            [this, key](const Error& error) { showPostponed(key, error); });
    connect(&task, &DownloadTask::learnt, this,
            [this, key](const DownloadJob& job) { m_pending[key]->job = job; });
}

void Downloads::showProgress(const QString& key, qint64 moved, qint64 total)
{
    Transfer* transfer = find(key);
    if (!transfer)
        return;
    transfer->state = State::Sending;
    transfer->error.reset();
    transfer->moved = moved;
    transfer->bytes = total;
    Q_EMIT changed(key);
}

void Downloads::showPostponed(const QString& key, const Error& error)
{
    Transfer* transfer = find(key);
    if (!transfer)
        return;
    transfer->state = State::Waiting;
    transfer->error = error;
    Q_EMIT changed(key);
}

void Downloads::cancel(const QString& key)
{
    Transfer* transfer = find(key);
    if (!transfer || isFinished(transfer->state))
        return;
    const auto pending = m_pending.take(key);
    m_running -= pending->task != nullptr;
    pending->task.reset();
    m_waiting.removeAll(key);
    m_leftBehind.removeAll(key);
    clearAway(pending->job);
    transfer->state = State::Cancelled;
    transfer->error.reset();
    Q_EMIT changed(key);
    if (pending->promise) {
        pending->promise->addResult(failure(ErrorKind::Cancelled));
        pending->promise->finish();
    }
    startNext();
}

void Downloads::retry(const QString& key)
{
    Transfer* transfer = find(key);
    if (!transfer || transfer->state != State::Failed || !m_pending.contains(key))
        return;
    goOnWith(key);
}

void Downloads::clearFinished()
{
    QStringList keys;
    for (const Transfer& transfer : std::as_const(m_transfers)) {
        if (isFinished(transfer.state))
            keys.append(transfer.key);
    }
    m_transfers.removeIf([](const Transfer& transfer) { return isFinished(transfer.state); });
    for (const QString& key : std::as_const(keys)) {
        if (const auto failed = m_pending.take(key))
            clearAway(failed->job);
    }
    if (!keys.isEmpty())
        Q_EMIT removed(keys);
}

Transfer* Downloads::find(const QString& key)
{
    const auto found = std::find_if(m_transfers.begin(), m_transfers.end(),
                                    [&](const Transfer& transfer) { return transfer.key == key; });
    return found == m_transfers.end() ? nullptr : &*found;
}

} // namespace vitrine::transfer
