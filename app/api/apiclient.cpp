// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"

#include "app/api/exchange.h"
#include "app/api/filesink.h"
#include "app/api/multipartbody.h"
#include "app/api/readers.h"
#include "app/api/requestfactory.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/protocol/endpoints.h"

#include <QBuffer>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QPromise>
#include <QThreadPool>
#include <QUrlQuery>
#include <QtConcurrentRun>

#include <algorithm>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
namespace path = protocol::path;
namespace header = protocol::header;

constexpr qint64 kMaxJson = 16 * 1024 * 1024;
// Larger answers are read on a pool: parsing them would be felt in the window.
constexpr qint64 kLargeAnswer = 64 * 1024;

template <typename T>
QFuture<Result<T>> ready(Error error)
{
    return readyFuture(Result<T>(failure(std::move(error))));
}

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

std::shared_ptr<QIODevice> jsonBody(const QJsonObject& object)
{
    auto buffer = std::make_shared<QBuffer>();
    buffer->setData(QJsonDocument(object).toJson(QJsonDocument::Compact));
    buffer->open(QIODevice::ReadOnly);
    return buffer;
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

} // namespace

class ApiClient::Private
{
public:
    template <typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;

    Private(QNetworkAccessManager& manager, const StallLimits& stallLimits, ApiClient* client)
        : network(manager), limits(stallLimits), q(client)
    {
        disk.setMaxThreadCount(1);
    }

    Order get(const QString& endpoint, const QString& query = {}) const;
    Order send(const QByteArray& verb, const QString& endpoint, const QJsonObject& object) const;
    Order file(const QUrl& url) const;

    template <typename T>
    static Promise<T> started();
    template <typename T>
    static void settle(const Promise<T>& promise, const Result<T>& result);

    /// One exchange that ends when \a promise's future is cancelled. A promise that is dropped on
    /// the way (cancelled, client destroyed) finishes its future.
    template <typename T>
    void perform(const Promise<T>& promise, Order order, Exchange::Finished finished);
    /// The usual case: \a read makes the result of the answer, on a pool if that takes long.
    template <typename T, typename Read>
    QFuture<Result<T>> run(Order order, Read read);
    void saveInto(const Promise<Saved>& promise, const Order& order);

    QNetworkAccessManager& network;
    const StallLimits limits;
    RequestFactory requests;
    QThreadPool disk;
    ApiClient* const q;
};

Order ApiClient::Private::get(const QString& endpoint, const QString& query) const
{
    Order order;
    order.url = requests.endpoint(endpoint, query);
    order.headers = {{"Accept", "application/json"}};
    order.limit = kMaxJson;
    order.stall = limits.answer;
    return order;
}

