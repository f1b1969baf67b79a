// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/readers.h"

#include "app/api/contentdisposition.h"
#include "app/api/statusmapping.h"

#include <QJsonDocument>

#include <optional>

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

// Whether the answer is a whole body of a file, and not a page for people or a part of it.
std::optional<Error> notAFile(const Answer& answer)
{
    if (auto refused = refusal(answer))
        return refused;
    const QByteArray encoding = answer.header("Content-Encoding");
    const bool isPlain = encoding.isEmpty() || encoding == "identity";
    if (answer.status != 200 || answer.isHtml() || !isPlain)
        return Error{ErrorKind::BadAnswer, u"not a file"_s, {}};
    return {};
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
    return jsonObject(answer).and_then(protocol::pageFromJson);
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

Result<protocol::Image> readPatched(const Answer& answer, const protocol::ImagePatch& patch)
{
    if (answer.status == 412) {
        const auto current = protocol::imageFromJson(QJsonDocument::fromJson(answer.body).object());
        if (current && isAsWanted(*current, patch))
            return current;
    }
    return readImage(answer);
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
    if (auto problem = notAFile(answer))
        return failure(*std::move(problem));
    return answer.body;
}

Result<ApiClient::Saved> readSaved(const Answer& answer)
{
    if (auto problem = notAFile(answer))
        return failure(*std::move(problem));
    return ApiClient::Saved{answer.bodySize, fileNameFrom(answer.header("Content-Disposition")),
                            QString::fromLatin1(answer.mediaType())};
}

} // namespace vitrine::api
