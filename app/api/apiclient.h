// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/api/dialect.h"
#include "app/api/retrypolicy.h"
#include "app/api/urgency.h"
#include "app/base/result.h"
#include "app/protocol/capabilities.h"
#include "app/protocol/image.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace vitrine::api {

/// Through whose eyes the listing is read.
enum class View { Guest, Owner };

/// What goes up: the bytes are on disk, as they shall arrive.
struct UploadRequest {
    QString file; ///< path of the prepared bytes; must not change meanwhile
    QString name; ///< the file name that the server is told
    QString type; ///< media type
    QString alt;
    bool isPrivate = false;
    QString idempotencyKey; ///< the same for every try of one upload
    QByteArray sha256;      ///< raw; sent as Content-Digest so that a torn transfer is refused
};

/// Bytes moved so far and in all; the total is 0 while it is unknown. Called on the client's
/// thread.
using Progress = std::function<void(qint64 done, qint64 total)>;

/// How long nothing may move before a request is given up.
struct StallLimits {
    std::chrono::milliseconds answer = std::chrono::seconds(30);
    /// Longer: after the last byte the server still hashes and decodes.
    std::chrono::milliseconds upload = std::chrono::seconds(90);
};

/// One method for one endpoint, typed in and out. Lives on one thread, finishes its futures there,
/// never blocks it. What the greeted server has not the feature for is Unsupported, and nothing is
/// sent. Cancelling a future aborts its request. Redirects are followed by hand: the
/// credential goes to the own origin only. HTTP statuses become ErrorKinds in one place. What only
/// reads is asked again as the RetryPolicy says; what changes something is not.
/// A cancelled future, or one whose client was destroyed, finishes without a result.
class ApiClient : public QObject
{
    Q_OBJECT

public:
    /// \a network must outlive this object and live on the same thread. It carries what is over
    /// soon; uploads and downloads have a manager of the client's own, and so connections of their
    /// own. Without \a retries each request goes out once.
    explicit ApiClient(QNetworkAccessManager& network, QObject* parent = nullptr);
    ApiClient(QNetworkAccessManager& network, const StallLimits& limits,
              const RetryPolicy& retries = RetryPolicy::never(), QObject* parent = nullptr);
    /// With a manager for uploads and downloads that is not the client's own; for it holds the
    /// same.
    ApiClient(QNetworkAccessManager& network, QNetworkAccessManager& transfers,
              QObject* parent = nullptr);
    ~ApiClient() override;

    /// From now on requests go to \a base (scheme, host, port, optional path) with \a credential.
    /// What a greeting told is forgotten where that is another server.
    void setServer(const QUrl& base, const access::Credential& credential);
    QUrl server() const;

    /// Bytes a second that all requests together send and take in; 0: as fast as it goes.
    void setBandwidth(qint64 up, qint64 down);

    /// Finds out which dialect the server speaks, and speaks it from now on; until then it is taken
    /// for one of ours. Errors: SignInRequired where all of it is behind Access, BadAnswer and the
    /// like where there is no gallery.
    QFuture<Result<Greeting>> greet();
    /// Whether the server knows an upload again by its key. One that does not tells nothing of what
    /// it stored either.
    bool keepsKeys() const;
    /// Whether the sign-in may share: sends a form without a file, of which no server keeps
    /// anything. For servers that have no listing of their own for owners.
    QFuture<Result<void>> tryUpload();

    /// Whether the server has been set up; BadAnswer from one that does not tell.
    QFuture<Result<bool>> isSetUp();
    /// Servers that do not know the endpoint get Capabilities::defaults().
    QFuture<Result<protocol::Capabilities>> capabilities();
    /// Servers without a listing for owners show them what guests see.
    QFuture<Result<protocol::Page>> images(View view, const QString& cursor, int limit,
                                           Urgency urgency = Urgency::Awaited);
    /// The first page of a listing.
    struct FirstPage {
        protocol::Page page;
        QByteArray etag;          ///< of the whole listing; empty where the server tells of none
        bool isUnchanged = false; ///< since \a etag: then the page is empty
    };
    /// The first page, unless the server knows that since \a etag nothing at all has changed. Only
    /// servers with the feature Conditional are asked that: their tag is of the whole listing.
    QFuture<Result<FirstPage>> firstImages(View view, int limit, const QByteArray& etag,
                                           Urgency urgency = Urgency::Awaited);

