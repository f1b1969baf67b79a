// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/gallery.h"

#include "app/api/apiclient.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/protocol/endpoints.h"

#include <QTimer>

#include <chrono>

namespace vitrine::gallery {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using protocol::Image;

constexpr qint64 kFreshSeconds = 60;
constexpr int kSeenFirst = 300; // more than a window shows
constexpr auto kPaintTime = 50ms;
constexpr qsizetype kAddedAtOnce = 2000; // by one turn of the event loop: some ms

} // namespace

Gallery::Gallery(api::ApiClient& client, const imaging::PictureReader& pictures, const Clock& clock,
                 const QString& cacheDirectory, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(clock)
    , m_catalog(cacheDirectory + u"/gallery.db"_s)
    , m_looks(m_catalog)
    , m_previewCache(cacheDirectory + u"/previews"_s)
    , m_previews(client, pictures, m_previewCache)
    , m_model(m_previews)
    , m_fullSize(client, pictures)
    , m_sync(client, m_catalog, clock)
{
    m_previews.setLookup([this](const QString& id) { return m_model.find(id); });
    connect(&m_previews, &PreviewLoader::addressExpired, this, &Gallery::renewAddresses);
    connect(&m_previews, &PreviewLoader::ready, this, &Gallery::learnLook);
    connect(&m_sync, &ListingSync::pageRead, this, &Gallery::take);
    connect(&m_sync, &ListingSync::gone, this, &Gallery::forget);
    connect(&m_sync, &ListingSync::finished, this, &Gallery::finishRefresh);
}

QFuture<Result<void>> Gallery::load()
{
    using Listed = Result<Catalog::Listing>;
    const auto newest = m_catalog.load(m_client.server(), kSeenFirst);
    const auto rest = whenDone(this, newest, [this](const Listed& listing) {
        if (!listing)
            return readyFuture(Images(failure(listing.error())));
        m_sync.remember(listing->pass, listing->etag);
        if (!m_refreshed.isValid()) // or the network was faster
            m_refreshed = listing->refreshed;
        addKnown(listing->images);
        return loadRest(listing->images);
    });
    const auto added = whenDone(this, rest, [this](const Images& images) {
        return images ? addByAndBy(*images) : readyFuture(Result<void>(failure(images.error())));
    });
    return whenDone(this, added, [this](const Result<void>& all) {
        m_isLoaded = true;
        m_dropped.clear();
        Q_EMIT loaded();
        return all;
    });
}

// What is seen first is painted before the rest is read.
QFuture<Gallery::Images> Gallery::loadRest(const QList<Image>& newest)
{
    if (newest.size() < kSeenFirst)
        return readyFuture(Images());
    auto promise = std::make_shared<QPromise<Images>>();
    promise->start();
    QTimer::singleShot(kPaintTime, this, [this, promise, last = newest.last()] {
        whenDone(this, m_catalog.loadRest(m_client.server(), last),
                 [promise](const Images& images) {
                     promise->addResult(images);
                     promise->finish();
                 });
    });
    return promise->future();
}

QFuture<Result<void>> Gallery::addByAndBy(const QList<Image>& images)
{
    const auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    m_model.reserve(images.size());
    addFrom(images, 0, promise);
    return promise->future();
}

void Gallery::addFrom(const QList<Image>& images, qsizetype first,
                      const std::shared_ptr<QPromise<Result<void>>>& promise)
{
    addKnown(images.mid(first, kAddedAtOnce));
    const qsizetype next = first + kAddedAtOnce;
    if (next < images.size()) {
        QTimer::singleShot(0, this, [=, this] { addFrom(images, next, promise); });
        return;
    }
    promise->addResult(Result<void>());
    promise->finish();
}

// What is here already is newer than the disk.
void Gallery::addKnown(QList<Image> images)
{
    images.removeIf([this](const Image& image) {
        return m_dropped.contains(image.id) || m_model.find(image.id) || m_hidden.value(image.id);
    });
    setAside(images);
    m_model.merge(images);
}

QFuture<Result<void>> Gallery::refresh()
{
    return m_sync.run();
}

// Signed addresses live for an hour or two; a fresh listing that is refused has another reason.
void Gallery::renewAddresses()
{
    if (!m_refreshed.isValid() || m_refreshed.secsTo(m_clock.now()) > kFreshSeconds)
        refresh();
}

void Gallery::learnLook(const QString& id)
{
    m_looks.learn(id, m_previews.picture({id, PreviewVariant::Sharp}));
}

void Gallery::take(QList<Image> images)
{
    for (const Image& image : std::as_const(images))
        guardPrivacy(image);
    setAside(images);
    merge(images);
    m_previews.goOn();
    Q_EMIT answered();
}

// Of what is hidden is only remembered what was learnt.
void Gallery::setAside(QList<Image>& images)
{
    images.removeIf([this](const Image& image) {
        const auto hidden = m_hidden.find(image.id);
        if (hidden == m_hidden.end())
            return false;
        *hidden = image;
        return true;
    });
}

// What was shown sharp and is private to us now: what we kept of it has to go. The other way round
// there is more to see: the owner has signed in.
void Gallery::guardPrivacy(const Image& image)
{
    const Image* before = known(image.id);
    const bool isPrivate = isPrivateToUs(image);
    // The network can be faster than the disk, which tells what was shown.
    if (before ? isPrivateToUs(*before) != isPrivate : isPrivate && !m_isLoaded)
        m_previews.forget({image.id, PreviewVariant::Sharp});
}

const Image* Gallery::known(const QString& id) const
{
    const auto hidden = m_hidden.constFind(id);
    return hidden != m_hidden.cend() && hidden->has_value() ? &**hidden : m_model.find(id);
}

/// Or may have been: the network can be faster than the disk.
bool Gallery::wasPublic(const QString& id) const
{
    const Image* before = known(id);
    return before ? !before->isPrivate : !m_isLoaded;
}

void Gallery::merge(const QList<Image>& images)
{
    QStringList changed;
    for (const Image& image : images) {
        const Image* before = m_model.find(image.id);
        if (before ? before->isPrivate != image.isPrivate : wasPublic(image.id) && image.isPrivate)
            changed += image.id;
    }
    m_model.merge(images);
    for (const QString& id : std::as_const(changed))
        m_previews.followPrivacy(id);
}

// Deleted elsewhere: nothing of it stays here either.
void Gallery::forget(const QStringList& ids)
{
    for (const QString& id : ids) {
        if (!m_isLoaded)
            m_dropped.insert(id);
        m_hidden.remove(id);
    }
    m_model.drop(ids);
    for (const QString& id : ids) {
        m_previews.forget(id);
        m_looks.forget(id);
    }
}

void Gallery::finishRefresh(bool isGood)
{
    if (isGood) {
        m_refreshed = m_clock.now();
        m_previews.retryFailed();
        Q_EMIT answered();
    }
    Q_EMIT refreshFinished();
}

void Gallery::put(const Image& image, const QImage& preview)
{
    if (image.id.isEmpty()) // of a server that tells of none: its listing will
        return;
    m_sync.know(image.id, image);
    guardPrivacy(image);
    if (m_hidden.contains(image.id))
        m_hidden.insert(image.id, image);
    else
        merge({image});
    m_catalog.put(image, m_client.server()); // before anything is said about it
    m_previews.seed(image.id, preview);
}

void Gallery::drop(const QString& id)
{
    m_sync.know(id, std::nullopt);
    forget({id});
    m_catalog.drop(id);
}

void Gallery::hide(const QString& id)
{
    const Image* known = m_model.find(id);
    m_hidden.insert(id, known ? std::optional(*known) : std::nullopt);
    m_model.drop(id);
}

void Gallery::show(const QString& id)
{
    if (const auto hidden = m_hidden.take(id)) {
        m_model.put(*hidden);
        m_previews.followPrivacy(id); // it may have changed out of sight
    }
}

void Gallery::count(const QString& id)
{
    const Image* known = m_model.find(id);
    if (!known)
        return;
    Image image = *known;
    ++image.downloadCount;
    put(image);
}

} // namespace vitrine::gallery
