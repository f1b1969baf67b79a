// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/staginglooks.h"

#include "app/base/file.h"
#include "app/transfer/filelook.h"

#include <QFile>
#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace vitrine::transfer {
namespace {

constexpr int kThreads = 2;

StagingLooks::Looked finished(FileLook look, const StagingLooks::Order& order)
{
    StagingLooks::Looked looked;
    looked.report = check(look.facts, order.rules, *order.known);
    looked.facts = std::move(look.facts);
    looked.altText = std::move(look.altText);
    if (order.wantsPictures) {
        looked.thumbnail = std::move(look.pictures.preview);
        looked.blurred = std::move(look.pictures.blurred);
        looked.hasPictures = true;
    }
    looked.isFinal = true;
    return looked;
}

} // namespace

StagingLooks::StagingLooks(const imaging::PictureReader& pictures, QObject* parent)
    : QObject(parent), m_pictures(pictures)
{
    m_pool.setMaxThreadCount(kThreads);
}

StagingLooks::~StagingLooks()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void StagingLooks::start(const Order& order)
{
    ++m_running;
    auto* watcher = new QFutureWatcher<Looked>(this);
    connect(watcher, &QFutureWatcherBase::resultReadyAt, this,
            [this, watcher, id = order.id](int result) {
                Q_EMIT looked(id, watcher->resultAt(result));
            });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        --m_running;
        Q_EMIT ready();
    });
    watcher->setFuture(QtConcurrent::run(&m_pool, &StagingLooks::run, order, &m_pictures));
}

void StagingLooks::run(QPromise<Looked>& promise, const Order& order,
                       const imaging::PictureReader* pictures)
{
    const auto file = openFile(order.path, kReadable.bytes);
    if (!file) {
        promise.addResult(finished(failedLook(file.error()), order));
        return;
    }
    const imaging::OpenFile source{(*file)->handle(), (*file)->size()};
    if (order.wantsPictures) {
        Looked first;
        first.facts.bytes = source.size;
        first.hasPictures = true;
        const auto found = pictures->read(source, {.limits = kReadable, .embeddedThumbnail = true});
        if (found)
            first.thumbnail = found->embeddedThumbnail;
        if (!first.thumbnail.isNull())
            promise.addResult(first);
    }
    const imaging::Wanted wanted{.preview = true,
                                 .blurred = order.wantsPictures,
                                 .perceptualHash = true,
                                 .scaling = imaging::Scaling::Speed}; // there may be thousands
    promise.addResult(finished(lookAt(source, *pictures, wanted, order.keepMetadata), order));
}

} // namespace vitrine::transfer
