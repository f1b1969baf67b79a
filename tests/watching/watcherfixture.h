// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "app/watching/watcher.h"
#include "tests/support/fakeclock.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace vitrine::test {

inline constexpr int kPatience = 30'000; // milliseconds; sanitizers are slow

/// Waits until the outbox has just these. Time passes meanwhile, so that files get quiet.
#define TRY_SOURCES(expected)                                                                      \
    QTRY_COMPARE_WITH_TIMEOUT(                                                                     \
        (m_clock.advance(vitrine::watching::Settling::kQuietTime), sources()),                     \
        QStringList(expected), vitrine::test::kPatience)

/// A watcher of an account without a server, and a folder that it may be told to watch; anew for
/// each test. Nothing is sent: what is shared stands in the outbox.
class WatcherFixture : public QObject
{
    Q_OBJECT

protected:
    /// Ends the watcher and the outbox, and begins again with what they left.
    void startRun();
    void watch(watching::WatchedFolder::Handling handling, bool isPrivate = true);
    /// Writes a picture into the folder and gives its path.
    QString write(const QString& name, int seed);
    /// Of all that the outbox has, sorted.
    QStringList sources() const;
    QString inFolder(const QString& name) const { return m_folder->filePath(name); }

    const SystemClock m_systemClock;
    FakeClock m_clock; // of the watcher
    const imaging::InProcessPictureReader m_pictures;
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    std::unique_ptr<QTemporaryDir> m_account;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<transfer::Outbox> m_outbox;
    std::unique_ptr<watching::Watcher> m_watcher;

private Q_SLOTS:
    void init();
};

} // namespace vitrine::test
