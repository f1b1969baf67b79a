// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/uploadexchange.h"

#include "app/backend/answers.h"
#include "app/backend/digestfield.h"
#include "app/backend/formdigest.h"
#include "app/backend/limits.h"
#include "app/protocol/endpoints.h"

#include <algorithm>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;
namespace header = protocol::header;

/// What the head of an upload asks for.
struct UploadTerms {
    QByteArray boundary;
    QString key;
    QByteArray digest; ///< raw SHA-256 that the client announced; empty if none
    QByteArray origin; ///< of the addresses in the answer
    bool wantsItem = false;
};

bool isUsableKey(const QByteArray& key)
{
    return !key.isEmpty() && key.size() <= kMaxKeyLength &&
           std::all_of(key.cbegin(), key.cend(), [](char c) { return c > 0x20 && c < 0x7f; });
}

class UploadExchange final : public http::Exchange
{
public:
    UploadExchange(const Services& services, UploadTerms terms, std::unique_ptr<Incoming> incoming)
        : m_services(services)
        , m_upload(services.maker)
        , m_terms(std::move(terms))
        , m_form(std::move(incoming), services.limits.bytes)
        , m_digest(m_terms.digest, m_form)
        , m_parser(m_terms.boundary, m_digest)
    {}

    std::optional<http::Response> take(QByteArrayView piece) override;
    http::Response finish() override;
    http::Lane lane() const override
    {
        return m_services.defersVariants ? http::Lane::Durable : http::Lane::Heavy;
    }

private:
    Result<KeyOutcome> store();
    Result<KeyOutcome> add(NewImage properties);
    Result<KeyOutcome> addWaiting(NewImage properties);
    http::Response answer(const StoredImage& stored, int status) const;

    const Services& m_services;
    const VariantMaker::Upload m_upload;
    const UploadTerms m_terms;
    UploadForm m_form;
    FormDigest m_digest;
    http::MultipartParser m_parser;
    qint64 m_received = 0;
    bool m_isNew = false;
};

std::optional<http::Response> UploadExchange::take(QByteArrayView piece)
{
    m_received += piece.size();
    if (m_received > m_services.limits.bytes + kMaxFormOverhead)
        return problemAnswer(Error{ErrorKind::TooLarge, {}, {}});
    if (auto fed = m_parser.feed(piece); !fed)
        return problemAnswer(fed.error());
    return std::nullopt;
}

http::Response UploadExchange::finish()
{
    const auto outcome = store();
    if (!outcome)
        return problemAnswer(outcome.error());
    if (const auto* stored = std::get_if<StoredImage>(&*outcome))
        return answer(*stored, m_isNew ? 201 : 200);
    return problemAnswer(410, u"This image was shared before and deleted since."_s);
}

Result<KeyOutcome> UploadExchange::store()
{
    if (!m_parser.isComplete())
        return failure(ErrorKind::InvalidInput, u"The form is cut off."_s);
    if (auto finished = m_form.finish(); !finished)
        return failure(finished.error());
    if (!m_digest.isRight())
        return failure(ErrorKind::InvalidInput, u"The file was damaged on its way."_s);
    auto before = m_services.store.outcome(m_terms.key);
    if (!before || !std::holds_alternative<Unused>(*before))
        return before;
    NewImage properties;
    properties.name = m_form.fileName();
    properties.alt = m_form.alt();
    properties.isPrivate = m_form.isPrivate();
    properties.key = m_terms.key;
    auto stored =
        m_services.defersVariants ? addWaiting(std::move(properties)) : add(std::move(properties));
    m_isNew = stored.has_value();
    return stored;
}

Result<KeyOutcome> UploadExchange::add(NewImage properties)
{
    const auto found = m_services.ingest.read(m_form.incoming().originalPath());
    if (!found)
        return failure(found.error());
    describe(properties, *found);
    return addVariants(m_form.incoming(), *found).and_then([&] {
        return m_services.store.add(m_form.incoming(), properties);
    });
}

Result<KeyOutcome> UploadExchange::addWaiting(NewImage properties)
{
    const auto found = m_services.ingest.glance(m_form.incoming().originalPath());
    if (!found)
        return failure(found.error());
    describe(properties, *found);
    auto stored = m_services.store.addWaiting(m_form.incoming(), properties);
    m_services.maker.wake(m_form.incoming().digest());
    return stored;
}

http::Response UploadExchange::answer(const StoredImage& stored, int status) const
{
    if (!m_terms.wantsItem)
        return trueAnswer();
    const protocol::Image item = m_services.delivery.forOwner(stored, m_terms.origin);
    http::Response response = jsonAnswer(protocol::toJson(item), status);
    response.headers.add("Preference-Applied", header::kReturnRepresentation);
    response.headers.add("ETag", '"' + QByteArray::number(item.revision) + '"');
    return response;
}

Result<UploadTerms> termsFrom(const http::RequestHead& head)
{
    const http::Headers& headers = head.headers;
    UploadTerms terms;
    terms.origin = head.origin();
    terms.boundary = http::MultipartParser::boundaryOf(headers.value("Content-Type"));
    terms.wantsItem = headers.value(header::kPrefer).contains(header::kReturnRepresentation);
    if (headers.contains(header::kIdempotencyKey)) {
        const QByteArray key = headers.value(header::kIdempotencyKey);
        if (headers.count(header::kIdempotencyKey) > 1 || !isUsableKey(key))
            return failure(ErrorKind::InvalidInput, u"The Idempotency-Key cannot be used."_s);
        terms.key = QString::fromLatin1(key);
    }
    auto digest = sha256FromDigestField(headers.values(header::kContentDigest).join(", "));
    if (!digest)
        return failure(digest.error());
    terms.digest = *std::move(digest);
    return terms;
}

} // namespace

http::Opened openUpload(const Services& services, const http::RequestHead& head)
{
    auto terms = termsFrom(head);
    if (!terms)
        return problemAnswer(terms.error());
    if (terms->boundary.isEmpty())
        return problemAnswer(415, u"An upload is a form (multipart/form-data)."_s);
    if (head.contentLength.value_or(0) > services.limits.bytes + kMaxFormOverhead)
        return problemAnswer(Error{ErrorKind::TooLarge, {}, {}});
    auto incoming = services.store.begin();
    if (!incoming)
        return problemAnswer(incoming.error());
    return std::make_unique<UploadExchange>(services, *std::move(terms), *std::move(incoming));
}

} // namespace vitrine::backend
