// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "tests/support/localserver.h"

#include <QTemporaryDir>

namespace vitrine::test {

/// A running outbox on a real backend, both in a directory of their own, new for each test.
class OutboxFixture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

protected:
    /// Not loaded yet; on the same directory as the others.
    std::unique_ptr<transfer::Outbox> makeOutbox(api::ApiClient& client);
    /// What a process does with what an earlier one left.
    void startRun();
    /// Hands in a new file; its key.
    QString share(const QByteArray& bytes, transfer::UploadOrder order = {});
    transfer::State stateOf(const QString& key) const { return m_outbox->find(key)->state; }
    /// Waits until it is through or has failed, by an event loop of its own: between two looks of
    /// QTRY_… nothing moves, and large files do so by many small steps.
    bool finishes(const QString& key);
    QList<protocol::Image> listing();
    QByteArray originalOf(const QString& id);

    SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<LocalServer> m_server;
    std::unique_ptr<transfer::Outbox> m_outbox;
    QHash<QByteArray, QString> m_known; ///< what the duplicate lookup knows
    int m_files = 0;
};

} // namespace vitrine::test
