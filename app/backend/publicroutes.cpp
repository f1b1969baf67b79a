// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/answers.h"
#include "app/backend/credentialrefusal.h"
#include "app/backend/http/conditional.h"
#include "app/backend/limits.h"
#include "app/backend/listing.h"
#include "app/backend/routes.h"
#include "app/protocol/capabilities.h"
#include "app/protocol/endpoints.h"

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;
using protocol::Capabilities;
namespace path = protocol::path;

http::Response capabilities(const imaging::Limits& limits)
{
    using Feature = Capabilities::Feature;
    Capabilities own;
    own.features = {Feature::Privacy,     Feature::Alt,      Feature::Delete,
                    Feature::Idempotency, Feature::Original, Feature::Conditional};
    own.maxBytes = limits.bytes;
    own.maxPixels = limits.pixels;
    own.maxSide = limits.side;
    own.types = imaging::readableTypes();
    return jsonAnswer(protocol::toJson(own));
}

http::Response locationAnswer(const Services& services, const StoredImage& stored,
                              const QByteArray& origin)
{
    http::Response response;
    response.status = 302;
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.headers.add("Cache-Control", "private, no-store");
    response.headers.add("Location", services.delivery.highresUrl(stored, origin).toEncoded());
    return response;
}

/// \a access: it may have been made private since it was looked at; then only those go on who were
/// asked for Access.
http::Response countedDownload(const Services& services, const QString& id,
                               const QByteArray& origin, ImageStore::Private access)
{
    const auto stored = services.store.countDownload(id, access);
    if (!stored && stored.error().kind == ErrorKind::Forbidden)
        return problemAnswer(403, u"This image is private."_s);
    return stored ? locationAnswer(services, *stored, origin) : problemAnswer(stored.error());
}

/// None if the variants are there. If they are still to be made, they are the next.
std::optional<http::Response> answerWithoutVariants(const Services& services,
                                                    const StoredImage& stored)
{
    if (!stored.image.placeholder.isEmpty())
        return std::nullopt;
    const QByteArray& digest = stored.image.sha256;
    const auto waits = services.store.isWaiting(digest);
    if (!waits)
        return problemAnswer(waits.error());
    if (!*waits)
        return std::nullopt;
    if (services.maker.hasGivenUp(digest))
        return problemAnswer(404, u"This picture cannot be shown."_s);
    services.maker.hurry(digest);
    return notYetAnswer();
}

http::Opened openDownload(const Services& services, const http::RequestHead& head)
{
    const auto stored = services.store.find(head.parameter(u"id"_s));
    if (!stored)
        return problemAnswer(stored.error());
    const auto verdict = stored->image.isPrivate ? services.gate.judge(head.headers)
                                                 : Result<Gate::Verdict>(Gate::Verdict::Passed);
    if (!verdict)
        return accessUnknown(verdict.error());
    if (*verdict == Gate::Verdict::Refused)
        return refuseCredential(services, head);
    if (*verdict == Gate::Verdict::Guest)
        return problemAnswer(403, u"This image is private."_s);
    if (auto answer = answerWithoutVariants(services, *stored)) // and does not count
        return *std::move(answer);
    if (head.method == "HEAD") // takes nothing home
        return locationAnswer(services, *stored, head.origin());
    using Private = ImageStore::Private;
    const auto access = stored->image.isPrivate ? Private::Allowed : Private::Refused;
    return std::make_unique<BufferedExchange>(
        kMaxJsonBytes, http::Lane::Durable,
        [&services, id = stored->image.id, origin = head.origin(), access](const QByteArray&) {
            return countedDownload(services, id, origin, access);
        });
}

/// How long others may keep a variant. The blurred one may be seen by everybody for ever; of the
/// sharp ones a copy has to ask each time, because making an image private holds at once.
QByteArray cacheControl(const protocol::Image& image, Form form)
{
    if (form == Form::Blurred)
        return "public, max-age=86400, immutable";
    return image.isPrivate ? "private, no-store" : "private, no-cache";
}

http::Response variantAnswer(const StoredImage& stored, Form form, const QByteArray& path)
{
    http::Response response;
    response.headers.add("Content-Type", "image/jpeg");
    response.headers.add("Cache-Control", cacheControl(stored.image, form));
    // Not by the bytes' hash: that would tell what a private image is to whoever has its bytes.
    response.headers.add("ETag", '"' + sha256(path).toHex().first(32) + '"');
    return response;
}

http::Response deliver(const Services& services, const http::RequestHead& head)
{
    const quint64 generation = services.cache.generation();
    const auto target = services.delivery.parse(head.path);
    const auto stored = target ? services.store.find(target->id)
                               : Result<StoredImage>(failure(ErrorKind::NotFound));
    if (!stored)
        return problemAnswer(stored.error());
    if (!services.delivery.mayHave(head, stored->epoch, target->form))
        return problemAnswer(403, u"This address is not signed, or not any more."_s);
    if (auto answer = answerWithoutVariants(services, *stored))
        return *std::move(answer);
    const auto file = http::OpenFile::open(services.store.path(*stored, target->form));
    if (!file)
        return problemAnswer(services.store.whyNotThere(*stored, u"a variant is missing"_s));
    http::Response whole = variantAnswer(*stored, target->form, head.path);
    whole.headers.add("Accept-Ranges", "bytes");
    whole.file = http::FileRange{file, 0, file->size()};
    services.cache.keep(generation, head.path, {whole, stored->epoch, target->form});
    return http::conditional(head, std::move(whole));
}

} // namespace

std::optional<http::Response> recalledVariant(const Services& services,
                                              const http::RequestHead& head)
{
    if (head.method != "GET")
        return std::nullopt;
    auto entry = services.cache.find(head.path);
    if (!entry || !services.delivery.mayHave(head, entry->epoch, entry->form))
        return std::nullopt;
    return http::conditional(head, std::move(entry->response));
}

void addPublicRoutes(Router& router, const Services& services)
{
    // First what is asked for most: the first pattern that matches is taken.
    router.add("GET", pattern(path::kDelivery, "**"),
               [&services](const Call& call) { return deliver(services, call.head); });
    router.add("GET", pattern(path::kSetup), [](const Call&) { return trueAnswer(); });
    router.add("GET", pattern(path::kCapabilities),
               [&services](const Call&) { return capabilities(services.limits); });
    router.add("GET", pattern(path::kImages), [&services](const Call& call) {
        return listing(services, call.head, &Delivery::forGuest);
    });
    router.add("GET", pattern(path::kDownload),
               [&services](const Call& call) { return openDownload(services, call.head); });
    router.add("GET", pattern(path::kAccessCerts), [&services](const Call&) {
        const auto set = services.keys.publicKeySet();
        return set ? jsonAnswer(*set) : problemAnswer(set.error());
    });
}

} // namespace vitrine::backend
