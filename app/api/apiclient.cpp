// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient_p.h"
#include "app/api/filesink.h"
#include "app/api/multipartbody.h"
#include "app/api/readers.h"
#include "app/protocol/endpoints.h"

#include <QBuffer>
#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
namespace path = protocol::path;
namespace header = protocol::header;
using Feature = protocol::Capabilities::Feature;

constexpr qint64 kMaxJson = 16 * 1024 * 1024;

QString encoded(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

// Part of a path, and of a header: nothing that means anything to either.
bool isPlainWord(const QString& text)
{
    return !text.isEmpty() && text.size() <= 200 &&
           std::all_of(text.cbegin(), text.cend(), [](QChar c) {
               return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'_');
           });
}

std::shared_ptr<QIODevice> buffered(const QByteArray& bytes)
{
    auto buffer = std::make_shared<QBuffer>();
    buffer->setData(bytes);
    buffer->open(QIODevice::ReadOnly);
    return buffer;
}

std::shared_ptr<QIODevice> jsonBody(const QJsonObject& object)
{
    return buffered(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QList<QNetworkReply::RawHeaderPair> uploadHeaders(const UploadRequest& request,
                                                  const MultipartBody& body)
{
    QList<QNetworkReply::RawHeaderPair> headers{
        {"Content-Type", body.contentType()},
        {header::kPrefer, header::kReturnRepresentation},
    };
    if (!request.idempotencyKey.isEmpty())
        headers.emplaceBack(header::kIdempotencyKey, request.idempotencyKey.toLatin1());
    if (!request.sha256.isEmpty())
        headers.emplaceBack(header::kContentDigest, "sha-256=:" + request.sha256.toBase64() + ':');
    return headers;
}

// The same order for what comes after the \a present bytes of the body that \a etag names.
Order goingOn(Order order, qint64 present, const QByteArray& etag)
{
    if (present == 0)
        return order;
    order.asked = {present, etag};
    order.headers.emplaceBack("Range", "bytes=" + QByteArray::number(present) + '-');
    order.headers.emplaceBack("If-Range", etag);
    return order;
}

} // namespace

std::optional<Error> ApiClient::Private::objectionTo(const QUrl& url) const
{
    if (!requests.mayAsk(url))
        return Error{ErrorKind::InvalidInput, u"not an address to fetch"_s, {}};
    const bool isOriginal = requests.isOwnOrigin(url) && url.path().endsWith(path::kAdminOriginal);
    if (isOriginal && !has(Feature::Original))
        return Error{ErrorKind::Unsupported, u"no originals on this server"_s, {}};
    return {};
}

Order ApiClient::Private::get(const QString& endpoint, const QString& query) const
{
    Order order;
    order.url = requests.endpoint(endpoint, query);
    order.headers = {{"Accept", "application/json"}};
    order.limit = kMaxJson;
    order.stall = limits.answer;
    order.isRepeatable = true;
    return order;
}

Order ApiClient::Private::send(const QByteArray& verb, const QString& endpoint,
                               const QJsonObject& object) const
{
    Order order = get(endpoint);
    order.isRepeatable = false;
    order.urgency = Urgency::Act;
    order.verb = verb;
    order.headers.emplaceBack("Content-Type", "application/json");
    order.body = jsonBody(object);
    return order;
}

Order ApiClient::Private::file(const QUrl& url) const
{
    Order order;
    order.url = url;
    order.refusesCompression = true;
    order.stall = limits.answer;
    return order;
}

QLatin1StringView ApiClient::Private::uploadPath() const
{
    return greeting.dialect == Dialect::Reference ? path::kReferenceUpload : path::kAdminUpload;
}

// Whoever is told to come back later does not come with the next preview instead.
void ApiClient::Private::heed(const Order& order, const Error& error)
{
    if (error.retryAfter)
        scheduler.hold(order.url.host(), *error.retryAfter);
}

void ApiClient::Private::saveInto(const Promise<Saved>& promise, const Order& order)
{
    perform<Saved>(
        promise, order,
        [this, promise, sink = order.sink, asked = order.asked](const Result<Answer>& answer) {
            const Result<Saved> saved = answer.and_then(
                [asked](const Answer& complete) { return readSaved(complete, asked); });
            if (!saved)
                return settle<Saved>(promise, saved);
            whenDone(q, sink->commit(), [promise, saved](const Result<void>& committed) {
                settle<Saved>(promise, committed ? saved : failure(committed.error()));
            });
        });
}

ApiClient::ApiClient(QNetworkAccessManager& network, QObject* parent)
    : ApiClient(network, StallLimits(), RetryPolicy::never(), parent)
{}

ApiClient::ApiClient(QNetworkAccessManager& network, const StallLimits& limits,
                     const RetryPolicy& retries, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(network, nullptr, limits, retries, this))
{}

ApiClient::ApiClient(QNetworkAccessManager& network, QNetworkAccessManager& transfers,
                     QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(network, &transfers, StallLimits(), RetryPolicy::never(), this))
{}

// What is under way goes first: it uses what d holds.
ApiClient::~ApiClient()
{
    d->scheduler.clear();
    qDeleteAll(findChildren<QObject*>(Qt::FindDirectChildrenOnly));
}

void ApiClient::setServer(const QUrl& base, const access::Credential& credential)
{
    RequestFactory requests(base, credential);
    if (requests.base() != server()) { // who is signed in changes nothing about the server
        d->greeting = {};
        d->isGreeted = false;
    }
    d->requests = std::move(requests);
}

QUrl ApiClient::server() const
{
    return d->requests.base();
}

void ApiClient::setBandwidth(qint64 up, qint64 down)
{
    d->bandwidth.up->setLimit(up);
    d->bandwidth.down->setLimit(down);
}

bool ApiClient::keepsKeys() const
{
    return d->has(Feature::Idempotency);
}

QFuture<Result<void>> ApiClient::tryUpload()
{
    Order order = d->get(d->uploadPath());
    order.verb = "POST";
    order.isRepeatable = false;
    const MultipartBody form;
    order.headers.emplaceBack("Content-Type", form.contentType());
    order.body = buffered(form.withoutFile());
    return d->run<void>(order, readTriedUpload);
}

QFuture<Result<bool>> ApiClient::isSetUp()
{
    return d->run<bool>(d->get(path::kSetup), readSetUp);
}

QFuture<Result<protocol::Capabilities>> ApiClient::capabilities()
{
    return d->run<protocol::Capabilities>(d->get(path::kCapabilities), readCapabilities);
}

Order ApiClient::Private::listing(View view, const QString& cursor, int limit,
                                  Urgency urgency) const
{
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(std::clamp(limit, 1, protocol::kMaxPageSize)));
    if (!cursor.isEmpty())
        query.addQueryItem(u"cursor"_s, encoded(cursor));
    const bool isOwners = view == View::Owner && greeting.dialect == Dialect::Vitrine;
    const auto endpoint = isOwners ? path::kAdminImages : path::kImages;
    Order order = get(endpoint, query.query(QUrl::FullyEncoded));
    order.urgency = urgency;
    return order;
}

