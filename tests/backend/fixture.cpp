// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/backend/fixture.h"

#include "app/backend/schema.h"
#include "app/backend/servicetokens.h"
#include "app/protocol/endpoints.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <unistd.h>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace backend;

namespace {

template <typename T>
T take(Result<T> result)
{
    if (!result)
        qFatal("the fixture could not be made: %s", qPrintable(result.error().detail));
    return *std::move(result);
}

} // namespace

Backend::Backend(qint64 maxBytes, const Origins& origins, bool defersVariants)
    : connections(take(Connections::open(databasePath(directory.path()), migrations())))
    , identity(std::make_unique<Identity>(take(loadIdentity(*connections))))
    , keys(*connections, clock)
    , verifier(std::make_unique<JwtVerifier>([this](const QString& id) { return keys.find(id); },
                                             identity->issuer, identity->audience, clock))
    , gate(std::make_unique<Gate>(*connections, *verifier))
    , delivery(identity->account, identity->urlKey, clock)
    , store(take(ImageStore::open(directory.path(), *connections, clock,
                                  [this](const QString& id) { cache.forget(delivery.paths(id)); })))
    , attempts(clock)
    , limits{.bytes = maxBytes}
    , ingest(pictures, limits, pixels)
    , maker(*store, ingest, {1h, 1ms}) // for as long as a test holds it up
    , token(take(issueServiceToken(directory.path(), u"tests"_s, TokenLife::Kept)))
{
    application = std::make_unique<BackendApplication>(
        Services{*store, delivery, *gate, *identity, keys, cache, ingest, maker, attempts, pixels,
                 metrics, limits, defersVariants},
        origins);
}

http::Response Backend::ask(const QByteArray& method, const QByteArray& target,
                            http::Headers headers, const QByteArray& body, qsizetype pieceSize)
{
    http::RequestHead head = http::requestHead(method, target, std::move(headers));
    head.headers.set("Host", "127.0.0.1:4711");
    head.contentLength = body.size();
    if (auto recalled = application->recall(head))
        return *std::move(recalled);
    http::Opened opened = application->open(head);
    if (auto* response = std::get_if<http::Response>(&opened))
        return *response;
    auto exchange = std::get<std::unique_ptr<http::Exchange>>(std::move(opened));
    for (qsizetype at = 0; at < body.size(); at += pieceSize) {
        const auto piece = QByteArrayView(body).sliced(at, qMin(pieceSize, body.size() - at));
        if (auto early = exchange->take(piece))
            return *early;
    }
    return exchange->finish();
}

http::Headers Backend::ownersHeaders() const
{
    return {{protocol::header::kAccessClientId, token.clientId.toLatin1()},
            {protocol::header::kAccessClientSecret, token.clientSecret.reveal()}};
}

http::Response Backend::askAsOwner(const QByteArray& method, const QByteArray& target,
                                   http::Headers headers, const QByteArray& body)
{
    const http::Headers own = ownersHeaders();
    for (const auto& [name, value] : own.fields())
        headers.add(name, value);
    return ask(method, target, std::move(headers), body);
}

http::Response Backend::upload(const QByteArray& bytes, bool isPrivate, http::Headers headers)
{
    headers.add("Content-Type", formType());
    headers.add("Prefer", "return=representation");
    return askAsOwner("POST", "/api/admin/upload", std::move(headers),
                      form(bytes, "boat.jpg", "A boat", isPrivate));
}

QJsonObject Backend::share(const QByteArray& bytes, bool isPrivate, const QByteArray& key)
{
    http::Headers headers;
    if (!key.isEmpty())
        headers.add("Idempotency-Key", key);
    return json(upload(bytes, isPrivate, std::move(headers)));
}

QJsonObject Backend::item(const QString& id)
{
    const auto images = json(askAsOwner("GET", "/api/admin/images"))["images"_L1].toArray();
    for (const auto& image : images) {
        if (image.toObject()["id"_L1].toString() == id)
            return image.toObject();
    }
    return {};
}

int Backend::fileCount() const
{
    int count = 0;
    for (const QString& folder : {u"/images"_s, u"/incoming"_s}) {
        QDirIterator files(directory.path() + folder, QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        for (; files.hasNext(); files.next())
            ++count;
    }
    return count;
}

QByteArray form(const QByteArray& bytes, const QByteArray& fileName, const QByteArray& alt,
                bool isPrivate)
{
    const QByteArray start = QByteArray("--") + kBoundary + "\r\nContent-Disposition: form-data; ";
    QByteArray text;
    if (!fileName.isNull())
        text += start + "name=\"file\"; filename=\"" + fileName +
                "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes + "\r\n";
    text += start + "name=\"alt\"\r\n\r\n" + alt + "\r\n";
    if (isPrivate)
        text += start + "name=\"isPrivate\"\r\n\r\non\r\n";
    return text + "--" + kBoundary + "--\r\n";
}

QByteArray formType()
{
    return QByteArray("multipart/form-data; boundary=") + kBoundary;
}

QJsonObject json(const http::Response& response)
{
    return QJsonDocument::fromJson(response.body).object();
}

QByteArray content(const http::Response& response)
{
    if (!response.file)
        return response.body;
    QByteArray bytes(response.file->length, '\0');
    const ssize_t count = ::pread(response.file->file->descriptor(), bytes.data(),
                                  size_t(bytes.size()), response.file->offset);
    return bytes.left(count);
}

QByteArray targetOf(const QString& url)
{
    return QUrl(url).toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority);
}

} // namespace vitrine::test
