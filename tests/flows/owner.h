// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/httpclient.h"

#include <QHash>
#include <QJsonObject>

#include <optional>
#include <random>

namespace vitrine::test {

/// Somebody who shares, describes, looks at, downloads and deletes images of their own at random,
/// breaks off now and then, and keeps book of what the server confirmed. When an answer does not
/// come, that one act is in doubt: it may have happened or not. Everything else must be so as it
/// was confirmed. For a thread of its own.
class Owner
{
public:
    /// \a number tells owners apart; \a seed makes what they do the same again. \a pictures (JPEG)
    /// outlive this.
    Owner(int number, quint32 seed, const QList<QByteArray>& pictures);

    enum class Outcome { Done, InDoubt };
    /// One act; not while another is in doubt.
    Outcome act(HttpClient& client);
    /// Asks the server what became of the act in doubt. False: no answer, so that it still is.
    bool settleDoubt(HttpClient& client);

    /// Holds the book against \a images, the server's items by their id, and takes those of this
    /// owner out of it. Gives what is wrong; empty if nothing is. Not while something is in doubt.
    QString compare(QHash<QString, QJsonObject>& images) const;
    /// An answer that should not have come; empty if there was none.
    const QString& complaint() const { return m_complaint; }

    int confirmedUploads() const { return m_uploads; }
    qint64 confirmedDownloads() const { return m_downloads; }

private:
    struct Entry {
        QString id;
        QByteArray sha256; ///< hex
        QString alt;
        qint64 downloads = 0;
        QByteArray preview; ///< "path?query"
    };
    struct Doubt {
        enum class Act { Share, Describe, Delete, Download } act = Act::Share;
        QString key; ///< with which the image was shared
        QString alt;
        QByteArray sha256;
    };

    Outcome share(HttpClient& client);
    Outcome describe(HttpClient& client, const QString& key);
    Outcome remove(HttpClient& client, const QString& key);
    Outcome download(HttpClient& client, const QString& key);
    Outcome look(HttpClient& client, const QString& key);
    Outcome list(HttpClient& client);
    Outcome breakOff(HttpClient& client);
    bool isAnswered(const Answer& answer, int expected, const char* what);
    void settle(const Doubt& doubt, const QJsonObject& item);
    QByteArray nextPicture();
    QString nextName();
    int random(int below);

    const int m_number;
    std::mt19937 m_random;
    const QList<QByteArray>& m_pictures;
    int m_names = 0;
    QHash<QString, Entry> m_images; ///< by key
    QList<QString> m_deleted;       ///< ids
    std::optional<Doubt> m_doubt;
    QString m_complaint;
    int m_uploads = 0;
    qint64 m_downloads = 0;
};

/// What the owner's listing has, all pages of it, by id.
QHash<QString, QJsonObject> allItems(HttpClient& client);

} // namespace vitrine::test
