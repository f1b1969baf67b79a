// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/zipdownload.h"

#include "app/base/paths.h"
#include "app/base/whendone.h"
#include "app/transfer/arrival.h"
#include "app/transfer/downloadstore.h"
#include "app/transfer/fetch.h"
#include "app/transfer/placefile.h"
#include "app/transfer/safename.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>
#include <QtConcurrentRun>

#include <numeric>
#include <utility>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kPicturesAtOnce = 3;

QString zipIn(const QString& folder)
{
    return folder + "/zip"_L1;
}

QString partIn(const QString& folder, qsizetype number)
{
    return folder + u'/' + QString::number(number);
}

// Gives what an earlier try left: parts that are whole. Its zip is of no use, for that lacks the
// directory at its end.
Result<QHash<qsizetype, qint64>> beginIn(const DownloadJob& job)
{
    if (const auto checked = checkPlace(job.directory, u".vitrine-%1.probe"_s.arg(job.key));
        !checked)
        return failure(checked.error());
    if (const auto made = makePrivateDirectory(job.part); !made)
        return failure(made.error());
    QFile::remove(zipIn(job.part));
    QHash<qsizetype, qint64> whole;
    for (qsizetype number = 0; number < job.items.size(); ++number) {
        const QFileInfo part(partIn(job.part, number));
        if (job.items[number].isWhole && part.isFile())
            whole.insert(number, part.size());
    }
    return whole;
}

/// A zip that is begun, and whether there is room for it beside all of its parts.
struct BegunZip {
    std::shared_ptr<ZipWriter> writer;
    bool sparesParts = true;
};

Result<BegunZip> beginZip(const QString& folder, qint64 bytes)
{
    const bool isRoomy = QStorageInfo(folder).bytesAvailable() > bytes;
    return ZipWriter::create(zipIn(folder)).map([&](std::unique_ptr<ZipWriter>&& writer) {
        return BegunZip{std::move(writer), isRoomy};
    });
}

// The row goes here: whoever ends meanwhile must not find in the next run what is there already.
Result<QString> placeZip(const DownloadJob& job, ZipWriter& writer, DownloadStore& store)
{
    const auto placed = writer.finish().and_then(
        [&] { return placeFile(zipIn(job.part), job.directory, safeName(job.image.name)); });
    if (placed) {
        store.remove(job.key);
        QDir(job.part).removeRecursively();
    }
    return placed;
}

} // namespace

ZipDownload::ZipDownload(const DownloadTools& tools, const DownloadJob& job, QObject* parent)
    : DownloadTask(parent), m_tools(tools), m_job(job)
{}

QFuture<Result<QString>> ZipDownload::run()
{
    m_promise.start();
    whenDone(this, QtConcurrent::run(&m_tools.disk, beginIn, m_job),
             [this](const Result<Sizes>& whole) { begin(whole); });
    return m_promise.future();
}

void ZipDownload::begin(const Result<Sizes>& whole)
{
    if (!whole)
        return finish(failure(whole.error()));
    m_moved = *whole;
    m_whole = whole->size();
    for (qsizetype number = 0; number < m_job.items.size(); ++number)
        m_job.items[number].isWhole = whole->contains(number);
    startNext();
}

void ZipDownload::startNext()
{
    for (; m_running < kPicturesAtOnce && m_next < m_job.items.size(); ++m_next) {
        if (!m_job.items[m_next].isWhole)
            fetch(m_next);
    }
    if (m_running == 0)
        assemble();
}