QFuture<Result<protocol::Page>> ApiClient::images(View view, const QString& cursor, int limit,
                                                  Urgency urgency)
{
    return d->run<protocol::Page>(d->listing(view, cursor, limit, urgency), readPage);
}

QFuture<Result<ApiClient::FirstPage>>
ApiClient::firstImages(View view, int limit, const QByteArray& etag, Urgency urgency)
{
    Order order = d->listing(view, {}, limit, urgency);
    const bool tells = d->greeting.capabilities.has(Feature::Conditional);
    if (tells && !etag.isEmpty())
        order.headers.emplaceBack("If-None-Match", etag);
    return d->run<FirstPage>(order, [tells](const Answer& answer) {
        return readFirstPage(answer).map([tells](FirstPage&& page) {
            if (!tells)
                page.etag.clear();
            return std::move(page);
        });
    });
}

QFuture<Result<protocol::Image>> ApiClient::upload(const UploadRequest& request, Progress progress)
{
    if (!request.idempotencyKey.isEmpty() && !isPlainWord(request.idempotencyKey))
        return ready<protocol::Image>({ErrorKind::InvalidInput, u"not an idempotency key"_s, {}});
    auto body = std::make_shared<MultipartBody>();
    body->addField(protocol::field::kAlt, request.alt);
    if (request.isPrivate)
        body->addField(protocol::field::kIsPrivate, QLatin1StringView(protocol::field::kOn));
    if (!body->openFile(protocol::field::kFile, request.file, request.name, request.type))
        return ready<protocol::Image>({ErrorKind::Storage, u"the upload cannot be read"_s, {}});
    Order order = d->get(d->uploadPath());
    order.verb = "POST";
    order.isRepeatable = false;
    order.mayBeResent = keepsKeys();
    order.urgency = Urgency::Upload;
    order.headers += uploadHeaders(request, *body);
    order.body = body;
    order.stall = d->limits.upload;
    order.sent = std::move(progress);
    const auto promise = Private::started<protocol::Image>();
    d->perform<protocol::Image>(promise, order, [=](const Result<Answer>& answer) {
        // What looks like a lost connection was our own file, which became shorter meanwhile.
        if (!answer && body->isTorn())
            return Private::settle<protocol::Image>(
                promise, failure(ErrorKind::Storage, u"the upload cannot be read"_s));
        Private::settle<protocol::Image>(promise, answer.and_then([&](const Answer& complete) {
            return readUpload(complete, request);
        }));
    });
    return promise->future();
}

