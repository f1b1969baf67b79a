// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/imagestore.h"
#include "app/backend/urlsigner.h"

#include <QUrl>

namespace vitrine::backend {

/// The addresses under /imagedelivery/, and who is told which. Any thread.
class Delivery
{
public:
    /// \a clock must outlive this.
    Delivery(const QString& account, const QByteArray& urlKey, const Clock& clock);

    // Addresses begin with the origin by which the one who asks reached the server, so that they
    // lead there again (http::RequestHead::origin()).

    /// The image as everybody may see it: a private one blurred and without its words.
    protocol::Image forGuest(const StoredImage& stored, const QByteArray& origin) const;
    /// The image as its owner sees it.
    protocol::Image forOwner(const StoredImage& stored, const QByteArray& origin) const;
    /// Valid for an hour.
    QUrl highresUrl(const StoredImage& stored, const QByteArray& origin) const;

    /// For as long as this is the same, so are the addresses of previews.
    QByteArray previewTerm() const;

    /// What an address asks for.
    struct Target {
        QString id;
        Form form = Form::Preview;
    };
    std::optional<Target> parse(const QByteArray& path) const;
    /// Where the variants of an image lie.
    QList<QByteArray> paths(const QString& id) const;
    /// Whether \a head may have the bytes now; \a epoch is the image's.
    bool mayHave(const http::RequestHead& head, const QByteArray& epoch, Form form) const;

private:
    QByteArray path(const QString& id, Form form) const;
    QByteArray signedPath(const StoredImage& stored, Form form, const QDateTime& expires) const;
    QUrl previewUrl(const StoredImage& stored, const QByteArray& origin) const;
    qint64 hour() const;

    const QByteArray m_prefix; ///< "/imagedelivery/<account>/"
    const UrlSigner m_signer;
    const Clock& m_clock;
};

} // namespace vitrine::backend
