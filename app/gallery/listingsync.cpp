// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/listingsync.h"

#include "app/base/log.h"
#include "app/base/whendone.h"
#include "app/protocol/endpoints.h"

#include <utility>

namespace vitrine::gallery {
namespace {

using namespace Qt::StringLiterals;

// After that the addresses of what was read are over, and deletions in it wait too long.
constexpr qint64 kPassSeconds = 60 * 60;
// A server of the platform may list a great many deleted images as empty pages.
constexpr int kMostIdlePages = 100;
constexpr int kMostPages = 100'000; // whatever is on them

void warn(const char* what, const Error& error)
{
    qCWarning(logGallery) << what << error.detail;
}

bool isAboutTheCursor(const Error& error)
{
    return error.kind == ErrorKind::BadAnswer || error.kind == ErrorKind::Rejected ||
           error.kind == ErrorKind::NotFound;
}

} // namespace

ListingSync::ListingSync(api::ApiClient& client, Catalog& catalog, const Clock& clock,
                         QObject* parent)
    : QObject(parent), m_client(client), m_catalog(catalog), m_clock(clock)
{}

void ListingSync::remember(const Catalog::Pass& pass, const QByteArray& etag)
{
    if (isRunning())
        return;
    m_pass = pass;
    m_etag = etag;
}

QFuture<Result<void>> ListingSync::run()
{
    if (!m_promise) {
        m_promise.emplace();
        m_promise->start();
        m_known.clear();
        m_asked.clear();
        m_idlePages = 0;
        askFirst();
    }
    return m_promise->future();
}

void ListingSync::know(const QString& id, const std::optional<protocol::Image>& image)
{
    if (isRunning())
        m_known.insert(id, image);
}

void ListingSync::askFirst()
{
    m_read = m_view;
    const QByteArray etag = m_pass.view == int(m_read) ? m_etag : QByteArray();
    const auto first = m_client.firstImages(m_read, protocol::kMaxPageSize, etag);
    using First = Result<api::ApiClient::FirstPage>;
    whenDone(this, first, [this](const First& page) {
        if (m_view != m_read)
            beginAnew();
        else if (page)
            takeFirst(*page);
        else
            fail(page.error());
    });
}

void ListingSync::takeFirst(const api::ApiClient::FirstPage& first)
{
    if (first.isUnchanged) {
        m_catalog.confirm(m_clock.now());
        return finish({});
    }
    begin(first);
}

// What is left to read of an earlier pass is still worth reading for a while.
void ListingSync::begin(const api::ApiClient::FirstPage& first)
{
    m_isWhole = true;
    m_isReading = true;
    m_etag.clear();
    const bool goesOn = m_pass.started.isValid() && m_pass.view == int(m_read) &&
                        m_pass.started.secsTo(m_clock.now()) < kPassSeconds;
    m_left = goesOn ? m_pass.next : QString();
    // The tag does not stand for what was read before.
    m_newEtag = goesOn ? QByteArray() : first.etag;
    if (goesOn)
        take(first.page);
    else
        beginPass(first.page);
}

void ListingSync::beginPass(const protocol::Page& first)
{
    m_pass = {0, int(m_read), {}, m_clock.now()};
    const auto number = m_catalog.beginPass(m_pass.view, m_pass.started);
    whenDone(this, number, [this, first](const Result<qint64>& allotted) {
        takeNumber(allotted);
        take(first);
    });
}

// Without a number pages are shown, and what is kept is not swept.
void ListingSync::takeNumber(const Result<qint64>& number)
{
    m_isWhole &= number.has_value();
    if (!number)
        return warn("the listing could not be kept:", number.error());
    m_pass.number = *number;
    for (const auto& known : std::as_const(m_known)) { // since it was asked for
        if (known)
            m_catalog.put(*known, m_client.server());
    }
}

// Somebody has signed in or out: what one may see says nothing of what the other has.
void ListingSync::beginAnew()
{
    m_pass.started = {};
    m_left.clear();
    m_asked.clear();
    m_idlePages = 0;
    m_isReading = false;
    askFirst();
}

void ListingSync::ask()
{
    const auto page =
        m_client.images(m_read, m_pass.next, protocol::kMaxPageSize, api::Urgency::Background);
    whenDone(this, page, [this](const Result<protocol::Page>& read) {
        if (m_view != m_read)
            beginAnew();
        else if (read)
            take(*read);
        else
            fail(read.error());
    });
}

void ListingSync::take(const protocol::Page& page)
{
    QList<protocol::Image> images;
    images.reserve(page.images.size());
    for (const protocol::Image& image : page.images) {
        if (!m_known.contains(image.id))
            images.append(image);
    }
    Q_EMIT pageRead(images);
    m_isWhole &= page.leftOut == 0;
    keep(images, page.cursor);
}

// While what is new since an earlier run is read, the place where that one broke off is kept.
void ListingSync::keep(const QList<protocol::Image>& images, const QString& next)
{
    Catalog::Pass kept = m_pass;
    kept.next = m_left.isEmpty() ? next : m_left;
    if (!m_isWhole) // no run may take what this one has not read for gone
        kept.started = {};
    m_pass.next = next;
    const auto count = m_catalog.keepPage(images, m_client.server(), kept);
    whenDone(this, count, [this, size = int(images.size())](const Result<int>& newlySeen) {
        if (!newlySeen)
            warn("the listing could not be kept:", newlySeen.error());
        m_isWhole &= newlySeen.has_value();
        goOn(newlySeen.value_or(size), size);
    });
}

void ListingSync::goOn(int newlySeen, int images)
{
    if (m_view != m_read)
        return beginAnew();
    const bool isKnown = images > 0 && newlySeen == 0;
    const bool isAtTheEnd = m_pass.next.isEmpty();
    if (!m_left.isEmpty() && (isKnown || isAtTheEnd)) { // come to what the earlier run has read
        m_pass.next = std::exchange(m_left, {});
        m_asked.clear();
    } else if (isAtTheEnd) {
        return complete();
    }
    if (m_asked.contains(m_pass.next) || isEndless(newlySeen))
        return fail({ErrorKind::BadAnswer, u"the listing never ends"_s, {}});
    m_asked.insert(m_pass.next);
    ask();
}

bool ListingSync::isEndless(int newlySeen)
{
    m_idlePages = newlySeen > 0 ? 0 : m_idlePages + 1;
    return m_idlePages > kMostIdlePages || m_asked.size() > kMostPages;
}

// A server in trouble is asked for the same page another time. One that does not like the cursor,
// or never ends, is read from the start then.
void ListingSync::fail(const Error& error)
{
    if (m_isReading && isAboutTheCursor(error)) {
        m_pass.started = {};
        m_catalog.abandonPass(m_pass);
    } else if (!m_isWhole) {
        m_pass.started = {};
    } else if (!m_left.isEmpty()) {
        m_pass.next = m_left;
    }
    finish(failure(error));
}

void ListingSync::complete()
{
    m_pass.started = {};
    if (!m_isWhole) // what was not read, or not kept, is not gone
        return finish({});
    m_etag = m_newEtag;
    const auto swept = m_catalog.finishPass(m_pass, m_clock.now(), m_etag);
    whenDone(this, swept, [this](const Result<QStringList>& ids) {
        if (!ids)
            warn("the listing could not be kept:", ids.error());
        else if (!ids->isEmpty())
            Q_EMIT gone(*ids);
        finish({});
    });
}

void ListingSync::finish(const Result<void>& outcome)
{
    m_isReading = false;
    auto promise = std::move(*m_promise);
    m_promise.reset();
    promise.addResult(outcome);
    promise.finish();
    Q_EMIT finished(outcome.has_value());
}

} // namespace vitrine::gallery