    /// The file is read on this thread as it goes out, in small pieces. A server that tells nothing
    /// of what it stored gives an Image with an empty id: only name, alt and isPrivate are set.
    QFuture<Result<protocol::Image>> upload(const UploadRequest& request, Progress progress);
    /// What became of an upload; NotFound if the server knows nothing of the key, Unsupported if it
    /// does not keepsKeys().
    QFuture<Result<protocol::Image>> uploadOutcome(const QString& idempotencyKey);

    /// Conflict, after metOtherChange(), if \a revision is not the current one (0: whatever it is).
    /// Unsupported by a server
    /// without the features Alt or Privacy, whichever is changed.
    QFuture<Result<protocol::Image>> patch(const QString& id, qint64 revision,
                                           const protocol::ImagePatch& patch);
    /// Also succeeds when the image is gone already. Unsupported without the feature Delete.
    QFuture<Result<void>> remove(const QString& id);

    /// A signed address of the high-res copy, good for an hour. Each call counts one download.
    /// SignInRequired for an image that guests may not have.
    QFuture<Result<QUrl>> downloadUrl(const QString& id);
    /// A fresh one in place of one that is over, to go on with the download that was counted
    /// already. Where not renewsUncounted() it counts as one more.
    QFuture<Result<QUrl>> renewedDownloadUrl(const QString& id);
    bool renewsUncounted() const;
    /// Whether originals can be had: the server has them, and somebody is signed in to it. Believed
    /// of a server until it was greeted.
    bool givesOriginals() const;
    /// Where the original's bytes are; for fetch() and save(), which are Unsupported there by a
    /// server without the feature Original. Does not count.
    QUrl originalUrl(const QString& id) const;

    /// A small body (a preview) into memory. TooLarge over \a limit bytes. InvalidInput for an
    /// address that is not HTTP, or that leads from a server elsewhere to this machine.
    QFuture<Result<QByteArray>> fetch(const QUrl& url, qint64 limit,
                                      Urgency urgency = Urgency::Visible);

    /// What a save() left behind.
    struct Saved {
        qint64 bytes = 0;
        QString suggestedName; ///< from Content-Disposition; may be empty. Untrusted.
        QString type;
        /// The server had told the length, and all of it came. Otherwise it may be cut: Qt 6.4
        /// takes a connection that ends within a chunk for the end of the body.
        bool isKnownWhole = false;
    };
    struct SaveOrder {
        QUrl url;
        QString path;    ///< a part file; what it has already is the beginning of the body of etag
        QByteArray etag; ///< empty: nothing of the file is gone on with
        Progress progress;
        /// The file was cut to where the body goes on, and its bytes are of this body from now on.
        std::function<void(const QByteArray& etag, qint64 total)> begun;
    };
    /// Streams a body to a part file, from where an earlier try broke off if the server still has
    /// that body (Range with If-Range), and makes it durable. What came before an error stays there
    /// to be gone on with. Errors: also Conflict (this body cannot be gone on with: without etag it
    /// begins anew), NotFound (the image or the directory is gone), PermissionDenied, DiskFull,
    /// NotARegularFile, Storage; InvalidInput as for fetch().
    QFuture<Result<Saved>> save(const SaveOrder& order);

Q_SIGNALS:
    /// A change was refused because of another one: this is how the image is now. Told before the
    /// patch() finishes with Conflict, by servers that answer with it.
    void metOtherChange(const vitrine::protocol::Image& current);

private:
    QFuture<Result<Greeting>> greetReference();
    QFuture<Result<Greeting>> greetArticle();
    Result<Greeting> speak(const Greeting& greeting);

    class Private;
    const std::unique_ptr<Private> d;
};

} // namespace vitrine::api
