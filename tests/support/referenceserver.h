// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/replayserver.h"

#include <QDateTime>
#include <QList>

namespace vitrine::test {

/// The original platform as its recorded answers (tests/fixtures/reference-api) show it, with a
/// memory: what is uploaded is listed. Oldest first, an empty page that goes on before the first
/// image, no preview of public images, one page for people for whatever it does not know, HEAD
/// included. Signatures are looked for, and not computed: which image an address is of is all that
/// they are good for here. Uploads are behind Access, which wants the service token.
class ReferenceServer final : public ReplayServer
{
    Q_OBJECT

public:
    struct Item {
        QString id;
        QString name;
        QString alt;
        bool isPrivate = false;
        QDateTime uploaded;
        QByteArray file;
        int downloads = 0;
    };

    /// \a items: what an earlier one kept.
    explicit ReferenceServer(QList<Item> items = {});

    /// The next uploads are kept, and the connection is lost before their answer.
    void loseAnswers(int count) { m_lostAnswers = count; }
    /// What becomes of listings from now on: Lost, the connection ends before the answer; Hanging,
    /// none ever comes.
    enum class Listings { Told, Lost, Hanging };
    void setListings(Listings listings) { m_listings = listings; }
    /// No upload is answered any more.
    void hangUploads() { m_hasHungUploads = true; }
    /// From now on Access sends everybody to its login page.
    void endSessions() { m_hasSessions = false; }

    const QList<Item>& items() const { return m_items; }
    qsizetype kept() const { return m_items.size(); }

    static constexpr char kClientId[] = "id.access";
    static constexpr char kClientSecret[] = "s3cret-half-of-the-token";

private:
    Canned answerTo(const Request& request) override;
    Canned upload(const Request& request);
    Canned listing(const QByteArray& cursor) const;
    Canned download(const QString& id);
    Canned deliver(const QUrl& address);
    Item* find(const QString& id);
    bool isOwner(const Request& request) const;

    QList<Item> m_items;
    int m_lostAnswers = 0;
    Listings m_listings = Listings::Told;
    bool m_hasSessions = true;
    bool m_hasHungUploads = false;
};

} // namespace vitrine::test
