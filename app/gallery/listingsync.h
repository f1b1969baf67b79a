// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiclient.h"
#include "app/base/clock.h"
#include "app/gallery/catalog.h"

#include <QHash>
#include <QObject>
#include <QPromise>
#include <QSet>

#include <optional>

namespace vitrine::gallery {

/// Reads a server's listing into the catalog, page by page in the background. A server that can
/// tell is asked first whether anything has changed. A reading that breaks off, be it by the end of
/// the program, is gone on with: first comes what is new, then what was not read yet. Bounded: one
/// page is in memory, one request under way, and a listing that never ends is left. GUI thread.
class ListingSync final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    ListingSync(api::ApiClient& client, Catalog& catalog, const Clock& clock,
                QObject* parent = nullptr);

    /// Through whose eyes the listing is read; the owner's until this is called. A reading under
    /// way begins anew.
    void setView(api::View view) { m_view = view; }
    /// What an earlier run left of its reading, and knew of the listing.
    void remember(const Catalog::Pass& pass, const QByteArray& etag);

    /// Errors: those of ApiClient::images(), and BadAnswer (it never ends). A reading under way is
    /// joined.
    QFuture<Result<void>> run();
    bool isRunning() const { return m_promise.has_value(); }

    /// The rest of the program knows better than the pages that are still on their way: the image,
    /// or that it is gone.
    void know(const QString& id, const std::optional<protocol::Image>& image);

Q_SIGNALS:
    /// The images of a page, and before them what took their place meanwhile.
    void pageRead(const QList<vitrine::protocol::Image>& images);
    /// They are in the listing no more, and kept no more.
    void gone(const QStringList& ids);
    /// \a isGood: what is kept is what the server has.
    void finished(bool isGood);

private:
    void askFirst();
    void takeFirst(const api::ApiClient::FirstPage& first);
    void begin(const api::ApiClient::FirstPage& first);
    void beginPass(const protocol::Page& first);
    void takeNumber(const Result<qint64>& number);
    void beginAnew();
    void ask();
    void take(const protocol::Page& page);
    void keep(const QList<protocol::Image>& images, const QString& next);
    void goOn(int newlySeen, int images);
    bool isEndless(int newlySeen);
    void fail(const Error& error);
    void complete();
    void finish(const Result<void>& outcome);

    api::ApiClient& m_client;
    Catalog& m_catalog;
    const Clock& m_clock;
    api::View m_view = api::View::Owner;
    api::View m_read = api::View::Owner;             // of the pages that are asked for
    std::optional<QPromise<Result<void>>> m_promise; // while it runs
    Catalog::Pass m_pass;
    QByteArray m_etag;     // of the listing as it is kept
    QByteArray m_newEtag;  // of the one that is being read
    QString m_left;        // cursor behind what an earlier run has read; empty: there is none
    QSet<QString> m_asked; // cursors of this run
    int m_idlePages = 0;   // in a row, with nothing new to the pass
    bool m_isReading = false;
    bool m_isWhole = true; // all of every page could be read and kept
    QHash<QString, std::optional<protocol::Image>> m_known;
};

} // namespace vitrine::gallery