QFuture<Result<protocol::Image>> ApiClient::uploadOutcome(const QString& idempotencyKey)
{
    if (!isPlainWord(idempotencyKey))
        return ready<protocol::Image>({ErrorKind::InvalidInput, u"not an idempotency key"_s, {}});
    if (!d->has(Feature::Idempotency))
        return ready<protocol::Image>({ErrorKind::Unsupported, u"no keys on this server"_s, {}});
    Order order = d->get(path::kAdminUploads + idempotencyKey);
    order.urgency = Urgency::Act;
    return d->run<protocol::Image>(order, readImage);
}

QFuture<Result<protocol::Image>> ApiClient::patch(const QString& id, qint64 revision,
                                                  const protocol::ImagePatch& patch)
{
    if (!isPlainWord(id))
        return ready<protocol::Image>({ErrorKind::InvalidInput, u"not an image's id"_s, {}});
    const bool isKept =
        (!patch.alt || d->has(Feature::Alt)) && (!patch.isPrivate || d->has(Feature::Privacy));
    if (!isKept)
        return ready<protocol::Image>({ErrorKind::Unsupported, u"no edits on this server"_s, {}});
    Order order = d->send("PATCH", path::kAdminImages + u'/' + id, protocol::toJson(patch));
    if (revision > 0)
        order.headers.emplaceBack(header::kIfMatch, '"' + QByteArray::number(revision) + '"');
    return d->run<protocol::Image>(order, [this, id, patch](const Answer& answer) {
        auto patched = readPatched(answer, patch);
        if (const auto current = patched ? std::nullopt : readCurrent(answer, id))
            Q_EMIT metOtherChange(*current);
        return patched;
    });
}

QFuture<Result<void>> ApiClient::remove(const QString& id)
{
    if (!d->has(Feature::Delete))
        return ready<void>({ErrorKind::Unsupported, u"no deleting on this server"_s, {}});
    return d->run<void>(d->send("POST", path::kAdminDelete, {{u"id"_s, id}}), readRemoved);
}

QFuture<Result<QUrl>> ApiClient::downloadUrl(const QString& id)
{
    Order order = d->get(path::kDownload, "id="_L1 + encoded(id));
    order.followsRedirects = false;
    order.isRepeatable = false; // each asking counts
    return d->run<QUrl>(order, readDownloadUrl);
}

bool ApiClient::renewsUncounted() const
{
    return d->greeting.dialect == Dialect::Vitrine;
}

// Our own server tells the address without counting to whoever asks for the head alone; the
// published code counts nothing then, but does not tell the address either.
QFuture<Result<QUrl>> ApiClient::renewedDownloadUrl(const QString& id)
{
    if (!renewsUncounted())
        return downloadUrl(id);
    Order order = d->get(path::kDownload, "id="_L1 + encoded(id));
    order.verb = "HEAD";
    order.followsRedirects = false;
    return d->run<QUrl>(order, readDownloadUrl);
}

bool ApiClient::givesOriginals() const
{
    const bool isGuest = d->requests.shownTo(server()).kind == Shown::Kind::Nothing;
    return !isGuest && d->has(Feature::Original);
}

QUrl ApiClient::originalUrl(const QString& id) const
{
    return d->requests.endpoint(path::kAdminOriginal, "id="_L1 + encoded(id));
}

QFuture<Result<QByteArray>> ApiClient::fetch(const QUrl& url, qint64 limit, Urgency urgency)
{
    if (const auto objection = d->objectionTo(url))
        return ready<QByteArray>(*objection);
    Order order = d->file(url);
    order.limit = limit;
    order.overLimit = ErrorKind::TooLarge;
    order.urgency = urgency;
    order.isRepeatable = true;
    return d->run<QByteArray>(order, readBytes);
}

QFuture<Result<ApiClient::Saved>> ApiClient::save(const SaveOrder& wanted)
{
    if (const auto objection = d->objectionTo(wanted.url))
        return ready<Saved>(*objection);
    Order order = d->file(wanted.url);
    order.urgency = Urgency::Download;
    order.sink = std::make_shared<FileSink>(wanted.path, d->disk);
    order.received = wanted.progress;
    if (wanted.begun)
        order.begun = [begun = wanted.begun](const BodyPlace& place) {
            begun(place.etag, place.total);
        };
    const auto promise = Private::started<Saved>();
    whenDone(this, order.sink->open(),
             [this, promise, order, etag = wanted.etag](const Result<qint64>& present) {
                 if (!present)
                     return Private::settle<Saved>(promise, failure(present.error()));
                 d->saveInto(promise, etag.isEmpty() ? order : goingOn(order, *present, etag));
             });
    return promise->future();
}

} // namespace vitrine::api
