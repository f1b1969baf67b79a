// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/answers.h"
#include "app/backend/filename.h"
#include "app/backend/http/conditional.h"
#include "app/backend/limits.h"
#include "app/backend/listing.h"
#include "app/backend/revisions.h"
#include "app/backend/routes.h"
#include "app/backend/uploadexchange.h"
#include "app/protocol/endpoints.h"

#include <QJsonDocument>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;
namespace path = protocol::path;

http::Opened buffered(BufferedExchange::Answer answer)
{
    return std::make_unique<BufferedExchange>(kMaxJsonBytes, http::Lane::Durable,
                                              std::move(answer));
}

std::optional<QJsonObject> objectFrom(const QByteArray& body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

http::Response itemAnswer(const Services& services, const StoredImage& stored,
                          const QByteArray& origin, int status = 200)
{
    http::Response response =
        jsonAnswer(protocol::toJson(services.delivery.forOwner(stored, origin)), status);
    response.headers.add("ETag", '"' + QByteArray::number(stored.image.revision) + '"');
    return response;
}

http::Response uploadOutcome(const Services& services, const Call& call)
{
    const auto outcome = services.store.outcome(call.argument);
    if (!outcome)
        return problemAnswer(outcome.error());
    if (const auto* stored = std::get_if<StoredImage>(&*outcome))
        return itemAnswer(services, *stored, call.head.origin());
    return problemAnswer(404, u"There is no image of this upload."_s);
}

/// What the head of an edit asks for.
struct EditTerms {
    QString id;
    QList<qint64> revisions;
    QByteArray origin; ///< of the addresses in the answer
};

http::Response edit(const Services& services, const EditTerms& terms, const QByteArray& body)
{
    const auto object = objectFrom(body);
    if (!object)
        return problemAnswer(400, u"The request is no JSON object."_s);
    const auto patch = protocol::patchFromJson(*object);
    if (!patch)
        return problemAnswer(patch.error());
    if (patch->alt && patch->alt->toUtf8().size() > kMaxAltBytes)
        return problemAnswer(400, u"The alt text is too long."_s);
    const auto edited = services.store.edit(terms.id, terms.revisions, *patch);
    if (!edited)
        return problemAnswer(edited.error());
    return itemAnswer(services, edited->current, terms.origin, edited->isConflict ? 412 : 200);
}

http::Opened openEdit(const Services& services, const Call& call)
{
    const auto revisions = revisionsFrom(call.head.headers);
    if (!revisions)
        return problemAnswer(revisions.error());
    return buffered([&services, terms = EditTerms{call.argument, *revisions, call.head.origin()}](
                        const QByteArray& body) { return edit(services, terms, body); });
}

http::Response remove(const Services& services, const QByteArray& body)
{
    const auto object = objectFrom(body);
    const QString id = object ? object->value("id"_L1).toString() : QString();
    if (id.isEmpty())
        return problemAnswer(400, u"The request names no \"id\"."_s);
    const auto removed = services.store.remove(id);
    return removed ? trueAnswer() : problemAnswer(removed.error());
}

std::shared_ptr<const http::OpenFile> openOriginal(const ImageStore& store,
                                                   const StoredImage& stored)
{
    for (const QString& place : store.originalPlaces(stored)) {
        if (auto file = http::OpenFile::open(place))
            return file;
    }
    return nullptr;
}

http::Response original(const Services& services, const http::RequestHead& head)
{
    const auto stored = services.store.find(head.parameter(u"id"_s));
    if (!stored)
        return problemAnswer(stored.error());
    const auto file = openOriginal(services.store, *stored);
    if (!file)
        return problemAnswer(services.store.whyNotThere(*stored, u"an original is missing"_s));
    http::Response response;
    response.file = http::FileRange{file, 0, file->size()};
    response.headers.add("Content-Type", stored->image.type.toLatin1());
    response.headers.add("Content-Disposition", attachmentDisposition(stored->image.name));
    response.headers.add("Cache-Control", "private, no-store");
    response.headers.add("ETag", '"' + stored->image.sha256.toHex() + '"');
    return http::conditional(head, std::move(response));
}

http::Response metrics(const Services& services)
{
    const auto totals = services.store.totals();
    if (!totals)
        return problemAnswer(totals.error());
    http::Response response;
    response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.headers.add("Cache-Control", "private, no-store");
    response.body = services.metrics.text(
        {totals->images, totals->files, totals->bytes, totals->waiting, services.pixels.used()});
    return response;
}

} // namespace

void addAdminRoutes(Router& router, const Services& services)
{
    router.add("POST", pattern(path::kAdminUpload),
               [&services](const Call& call) { return openUpload(services, call.head); });
    router.add("GET", pattern(path::kAdminUploads, "*"),
               [&services](const Call& call) { return uploadOutcome(services, call); });
    router.add("GET", pattern(path::kAdminImages), [&services](const Call& call) {
        return listing(services, call.head, &Delivery::forOwner);
    });
    router.add("PATCH", pattern(path::kAdminImages, "/*"),
               [&services](const Call& call) { return openEdit(services, call); });
    router.add("POST", pattern(path::kAdminDelete), [&services](const Call&) {
        return buffered([&services](const QByteArray& body) { return remove(services, body); });
    });
    router.add("GET", pattern(path::kAdminOriginal),
               [&services](const Call& call) { return original(services, call.head); });
    router.add("GET", pattern(path::kAdminMetrics),
               [&services](const Call&) { return metrics(services); });
}

} // namespace vitrine::backend