void ZipDownload::fetch(qsizetype number)
{
    ++m_running;
    const ZipItem& item = m_job.items[number];
    auto* fetch = new Fetch(m_tools.client, m_tools.retries, item.image, m_job.copy,
                            partIn(m_job.part, number), item.source, this);
    connect(fetch, &Fetch::counted, this, [this, id = item.image.id] { Q_EMIT counted(id); });
    connect(fetch, &Fetch::postponed, this, &ZipDownload::postponed);
    connect(fetch, &Fetch::learnt, this, [this, number](const BodySource& source) {
        m_job.items[number].source = source;
        note(number);
    });
    connect(fetch, &Fetch::moved, this, [this, number](qint64 bytes, qint64) {
        m_moved.insert(number, bytes);
        showProgress();
    });
    whenDone(this, fetch->start(), [this, number, fetch](const Saved& saved) {
        fetch->deleteLater();
        finishOne(number, saved);
    });
}

void ZipDownload::finishOne(qsizetype number, const Saved& saved)
{
    if (!saved)
        return finish(failure(saved.error()));
    const auto finished =
        QtConcurrent::run(&m_tools.disk, [saved = *saved, part = partIn(m_job.part, number),
                                          image = m_job.items[number].image, copy = m_job.copy,
                                          alt = m_job.alt, pictures = &m_tools.pictures] {
            auto outcome = finishPart(part, saved, image, copy, alt, *pictures);
            if (!outcome)
                QFile::remove(part);
            return outcome;
        });
    whenDone(this, finished, [this, number, type = saved->type](const Result<void>& outcome) {
        if (!outcome)
            return finish(failure(outcome.error()));
        m_job.items[number].isWhole = true;
        m_job.items[number].type = type;
        note(number);
        ++m_whole;
        --m_running;
        showProgress();
        startNext();
    });
}

void ZipDownload::note(qsizetype number)
{
    m_tools.store.learnOf(m_job.key, number, m_job.items[number]);
}

void ZipDownload::assemble()
{
    const qint64 bytes = std::accumulate(m_moved.cbegin(), m_moved.cend(), qint64(0));
    const auto begun = QtConcurrent::run(&m_tools.disk, beginZip, m_job.part, bytes);
    whenDone(this, begun, [this](const Result<BegunZip>& zip) {
        if (!zip)
            return finish(failure(zip.error()));
        m_writer = zip->writer;
        m_sparesParts = zip->sparesParts;
        addFrom(0);
    });
}

// One after the other, so that what else wants the disk comes between, and nothing is placed of
// what was cancelled meanwhile.
void ZipDownload::addFrom(qsizetype number)
{
    if (number == m_job.items.size())
        return place();
    const ZipItem& item = m_job.items[number];
    const auto added = QtConcurrent::run(
        &m_tools.disk, [writer = m_writer, folder = m_job.part, number, image = item.image,
                        type = item.type, sparesPart = m_sparesParts] {
            const QString part = partIn(folder, number);
            const QString name = portableName(fileNameFor(image, type));
            const auto outcome = writer->add(part, name, image.uploaded);
            if (!outcome)
                QFile::remove(zipIn(folder)); // the next try may need its room for the rest
            else if (!sparesPart)
                QFile::remove(part);
            return outcome;
        });
    whenDone(this, added, [this, number](const Result<void>& outcome) {
        if (!outcome)
            return finish(failure(outcome.error()));
        addFrom(number + 1);
    });
}

void ZipDownload::place()
{
    const auto placed =
        QtConcurrent::run(&m_tools.disk, [job = m_job, writer = m_writer, store = &m_tools.store] {
            return placeZip(job, *writer, *store);
        });
    whenDone(this, placed, [this](const Result<QString>& path) { finish(path); });
}

// How much comes in all is not known before: as much again for each as came for one until now.
void ZipDownload::showProgress()
{
    const qint64 sum = std::accumulate(m_moved.cbegin(), m_moved.cend(), qint64(0));
    Q_EMIT moved(sum, m_whole > 0 ? qMax(sum, sum * m_job.items.size() / m_moved.size()) : 0);
}

void ZipDownload::finish(const Result<QString>& outcome)
{
    if (m_promise.future().isFinished()) // by another of them
        return;
    if (!outcome)
        Q_EMIT learnt(m_job);
    m_promise.addResult(outcome);
    m_promise.finish();
}

} // namespace vitrine::transfer
