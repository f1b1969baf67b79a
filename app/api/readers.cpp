// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/readers.h"

#include "app/api/bodyplace.h"
#include "app/api/contentdisposition.h"
#include "app/api/statusmapping.h"
#include "app/base/log.h"
#include "app/protocol/problem.h"

#include <QJsonDocument>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;

bool knowsNoSuchEndpoint(const Answer& answer)
{
    return answer.status == 404 || answer.status == 405 || answer.status == 501 ||
           (answer.status == 200 && answer.isHtml());
}

bool isAsWanted(const protocol::Image& image, const protocol::ImagePatch& patch)
{
    return image.alt == patch.alt.value_or(image.alt) &&
           image.isPrivate == patch.isPrivate.value_or(image.isPrivate);
}

} // namespace

Result<bool> readSetUp(const Answer& answer)
{
    if (plainTrue(answer))
        return true;
    if (auto refused = refusal(answer))
        return failure(*std::move(refused));
    if (answer.body.trimmed() == "false")
        return false;
    return failure(ErrorKind::BadAnswer, u"neither true nor false"_s);
}

Result<protocol::Capabilities> readCapabilities(const Answer& answer)
{
    if (knowsNoSuchEndpoint(answer))
        return protocol::Capabilities::defaults();
    return jsonObject(answer).and_then(protocol::capabilitiesFromJson);
}

Result<protocol::Page> readPage(const Answer& answer)
{
    auto page = jsonObject(answer).and_then(protocol::pageFromJson);
    if (page && page->leftOut > 0)
        qCWarning(logApi) << page->leftOut << "items of a listing could not be read";
    return page;
}

Result<ApiClient::FirstPage> readFirstPage(const Answer& answer)
{
    if (answer.status == 304)
        return ApiClient::FirstPage{{}, answer.header("ETag"), true};
    return readPage(answer).map([&](protocol::Page&& page) {
        return ApiClient::FirstPage{std::move(page), answer.header("ETag"), false};
    });
}

Result<protocol::Image> readImage(const Answer& answer)
{
    return jsonObject(answer).and_then(protocol::imageFromJson);
}

Result<protocol::Image> readUpload(const Answer& answer, const UploadRequest& request)
{
    if (!plainTrue(answer))
        return readImage(answer);
    protocol::Image image;
    image.name = request.name;
    image.alt = request.alt;
    image.isPrivate = request.isPrivate;
    return image;
}

Result<void> readTriedUpload(const Answer& answer)
{
    const auto body = QJsonDocument::fromJson(answer.body).object();
    const bool isWords = !protocol::problemSentence(body).isEmpty();
    const bool isAboutTheForm = answer.status == 400 || answer.status == 413 ||
                                answer.status == 415 || answer.status == 422 ||
                                answer.status == 500;
    if (isAboutTheForm && isWords)
        return {};
    if (auto refused = refusal(answer))
        return failure(*std::move(refused));
    return failure(ErrorKind::BadAnswer, u"an upload of nothing was taken"_s);
}

Result<protocol::Image> readPatched(const Answer& answer, const protocol::ImagePatch& patch)
{
    if (answer.status == 412) {
        const auto current = protocol::imageFromJson(QJsonDocument::fromJson(answer.body).object());
        if (current && isAsWanted(*current, patch))
            return current;
    }
    return readImage(answer);
}

std::optional<protocol::Image> readCurrent(const Answer& answer, const QString& id)
{
    if (answer.status != 412)
        return {};
    const auto current = protocol::imageFromJson(QJsonDocument::fromJson(answer.body).object());
    return current && current->id == id ? std::optional(*current) : std::nullopt;
}

Result<void> readRemoved(const Answer& answer)
{
    if (answer.status == 404 || answer.status == 410)
        return {};
    return plainTrue(answer);
}

Result<QUrl> readDownloadUrl(const Answer& answer)
{
    if (!answer.isRedirect() || wantsSignIn(answer)) {
        if (auto refused = refusal(answer)) {
            if (refused->kind == ErrorKind::Forbidden) // an image that guests may not have
                refused->kind = ErrorKind::SignInRequired;
            return failure(*std::move(refused));
        }
        // A server's exception may come dressed as a success; its sentence says more than we can.
        if (const auto object = jsonObject(answer); !object)
            return failure(object.error());
        return failure(ErrorKind::BadAnswer, u"no redirect to the picture"_s);
    }
    const QUrl location = QUrl::fromEncoded(answer.header("Location"), QUrl::TolerantMode);
    const QUrl target = answer.url.resolved(location);
    const bool isHttp = target.scheme() == "http"_L1 || target.scheme() == "https"_L1;
    if (!target.isValid() || !isHttp || target.host().isEmpty())
        return failure(ErrorKind::BadAnswer, u"redirected to nowhere good"_s);
    return target;
}

Result<QByteArray> readBytes(const Answer& answer)
{
    return placeOfBody(answer).map([&](const BodyPlace&) { return answer.body; });
}

Result<ApiClient::Saved> readSaved(const Answer& answer, const BodyAsked& asked)
{
    const auto place = placeOfBody(answer, asked);
    if (!place)
        return failure(place.error());
    const qint64 bytes = place->start + answer.bodySize;
    if (place->total > 0 && bytes != place->total) // a server may send less than was asked for
        return failure(ErrorKind::Network, u"a part of the rest"_s);
    return ApiClient::Saved{bytes, fileNameFrom(answer.header("Content-Disposition")),
                            QString::fromLatin1(answer.mediaType()), place->total > 0};
}

} // namespace vitrine::api