Order ApiClient::Private::send(const QByteArray& verb, const QString& endpoint,
                               const QJsonObject& object) const
{
    Order order = get(endpoint);
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

template <typename T>
ApiClient::Private::Promise<T> ApiClient::Private::started()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

template <typename T>
void ApiClient::Private::settle(const Promise<T>& promise, const Result<T>& result)
{
    promise->addResult(result);
    promise->finish();
}

template <typename T>
void ApiClient::Private::perform(const Promise<T>& promise, Order order,
                                 Exchange::Finished finished)
{
    auto* exchange = new Exchange(network, requests, std::move(order), q);
    auto* watcher = new QFutureWatcher<Result<T>>(exchange);
    connect(watcher, &QFutureWatcherBase::canceled, exchange, &Exchange::cancel);
    watcher->setFuture(promise->future());
    exchange->start(std::move(finished));
}

template <typename T, typename Read>
QFuture<Result<T>> ApiClient::Private::run(Order order, Read read)
{
    const auto promise = started<T>();
    perform<T>(promise, std::move(order), [this, promise, read](const Result<Answer>& answer) {
        if (!answer)
            return settle<T>(promise, failure(answer.error()));
        if (answer->body.size() < kLargeAnswer)
            return settle<T>(promise, read(*answer));
        whenDone(q, QtConcurrent::run([read, answer = *answer] { return read(answer); }),
                 [promise](const Result<T>& result) { settle<T>(promise, result); });
    });
    return promise->future();
}

void ApiClient::Private::saveInto(const Promise<Saved>& promise, const Order& order)
{
    perform<Saved>(promise, order,
                   [this, promise, sink = order.sink](const Result<Answer>& answer) {
                       const Result<Saved> saved = answer.and_then(readSaved);
                       if (!saved)
                           return settle<Saved>(promise, saved);
                       whenDone(q, sink->commit(), [promise, saved](const Result<void>& committed) {
                           settle<Saved>(promise, committed ? saved : failure(committed.error()));
                       });
                   });
}

ApiClient::ApiClient(QNetworkAccessManager& network, QObject* parent)
    : ApiClient(network, StallLimits(), parent)
{}

ApiClient::ApiClient(QNetworkAccessManager& network, const StallLimits& limits, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(network, limits, this))
{}

// What is under way goes first: it uses what d holds.
ApiClient::~ApiClient()
{
    qDeleteAll(findChildren<QObject*>(Qt::FindDirectChildrenOnly));
}

void ApiClient::setServer(const QUrl& base, const access::Credential& credential)
{
    d->requests = RequestFactory(base, credential);
}

QUrl ApiClient::server() const
{
    return d->requests.base();
}

QFuture<Result<bool>> ApiClient::isSetUp()
{
    return d->run<bool>(d->get(path::kSetup), readSetUp);
}

QFuture<Result<protocol::Capabilities>> ApiClient::capabilities()
{
    return d->run<protocol::Capabilities>(d->get(path::kCapabilities), readCapabilities);
}

QFuture<Result<protocol::Page>> ApiClient::images(View view, const QString& cursor, int limit)
{
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(std::clamp(limit, 1, protocol::kMaxPageSize)));
    if (!cursor.isEmpty())
        query.addQueryItem(u"cursor"_s, encoded(cursor));
    const auto endpoint = view == View::Owner ? path::kAdminImages : path::kImages;
    return d->run<protocol::Page>(d->get(endpoint, query.query(QUrl::FullyEncoded)), readPage);
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
    Order order = d->get(path::kAdminUpload);
    order.verb = "POST";
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
    return d->run<protocol::Image>(d->get(path::kAdminUploads + idempotencyKey), readImage);
}

QFuture<Result<protocol::Image>> ApiClient::patch(const QString& id, qint64 revision,
                                                  const protocol::ImagePatch& patch)
{
    if (!isPlainWord(id))
        return ready<protocol::Image>({ErrorKind::InvalidInput, u"not an image's id"_s, {}});
    Order order = d->send("PATCH", path::kAdminImages + u'/' + id, protocol::toJson(patch));
    if (revision > 0)
        order.headers.emplaceBack(header::kIfMatch, '"' + QByteArray::number(revision) + '"');
    return d->run<protocol::Image>(
        order, [patch](const Answer& answer) { return readPatched(answer, patch); });
}

QFuture<Result<void>> ApiClient::remove(const QString& id)
{
    return d->run<void>(d->send("POST", path::kAdminDelete, {{u"id"_s, id}}), readRemoved);
}

QFuture<Result<QUrl>> ApiClient::downloadUrl(const QString& id)
{
    Order order = d->get(path::kDownload, "id="_L1 + encoded(id));
    order.followsRedirects = false;
    return d->run<QUrl>(order, readDownloadUrl);
}

QUrl ApiClient::originalUrl(const QString& id) const
{
    return d->requests.endpoint(path::kAdminOriginal, "id="_L1 + encoded(id));
}

QFuture<Result<QByteArray>> ApiClient::fetch(const QUrl& url, qint64 limit)
{
    if (!d->requests.mayAsk(url))
        return ready<QByteArray>({ErrorKind::InvalidInput, u"not an address to fetch"_s, {}});
    Order order = d->file(url);
    order.limit = limit;
    order.overLimit = ErrorKind::TooLarge;
    return d->run<QByteArray>(order, readBytes);
}

QFuture<Result<ApiClient::Saved>> ApiClient::save(const QUrl& url, const QString& path,
                                                  Progress progress)
{
    if (!d->requests.mayAsk(url))
        return ready<Saved>({ErrorKind::InvalidInput, u"not an address to fetch"_s, {}});
    Order order = d->file(url);
    order.sink = std::make_shared<FileSink>(path, d->disk);
    order.received = std::move(progress);
    const auto promise = Private::started<Saved>();
    whenDone(this, order.sink->open(), [this, promise, order](const Result<void>& opened) {
        if (!opened)
            return Private::settle<Saved>(promise, failure(opened.error()));
        d->saveInto(promise, order);
    });
    return promise->future();
}

} // namespace vitrine::api
