// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/zipdownload.h"

#include "app/base/paths.h"
#include "app/base/whendone.h"
#include "app/transfer/arrival.h"
#include "app/transfer/fetch.h"
#include "app/transfer/placefile.h"
#include "app/transfer/safename.h"

#include <QDir>
#include <QtConcurrentRun>

#include <numeric>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kAtOnce = 3;

QString zipIn(const QString& folder)
{
    return folder + "/zip"_L1;
}

// What an earlier try left is of no use: it lacks the directory at its end.
Result<std::shared_ptr<ZipWriter>> beginIn(const DownloadJob& job)
{
    if (const auto checked = checkPlace(job.directory, u".vitrine-%1.probe"_s.arg(job.key));
        !checked)
        return failure(checked.error());
    QDir(job.part).removeRecursively();
    if (const auto made = makePrivateDirectory(job.part); !made)
        return failure(made.error());
    return ZipWriter::create(zipIn(job.part)).map([](std::unique_ptr<ZipWriter>&& writer) {
        return std::shared_ptr<ZipWriter>(std::move(writer));
    });
}

Result<QString> placeZip(const DownloadJob& job, ZipWriter& writer)
{
    const auto placed = writer.finish().and_then(
        [&] { return placeFile(zipIn(job.part), job.directory, safeName(job.image.name)); });
    if (placed)
        QDir(job.part).removeRecursively();
    return placed;
}

} // namespace

ZipDownload::ZipDownload(const DownloadTools& tools, const DownloadJob& job,
                         const QList<protocol::Image>& images, QObject* parent)
    : DownloadTask(parent), m_tools(tools), m_job(job), m_images(images)
{}

QFuture<Result<QString>> ZipDownload::run()
{
    m_promise.start();
    whenDone(this, QtConcurrent::run(&m_tools.disk, beginIn, m_job),
             [this](const Result<Writer>& writer) { begin(writer); });
    return m_promise.future();
}

void ZipDownload::begin(const Result<Writer>& writer)
{
    if (!writer)
        return finish(failure(writer.error()));
    m_writer = *writer;
    startNext();
}

QString ZipDownload::partOf(qsizetype number) const
{
    return m_job.part + u'/' + QString::number(number);
}

void ZipDownload::startNext()
{
    if (m_done == m_images.size())
        return place();
    while (m_running < kAtOnce && m_next < m_images.size())
        fetch(m_next++);
}

void ZipDownload::fetch(qsizetype number)
{
    ++m_running;
    const protocol::Image& image = m_images[number];
    auto* fetch =
        new Fetch(m_tools.client, m_tools.retries, image, m_job.copy, partOf(number), {}, this);
    connect(fetch, &Fetch::counted, this, [this, id = image.id] { Q_EMIT counted(id); });
    connect(fetch, &Fetch::postponed, this, &ZipDownload::postponed);
    connect(fetch, &Fetch::moved, this, [this, number](qint64 bytes, qint64) {
        m_moved.insert(number, bytes);
        showProgress();
    });
    whenDone(this, fetch->start(), [this, number, fetch](const Saved& saved) {
        fetch->deleteLater();
        add(number, saved);
    });
}

void ZipDownload::add(qsizetype number, const Saved& saved)
{
    if (!saved)
        return finish(failure(saved.error()));
    const auto added =
        QtConcurrent::run(&m_tools.disk, [writer = m_writer, image = m_images[number],
                                          part = partOf(number), copy = m_job.copy, alt = m_job.alt,
                                          saved = *saved, pictures = &m_tools.pictures] {
            auto outcome = finishPart(part, saved, image, copy, alt, *pictures).and_then([&] {
                return writer->add(part, fileNameFor(image, saved.type), image.uploaded);
            });
            QFile::remove(part);
            return outcome;
        });
    whenDone(this, added, [this](const Result<void>& outcome) { finishOne(outcome); });
}

void ZipDownload::finishOne(const Result<void>& added)
{
    if (!added)
        return finish(failure(added.error()));
    --m_running;
    ++m_done;
    showProgress();
    startNext();
}

void ZipDownload::place()
{
    const auto placed = QtConcurrent::run(
        &m_tools.disk, [job = m_job, writer = m_writer] { return placeZip(job, *writer); });
    whenDone(this, placed, [this](const Result<QString>& path) { finish(path); });
}

// How much comes in all is not known before: as much again for each as came for one until now.
void ZipDownload::showProgress()
{
    const qint64 sum = std::accumulate(m_moved.cbegin(), m_moved.cend(), qint64(0));
    Q_EMIT moved(sum, m_done > 0 ? qMax(sum, sum * m_images.size() / m_moved.size()) : 0);
}

void ZipDownload::finish(const Result<QString>& outcome)
{
    if (m_promise.future().isFinished()) // by another of them
        return;
    m_promise.addResult(outcome);
    m_promise.finish();
}

} // namespace vitrine::transfer
