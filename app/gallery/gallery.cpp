// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/gallery.h"

#include "app/api/apiclient.h"
#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/protocol/endpoints.h"

namespace vitrine::gallery {
namespace {

using namespace Qt::StringLiterals;
using protocol::Image;

constexpr qint64 kFreshSeconds = 60;

// A gallery that we showed sharp and that is private to us now: what we kept of it has to go.
bool turnedPrivate(const Image& before, const Image& after)
{
    return !before.isPrivate && after.isPrivate &&
           after.previewUrl.path().endsWith(u'/' + protocol::variant::kBlurred);
}

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
{
    m_previews.setLookup([this](const QString& id) { return m_model.find(id); });
    connect(&m_previews, &PreviewLoader::addressExpired, this, &Gallery::renewAddresses);
    connect(&m_previews, &PreviewLoader::ready, this, &Gallery::learnLook);
}

QFuture<Result<void>> Gallery::load()
{
    using Listed = Result<Catalog::Listing>;
    const auto listed = m_catalog.load(m_client.server());
    return whenDone(this, listed, [this](const Listed& listing) -> Result<void> {
        if (!listing)
            return failure(listing.error());
        if (m_refreshed.isValid())
            return {}; // the network was faster
        m_refreshed = listing->refreshed;
        showListing(listing->images);
        return {};
    });
}

QFuture<Result<void>> Gallery::refresh()
{
    if (!m_refresh) {
        m_refresh.emplace();
        m_refresh->start();
        m_meanwhile.clear();
        readPage({});
    }
    return m_refresh->future();
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

void Gallery::showListing(QList<Image> images)
{
    images.removeIf([this](const Image& image) {
        const auto hidden = m_hidden.find(image.id);
        if (hidden == m_hidden.end())
            return false;
        *hidden = image;
        return true;
    });
    m_model.setImages(std::move(images));
}

void Gallery::readPage(Listing listing)
{
    const auto page = m_client.images(m_view, listing.next, protocol::kMaxPageSize);
    whenDone(this, page, [this, listing](const Result<protocol::Page>& read) {
        if (read)
            takePage(listing, *read);
        else
            finishRefresh(failure(read.error()));
    });
}

void Gallery::takePage(Listing listing, const protocol::Page& page)
{
    for (const Image& image : page.images)
        listing.images.insert(image.id, image);
    listing.next = page.cursor;
    if (listing.next.isEmpty()) {
        takeOver(listing.images.values());
        finishRefresh({});
    } else if (listing.cursors.contains(listing.next)) {
        finishRefresh(failure(ErrorKind::BadAnswer, u"the listing never ends"_s));
    } else {
        listing.cursors.insert(listing.next);
        readPage(std::move(listing));
    }
}

void Gallery::takeOver(QList<Image> images)
{
    images.removeIf([this](const Image& image) { return m_meanwhile.contains(image.id); });
    for (const auto& known : std::as_const(m_meanwhile)) {
        if (known)
            images.append(*known);
    }
    forgetWhatIsGone(images);
    for (const Image& image : std::as_const(images)) {
        const Image* before = m_model.find(image.id);
        if (before && turnedPrivate(*before, image))
            m_previews.forget(image.id);
    }
    m_refreshed = m_clock.now();
    showListing(images);
    m_previews.retryFailed();
    const auto kept = m_catalog.replace(images, m_client.server(), m_refreshed);
    whenDone(this, kept, [](const Result<void>& written) {
        if (!written)
            qCWarning(logGallery) << "the listing could not be kept:" << written.error().detail;
    });
}

// Deleted elsewhere: nothing of it stays here either.
void Gallery::forgetWhatIsGone(const QList<Image>& images)
{
    QSet<QString> present;
    for (const Image& image : images)
        present.insert(image.id);
    for (const Image& known : m_model.images()) {
        if (!present.contains(known.id))
            m_previews.forget(known.id);
    }
}

void Gallery::finishRefresh(const Result<void>& outcome)
{
    auto promise = std::move(*m_refresh);
    m_refresh.reset();
    promise.addResult(outcome);
    promise.finish();
    Q_EMIT refreshFinished();
}

void Gallery::put(const Image& image, const QImage& preview)
{
    if (m_refresh)
        m_meanwhile.insert(image.id, image);
    if (m_hidden.contains(image.id))
        m_hidden.insert(image.id, image);
    else
        m_model.put(image);
    m_catalog.put(image, m_client.server()); // before anything is said about it
    m_previews.seed(image.id, preview);
}

void Gallery::drop(const QString& id)
{
    if (m_refresh)
        m_meanwhile.insert(id, std::nullopt);
    m_hidden.remove(id);
    m_model.drop(id);
    m_previews.forget(id);
    m_looks.forget(id);
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
    if (const auto hidden = m_hidden.take(id))
        m_model.put(*hidden);
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
