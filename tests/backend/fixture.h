// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/access/credential.h"
#include "app/backend/backendapplication.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/support/fakeclock.h"

#include <QJsonObject>
#include <QTemporaryDir>

namespace vitrine::test {

/// The backend without a socket: a data directory, the application over it, and an owner's token.
class Backend
{
public:
    explicit Backend(qint64 maxBytes = 1'000'000,
                     const backend::Origins& origins = backend::Origins({}),
                     bool defersVariants = false);

    /// Puts a request through the application as the HTTP server would. Bodies go in pieces of
    /// \a pieceSize bytes.
    backend::http::Response ask(const QByteArray& method, const QByteArray& target,
                                backend::http::Headers headers = {}, const QByteArray& body = {},
                                qsizetype pieceSize = 7919);
    /// The same with the owner's service token.
    backend::http::Response askAsOwner(const QByteArray& method, const QByteArray& target,
                                       backend::http::Headers headers = {},
                                       const QByteArray& body = {});
    /// Uploads as the owner and gives the item.
    QJsonObject share(const QByteArray& bytes, bool isPrivate = false, const QByteArray& key = {});
    backend::http::Response upload(const QByteArray& bytes, bool isPrivate = false,
                                   backend::http::Headers headers = {});
    /// The owner's item of an image.
    QJsonObject item(const QString& id);

    backend::http::Headers ownersHeaders() const;
    /// Regular files below images/ and incoming/.
    int fileCount() const;

    QTemporaryDir directory;
    FakeClock clock;
    std::unique_ptr<backend::Connections> connections;
    std::unique_ptr<backend::Identity> identity;
    backend::AccessKeys keys;
    std::unique_ptr<backend::JwtVerifier> verifier;
    std::unique_ptr<backend::Gate> gate;
    const backend::Delivery delivery;
    backend::VariantCache cache;
    std::unique_ptr<backend::ImageStore> store;
    const imaging::InProcessPictureReader pictures;
    backend::Attempts attempts;
    backend::PixelBudget pixels{1'000'000};
    const imaging::Limits limits;
    const backend::Ingest ingest;
    backend::VariantMaker maker;
    backend::Metrics metrics;
    std::unique_ptr<backend::BackendApplication> application;
    access::ServiceToken token;
};

inline constexpr char kBoundary[] = "----a-boundary";

/// A form as browsers write it. A null \a fileName leaves the file out.
QByteArray form(const QByteArray& bytes, const QByteArray& fileName = "boat.jpg",
                const QByteArray& alt = {}, bool isPrivate = false);
QByteArray formType();

QJsonObject json(const backend::http::Response& response);
/// What the answer's file or body holds.
QByteArray content(const backend::http::Response& response);
/// "path?query" of an absolute address.
QByteArray targetOf(const QString& url);

} // namespace vitrine::test
