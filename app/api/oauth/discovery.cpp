// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/discovery.h"

#include "app/api/exchange.h"
#include "app/api/statusmapping.h"
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/protocol/endpoints.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>

#include <optional>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qint64 kMaxMetadata = 64 * 1024;
constexpr auto kStall = 30s;
constexpr qsizetype kLongestName = 1024;

using Found = Result<AuthorizationServer>;

Order orderOf(const QUrl& url, const QByteArray& json)
{
    Order order;
    order.url = url;
    order.headers = {{"Accept", "application/json"}};
    order.followsRedirects = false;
    order.limit = kMaxMetadata;
    order.stall = kStall;
    if (json.isEmpty())
        return order;
    auto body = std::make_shared<QBuffer>();
    body->setData(json);
    body->open(QIODevice::ReadOnly);
    order.verb = "POST";
    order.headers.emplaceBack("Content-Type", "application/json");
    order.body = body;
    return order;
}

/// Nothing where there are none, as on a server that answers everything with a page or a sign-in.
/// Errors: those of an answer that did not come, and of a server in trouble.
Result<std::optional<QJsonObject>> metadataIn(const Result<Answer>& answer)
{
    if (!answer)
        return failure(answer.error());
    if (answer->status == 200 && answer->mediaType() == "application/json")
        return jsonObject(*answer).map([](QJsonObject o) { return std::optional(std::move(o)); });
    if (answer->status >= 500 || answer->status == 429)
        return failure(*refusal(*answer));
    return std::nullopt;
}

QByteArray introduction(const QString& redirect)
{
    const QJsonObject object{
        {u"client_name"_s, u"Vitrine"_s},
        {u"redirect_uris"_s, QJsonArray{redirect}},
        {u"grant_types"_s, QJsonArray{u"authorization_code"_s, u"refresh_token"_s}},
        {u"response_types"_s, QJsonArray{u"code"_s}},
        {u"token_endpoint_auth_method"_s, u"none"_s},
        {u"application_type"_s, u"native"_s},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<QString> nameIn(const Result<Answer>& answer)
{
    if (!answer)
        return failure(answer.error());
    if (answer->status >= 400 && answer->status < 500 && answer->status != 429)
        return failure(noBrowserSignIn(u"the authorization server takes no strangers"_s));
    const auto object = jsonObject(*answer);
    if (!object)
        return failure(object.error());
    const QString name = (*object)["client_id"_L1].toString();
    if (name.isEmpty() || name.size() > kLongestName)
        return failure(ErrorKind::BadAnswer, u"no client_id"_s);
    return name;
}

} // namespace

Discovery::Discovery(QNetworkAccessManager& network, QObject* parent)
    : QObject(parent), m_network(network)
{}

QFuture<Found> Discovery::find(const QUrl& gallery)
{
    namespace path = protocol::path;
    const auto resource = findResource(gallery, {path::kAdminImages, path::kReferenceUpload});
    return whenDone(this, resource, [this, gallery](const Result<QUrl>& metadata) {
        return metadata ? readResource(gallery, *metadata)
                        : readyFuture(Found(failure(metadata.error())));
    });
}

QFuture<Result<QString>> Discovery::introduce(const AuthorizationServer& server,
                                              const QString& redirect)
{
    return whenDone(this, ask(server.registration, introduction(redirect)), nameIn);
}

QFuture<Result<Answer>> Discovery::ask(const QUrl& url, const QByteArray& json)
{
    auto promise = std::make_shared<QPromise<Result<Answer>>>();
    promise->start();
    auto* exchange = new Exchange(m_network, RequestFactory(url, {}), orderOf(url, json),
                                  Bandwidth::unlimited(), this);
    exchange->start([promise](Result<Answer> answer) {
        promise->addResult(std::move(answer));
        promise->finish();
    });
    return promise->future();
}

// What is guarded says where its metadata are, as it turns away whoever comes without a token.
QFuture<Result<QUrl>> Discovery::findResource(const QUrl& gallery, const QStringList& guarded)
{
    if (guarded.isEmpty())
        return readyFuture(Result<QUrl>(wellKnown(gallery, "oauth-protected-resource"_L1)));
    const QUrl url = RequestFactory(gallery, {}).endpoint(guarded.first());
    return whenDone(this, ask(url), [=, this](const Result<Answer>& answer) {
        if (!answer)
            return readyFuture(Result<QUrl>(failure(answer.error())));
        const QUrl named =
            answer->status == 401 ? resourceMetadataIn(answer->header("WWW-Authenticate")) : QUrl();
        if (named.isEmpty())
            return findResource(gallery, guarded.mid(1));
        return readyFuture(maySignInTo(gallery, named)
                               ? Result<QUrl>(named)
                               : failure(ErrorKind::BadAnswer, u"OAuth metadata elsewhere"_s));
    });
}

QFuture<Found> Discovery::readResource(const QUrl& gallery, const QUrl& metadata)
{
    return whenDone(this, ask(metadata), [this, gallery](const Result<Answer>& answer) {
        const auto resource = metadataIn(answer);
        if (!resource)
            return readyFuture(Found(failure(resource.error())));
        if (!*resource)
            return readServer(gallery, {}, {});
        const auto issuer = issuerIn(**resource, gallery);
        return issuer ? readServer(gallery, *issuer, (**resource)["resource"_L1].toString())
                      : readyFuture(Found(failure(issuer.error())));
    });
}

QFuture<Found> Discovery::readServer(const QUrl& gallery, const QUrl& issuer,
                                     const QString& resource)
{
    const QUrl url =
        wellKnown(issuer.isEmpty() ? gallery : issuer, "oauth-authorization-server"_L1);
    return whenDone(this, ask(url), [=](const Result<Answer>& answer) -> Found {
        const auto metadata = metadataIn(answer);
        if (!metadata)
            return failure(metadata.error());
        if (!*metadata)
            return failure(noBrowserSignIn(u"no OAuth metadata"_s));
        auto server = authorizationServerIn(**metadata, issuer, gallery);
        if (server)
            server->resource = resource;
        return server;
    });
}

} // namespace vitrine::api
