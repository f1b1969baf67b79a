// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/singledownload.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/transfer/arrival.h"
#include "app/transfer/downloadstore.h"
#include "app/transfer/fetch.h"
#include "app/transfer/placefile.h"

#include <QFile>
#include <QtConcurrentRun>

namespace vitrine::transfer {

namespace {

using namespace Qt::StringLiterals;

// All of it has come: what cannot be placed now is not worth going on with.
// The row goes here: whoever ends meanwhile must not find in the next run what is there already.
Result<QString> placePart(const DownloadJob& job, const api::ApiClient::Saved& saved,
                          const DownloadTools& tools)
{
    auto placed =
        finishPart(job.part, saved, job.image, job.copy, job.alt, tools.pictures).and_then([&] {
            return placeFile(job.part, job.directory, fileNameFor(job.image, saved.type));
        });
    if (placed)
        tools.store.remove(job.key);
    else
        QFile::remove(job.part);
    return placed;
}

} // namespace

SingleDownload::SingleDownload(const DownloadTools& tools, const DownloadJob& job, QObject* parent)
    : DownloadTask(parent), m_tools(tools), m_job(job)
{}

QFuture<Result<QString>> SingleDownload::run()
{
    const auto checked = QtConcurrent::run(&m_tools.disk, checkPlace, m_job.directory,
                                           u".vitrine-%1.probe"_s.arg(m_job.key));
    const auto fetched = whenDone(this, checked, [this](const Result<void>& isGood) {
        if (!isGood) // before the server counts a download that cannot be kept
            return readyFuture(Saved(failure(isGood.error())));
        return fetch();
    });
    return whenDone(this, fetched, [this](const Saved& saved) { return place(saved); });
}

QFuture<SingleDownload::Saved> SingleDownload::fetch()
{
    auto* fetch = new Fetch(m_tools.client, m_tools.retries, m_job.image, m_job.copy, m_job.part,
                            m_job.source, this);
    connect(fetch, &Fetch::counted, this, [this] { Q_EMIT counted(m_job.image.id); });
    connect(fetch, &Fetch::moved, this, &SingleDownload::moved);
    connect(fetch, &Fetch::postponed, this, &SingleDownload::postponed);
    connect(fetch, &Fetch::learnt, this, [this](const BodySource& source) {
        m_job.source = source;
        m_tools.store.learn(m_job.key, source);
        Q_EMIT learnt(m_job);
    });
    return fetch->start();
}

QFuture<Result<QString>> SingleDownload::place(const Saved& saved)
{
    if (!saved)
        return readyFuture(Result<QString>(failure(saved.error())));
    return QtConcurrent::run(&m_tools.disk, placePart, m_job, *saved, m_tools);
}

} // namespace vitrine::transfer
