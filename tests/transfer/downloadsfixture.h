// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/downloads.h"

#include <QDir>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTemporaryDir>

namespace vitrine::test {

/// Downloads of one account into one directory, both of them new for each test, in as many runs as
/// it takes.
class DownloadsFixture : public QObject
{
    Q_OBJECT

protected:
    static constexpr api::RetryPolicy::Terms kTerms{.tries = 3,
                                                    .first = std::chrono::milliseconds(1),
                                                    .longest = std::chrono::milliseconds(1),
                                                    .mostAsked = std::chrono::seconds(1)};

    void begin(const QUrl& server)
    {
        m_client = std::make_unique<api::ApiClient>(m_network);
        m_account = std::make_unique<QTemporaryDir>();
        m_target = std::make_unique<QTemporaryDir>();
        m_client->setServer(server, {});
    }
    std::unique_ptr<transfer::Downloads> newRun()
    {
        return std::make_unique<transfer::Downloads>(m_account->path(), *m_client, m_pictures,
                                                     m_clock, api::RetryPolicy(kTerms));
    }
    /// What a person sees in the directory.
    QStringList visible() const { return QDir(m_target->path()).entryList(QDir::Files); }
    /// All that is there.
    QStringList everything() const
    {
        return QDir(m_target->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    QNetworkAccessManager m_network;
    std::unique_ptr<QTemporaryDir> m_account;
    std::unique_ptr<QTemporaryDir> m_target;
    std::unique_ptr<api::ApiClient> m_client;
};

} // namespace vitrine::test
