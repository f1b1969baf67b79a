// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Downloads that takes in how one ended, and removes what is not gone on with.
#include "app/base/whendone.h"
#include "app/transfer/backoff.h"
#include "app/transfer/downloads.h"

#include <QDir>
#include <QFile>
#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

namespace vitrine::transfer {
namespace {

// Nothing is wrong with what has come; of everything else a fresh start is made. A drive may be
// back some day, and what is wrong with one image of a zip is not wrong with the others.
bool isWorthKeeping(const DownloadJob& job, const Error& error)
{
    return isRetryable(error.kind) || waitsForTheLine(error) ||
           (hasBegun(job) && (job.isZip || error.kind == ErrorKind::NoSuchFolder));
}

/// Whether nothing of it is there any more.
bool removeWhatCame(const DownloadJob& job)
{
    return job.isZip ? QDir(job.part).removeRecursively()
                     : QFile::remove(job.part) || !QFile::exists(job.part);
}

} // namespace

QFuture<Result<void>> Downloads::clearLeft()
{
    using Jobs = Result<QList<DownloadJob>>;
    return whenDone(this, m_store.adopt(), [this](const Jobs& jobs) {
        return QtConcurrent::run(&m_disk, [jobs]() -> Result<void> {
            if (!jobs)
                return failure(jobs.error());
            std::for_each(jobs->begin(), jobs->end(), removeWhatCame);
            return {};
        });
    });
}

void Downloads::settle(const QString& key, const Result<QString>& path)
{
    const auto pending = m_pending.value(key);
    DownloadTask* task = pending->task.release();
    task->disconnect(this); // of a zip others may be through only now
    task->deleteLater();    // it is what calls
    --m_running;
    pending->hasFailed = !path;
    if (path)
        m_pending.remove(key);
    else if (!isWorthKeeping(pending->job, path.error()))
        clearAway(pending->job); // and yet it can be tried again
    if (Transfer* transfer = find(key)) {
        transfer->state = path ? State::Done : State::Failed;
        transfer->source = path.value_or(QString());
        transfer->error = path ? std::nullopt : std::optional(path.error());
        Q_EMIT changed(key);
    }
    if (const auto promise = std::exchange(pending->promise, {})) {
        promise->addResult(path);
        promise->finish();
    }
    if (!path && waitsForTheLine(path.error()))
        Q_EMIT brokeOff(path.error());
    startNext();
}

// What came of it goes before the row that tells of it. What cannot be removed, and was not given
// up, is gone on with one day.
void Downloads::clearAway(const DownloadJob& job)
{
    m_clearing.insert(job.key);
    whenDone(this, QtConcurrent::run(&m_disk, removeWhatCame, job),
             [this, key = job.key](bool isGone) {
                 m_clearing.remove(key);
                 const bool isGivenUp = !m_pending.contains(key);
                 if (isGivenUp || (isGone && !isWantedAgain(key)))
                     m_store.remove(key);
             });
}

/// Whether it has failed and was asked for again since.
bool Downloads::isWantedAgain(const QString& key) const
{
    const auto pending = m_pending.value(key);
    return pending && !pending->hasFailed;
}

} // namespace vitrine::transfer
