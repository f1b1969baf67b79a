// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/downloads.h"

#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/transfer/altintofile.h"
#include "app/transfer/placefile.h"
#include "app/transfer/safename.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QPointer>
#include <QUuid>
#include <QtConcurrentRun>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

// The high-res copy of a PNG is a JPEG: the name has to say what the bytes are.
QString nameFor(const protocol::Image& image, const QString& type)
{
    const QString name = safeName(image.name.isEmpty() ? image.id : image.name);
    const QMimeType mime = QMimeDatabase().mimeTypeForName(type.section(u';', 0, 0).trimmed());
    const QString suffix = QFileInfo(name).suffix();
    if (!mime.isValid() || mime.suffixes().contains(suffix, Qt::CaseInsensitive))
        return name;
    const QString stem = suffix.isEmpty() ? name : name.chopped(suffix.size() + 1);
    return mime.preferredSuffix().isEmpty() ? name : stem + u'.' + mime.preferredSuffix();
}

QString partName(const QString& key)
{
    return u".vitrine-%1.part"_s.arg(key);
}

Transfer transferFor(const QString& key, const protocol::Image& image, const Clock& clock)
{
    Transfer transfer;
    transfer.key = key;
    transfer.kind = Kind::Download;
    transfer.state = State::Sending;
    transfer.imageId = image.id;
    transfer.name = image.name;
    transfer.created = clock.now();
    return transfer;
}

} // namespace

Downloads::Downloads(api::ApiClient& client, const imaging::PictureReader& pictures,
                     const Clock& clock, QObject* parent)
    : QObject(parent), m_client(client), m_pictures(pictures), m_clock(clock)
{
    m_pool.setMaxThreadCount(1);
}

Downloads::~Downloads()
{
    m_pool.waitForDone();
}

QFuture<Result<QString>> Downloads::saveInto(const QString& directory, const protocol::Image& image,
                                             Copy copy, Alt alt)
{
    Job job{QUuid::createUuid().toString(QUuid::WithoutBraces), directory, {}, image, alt};
    job.part = directory + u'/' + partName(job.key);
    m_transfers.append(transferFor(job.key, image, m_clock));
    Q_EMIT added(job.key);
    const auto checked = QtConcurrent::run(&m_pool, checkPlace, directory, partName(job.key));
    const auto fetched = whenDone(this, checked, [this, job, copy](const Result<void>& isGood) {
        if (!isGood) // before the server counts a download that cannot be kept
            return readyFuture(Saved(failure(isGood.error())));
        return copy == Copy::Highres ? fetchHighres(job)
                                     : fetchFrom(m_client.originalUrl(job.image.id), job);
    });
    const auto placed =
        whenDone(this, fetched, [this, job](const Saved& saved) { return place(job, saved); });
    return whenDone(this, placed, [this, key = job.key](const Result<QString>& path) {
        settle(key, path);
        return path;
    });
}

QFuture<Downloads::Saved> Downloads::fetchHighres(const Job& job)
{
    const auto address = m_client.downloadUrl(job.image.id);
    return whenDone(this, address, [this, job](const Result<QUrl>& url) {
        if (!url)
            return readyFuture(Saved(failure(url.error())));
        Q_EMIT counted(job.image.id);
        return fetchFrom(*url, job);
    });
}

QFuture<Downloads::Saved> Downloads::fetchFrom(const QUrl& url, const Job& job)
{
    // The request may outlive these downloads, and tell of its progress.
    const auto progress = [self = QPointer(this), key = job.key](qint64 moved, qint64 total) {
        if (self)
            self->showProgress(key, moved, total);
    };
    return m_client.save(url, job.part, progress);
}

QFuture<Result<QString>> Downloads::place(const Job& job, const Saved& saved)
{
    if (!saved)
        return readyFuture(Result<QString>(failure(saved.error())));
    const QString name = nameFor(job.image, saved->type);
    return QtConcurrent::run(&m_pool, [job, name, pictures = &m_pictures] {
        const bool isDescribed = job.alt == Alt::Written && !job.image.alt.isEmpty();
        auto placed =
            (isDescribed ? writeAltIntoFile(job.part, job.image.alt, *pictures) : Result<void>())
                .and_then([&] { return placeFile(job.part, job.directory, name); });
        if (!placed)
            QFile::remove(job.part);
        return placed;
    });
}

void Downloads::showProgress(const QString& key, qint64 moved, qint64 total)
{
    Transfer* transfer = find(key);
    if (!transfer)
        return;
    transfer->moved = moved;
    transfer->bytes = total;
    Q_EMIT changed(key);
}

void Downloads::settle(const QString& key, const Result<QString>& path)
{
    Transfer* transfer = find(key);
    if (!transfer)
        return;
    transfer->state = path ? State::Done : State::Failed;
    if (path)
        transfer->source = *path;
    else
        transfer->error = path.error();
    Q_EMIT changed(key);
}

Transfer* Downloads::find(const QString& key)
{
    const auto found = std::find_if(m_transfers.begin(), m_transfers.end(),
                                    [&](const Transfer& transfer) { return transfer.key == key; });
    return found == m_transfers.end() ? nullptr : &*found;
}

void Downloads::clearFinished()
{
    QStringList keys;
    for (const Transfer& transfer : std::as_const(m_transfers)) {
        if (isFinished(transfer.state))
            keys.append(transfer.key);
    }
    m_transfers.removeIf([](const Transfer& transfer) { return isFinished(transfer.state); });
    for (const QString& key : std::as_const(keys))
        Q_EMIT removed(key);
}

} // namespace vitrine::transfer
