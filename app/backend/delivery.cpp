// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/delivery.h"

#include "app/protocol/endpoints.h"

#include <array>

namespace vitrine::backend {
namespace {

constexpr qint64 kHourSeconds = 60 * 60;

struct Variant {
    QLatin1StringView name;
    Form form;
};

constexpr std::array kVariantNames{
    Variant{protocol::variant::kPreview, Form::Preview},
    Variant{protocol::variant::kBlurred, Form::Blurred},
    Variant{protocol::variant::kHighres, Form::Highres},
};

QByteArray variantName(Form form)
{
    for (const auto& [name, itsForm] : kVariantNames) {
        if (itsForm == form)
            return {name.data(), name.size()};
    }
    return {};
}

} // namespace

Delivery::Delivery(const QString& account, const QByteArray& urlKey, const Clock& clock)
    : m_prefix(QString(protocol::path::kDelivery).toLatin1() + account.toLatin1() + '/')
    , m_signer(urlKey)
    , m_clock(clock)
{}

protocol::Image Delivery::forGuest(const StoredImage& stored, const QByteArray& origin) const
{
    protocol::Image image = stored.image;
    image.sha256.clear();
    if (!image.isPrivate) {
        image.previewUrl = previewUrl(stored, origin);
        return image;
    }
    image.previewUrl = QUrl::fromEncoded(origin + path(image.id, Form::Blurred));
    image.name.clear();
    image.alt.clear();
    return image;
}

protocol::Image Delivery::forOwner(const StoredImage& stored, const QByteArray& origin) const
{
    protocol::Image image = stored.image;
    image.previewUrl = previewUrl(stored, origin);
    return image;
}

QUrl Delivery::highresUrl(const StoredImage& stored, const QByteArray& origin) const
{
    const QDateTime expires = m_clock.now().addSecs(kHourSeconds);
    return QUrl::fromEncoded(origin + signedPath(stored, Form::Highres, expires));
}

QUrl Delivery::previewUrl(const StoredImage& stored, const QByteArray& origin) const
{
    // The same address within an hour, so that it can be cached; good for one hour to two.
    QDateTime expires = m_clock.now(); // UTC; by way of local time it takes far longer
    expires.setSecsSinceEpoch((hour() + 2) * kHourSeconds);
    return QUrl::fromEncoded(origin + signedPath(stored, Form::Preview, expires));
}

QByteArray Delivery::previewTerm() const
{
    return QByteArray::number(hour());
}

qint64 Delivery::hour() const
{
    return m_clock.now().toSecsSinceEpoch() / kHourSeconds;
}

QByteArray Delivery::signedPath(const StoredImage& stored, Form form,
                                const QDateTime& expires) const
{
    return m_signer.sign(path(stored.image.id, form), expires, stored.epoch);
}

QByteArray Delivery::path(const QString& id, Form form) const
{
    return m_prefix + id.toLatin1() + '/' + variantName(form);
}

QList<QByteArray> Delivery::paths(const QString& id) const
{
    QList<QByteArray> paths;
    for (const Form form : kVariants)
        paths.append(path(id, form));
    return paths;
}

std::optional<Delivery::Target> Delivery::parse(const QByteArray& path) const
{
    if (!path.startsWith(m_prefix))
        return std::nullopt;
    const QByteArrayView rest = QByteArrayView(path).sliced(m_prefix.size());
    const qsizetype slash = rest.indexOf('/');
    if (slash < 0)
        return std::nullopt;
    for (const auto& [name, form] : kVariantNames) {
        if (rest.sliced(slash + 1) == QByteArrayView(name.data(), name.size()))
            return Target{QString::fromLatin1(rest.first(slash)), form};
    }
    return std::nullopt;
}

bool Delivery::mayHave(const http::RequestHead& head, const QByteArray& epoch, Form form) const
{
    return form == Form::Blurred || m_signer.isValid(head, m_clock.now(), epoch);
}

} // namespace vitrine::backend
