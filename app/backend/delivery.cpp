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

constexpr std::array kVariants{
    Variant{protocol::variant::kPreview, Form::Preview},
    Variant{protocol::variant::kBlurred, Form::Blurred},
    Variant{protocol::variant::kHighres, Form::Highres},
};

QByteArray variantName(Form form)
{
    for (const auto& [name, itsForm] : kVariants) {
        if (itsForm == form)
            return {name.data(), name.size()};
    }
    return {};
}

} // namespace

Delivery::Delivery(const QUrl& server, const QString& account, const QByteArray& urlKey,
                   const Clock& clock)
    : m_server(server.toEncoded())
    , m_prefix(QString(protocol::path::kDelivery).toLatin1() + account.toLatin1() + '/')
    , m_signer(urlKey)
    , m_clock(clock)
{}

protocol::Image Delivery::forGuest(const StoredImage& stored) const
{
    protocol::Image image = stored.image;
    image.sha256.clear();
    if (!image.isPrivate) {
        image.previewUrl = previewUrl(stored);
        return image;
    }
    image.previewUrl = QUrl::fromEncoded(m_server + path(stored, Form::Blurred));
    image.name.clear();
    image.alt.clear();
    return image;
}

protocol::Image Delivery::forOwner(const StoredImage& stored) const
{
    protocol::Image image = stored.image;
    image.previewUrl = previewUrl(stored);
    return image;
}

QUrl Delivery::highresUrl(const StoredImage& stored) const
{
    return signedUrl(stored, Form::Highres, m_clock.now().addSecs(kHourSeconds));
}

QUrl Delivery::previewUrl(const StoredImage& stored) const
{
    // The same address within an hour, so that it can be cached; good for one hour to two.
    const qint64 hours = m_clock.now().toSecsSinceEpoch() / kHourSeconds;
    const auto expires = QDateTime::fromSecsSinceEpoch((hours + 2) * kHourSeconds).toUTC();
    return signedUrl(stored, Form::Preview, expires);
}

QUrl Delivery::signedUrl(const StoredImage& stored, Form form, const QDateTime& expires) const
{
    return QUrl::fromEncoded(m_server + m_signer.sign(path(stored, form), expires, stored.epoch));
}

QByteArray Delivery::path(const StoredImage& stored, Form form) const
{
    return m_prefix + stored.image.id.toLatin1() + '/' + variantName(form);
}

std::optional<Delivery::Target> Delivery::parse(const QByteArray& path) const
{
    const QList<QByteArray> parts = path.mid(m_prefix.size()).split('/');
    if (!path.startsWith(m_prefix) || parts.size() != 2)
        return std::nullopt;
    for (const auto& [name, form] : kVariants) {
        if (parts[1] == QByteArrayView(name.data(), name.size()))
            return Target{QString::fromLatin1(parts[0]), form};
    }
    return std::nullopt;
}

bool Delivery::mayHave(const http::RequestHead& head, const QByteArray& epoch, Form form) const
{
    return form == Form::Blurred || m_signer.isValid(head, m_clock.now(), epoch);
}

} // namespace vitrine::backend
