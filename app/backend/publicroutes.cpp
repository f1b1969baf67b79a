// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/answers.h"
#include "app/backend/http/conditional.h"
#include "app/backend/listing.h"
#include "app/backend/routes.h"
#include "app/protocol/capabilities.h"
#include "app/protocol/endpoints.h"

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;
using protocol::Capabilities;
namespace path = protocol::path;

QByteArray pattern(QLatin1StringView path, const char* rest = "")
{
    return QByteArray(path.data(), path.size()) + rest;
}

http::Response capabilities(const imaging::Limits& limits)
{
    using Feature = Capabilities::Feature;
    Capabilities own;
    own.features = {Feature::Privacy,     Feature::Alt,      Feature::Delete,
                    Feature::Idempotency, Feature::Original, Feature::Conditional};
    own.maxBytes = limits.bytes;
    own.maxPixels = limits.pixels;
    own.maxSide = limits.side;
    return jsonAnswer(protocol::toJson(own));
}

http::Response download(const Services& services, const http::RequestHead& head)
{
    const QString id = head.parameter(u"id"_s);
    auto stored = services.store.find(id);
    if (!stored)
        return problemAnswer(stored.error());
    const auto verdict =
        stored->image.isPrivate ? services.gate.judge(head.headers) : Gate::Verdict::Passed;
    if (verdict == Gate::Verdict::Refused)
        return accessDenied();
    if (verdict == Gate::Verdict::Guest)
        return problemAnswer(403, u"This image is private."_s);
    if (head.method == "GET") { // HEAD takes nothing home
        // It may have been made private since: then only those go on who were asked for Access.
        using Private = ImageStore::Private;
        const auto access = stored->image.isPrivate ? Private::Allowed : Private::Refused;
        stored = services.store.countDownload(id, access);
    }
    if (!stored && stored.error().kind == ErrorKind::Forbidden)
        return problemAnswer(403, u"This image is private."_s);
    if (!stored)
        return problemAnswer(stored.error());
    http::Response response;
    response.status = 302;
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.headers.add("Cache-Control", "private, no-store");
    response.headers.add("Location", services.delivery.highresUrl(*stored).toEncoded());
    return response;
}

/// How long others may keep a variant. The blurred one may be seen by everybody for ever; of the
/// sharp ones a copy has to ask each time, because making an image private holds at once.
QByteArray cacheControl(const protocol::Image& image, Form form)
{
    if (form == Form::Blurred)
        return "public, max-age=86400, immutable";
    return image.isPrivate ? "private, no-store" : "private, no-cache";
}

http::Response deliver(const Services& services, const http::RequestHead& head)
{
    const auto target = services.delivery.parse(head.path);
    const auto stored = target ? services.store.find(target->id)
                               : Result<StoredImage>(failure(ErrorKind::NotFound));
    if (!stored)
        return problemAnswer(stored.error());
    if (!services.delivery.mayHave(head, *stored, target->form))
        return problemAnswer(403, u"This address is not signed, or not any more."_s);
    const auto file = http::OpenFile::open(services.store.path(*stored, target->form));
    if (!file)
        return problemAnswer(Error{ErrorKind::Storage, u"a variant is missing"_s, {}});
    http::Response response;
    response.file = http::FileRange{file, 0, file->size()};
    response.headers.add("Content-Type", "image/jpeg");
    response.headers.add("Cache-Control", cacheControl(stored->image, target->form));
    // Not by the bytes' hash: that would tell what a private image is to whoever has its bytes.
    response.headers.add("ETag", '"' + sha256(head.path).toHex().first(32) + '"');
    return http::conditional(head, std::move(response));
}

} // namespace

void addPublicRoutes(Router& router, const Services& services)
{
    router.add("GET", pattern(path::kSetup), [](const Call&) { return trueAnswer(); });
    router.add("GET", pattern(path::kCapabilities),
               [&services](const Call&) { return capabilities(services.limits); });
    router.add("GET", pattern(path::kImages), [&services](const Call& call) {
        return listing(services, call.head, &Delivery::forGuest);
    });
    router.add("GET", pattern(path::kDownload),
               [&services](const Call& call) { return download(services, call.head); });
    router.add("GET", pattern(path::kDelivery, "**"),
               [&services](const Call& call) { return deliver(services, call.head); });
    router.add("GET", pattern(path::kAccessCerts), [&services](const Call&) {
        return jsonAnswer(services.identity.accessKey.publicKeySet());
    });
}

} // namespace vitrine::backend
