// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/transfer/breakingserver.h"
#include "tests/transfer/downloadsfixture.h"

#include <QTest>

namespace vitrine::test {

/// Downloads from a BreakingServer, which is new for each test.
class BreakingFixture : public DownloadsFixture
{
    Q_OBJECT

protected:
    QFuture<Result<QString>> save(transfer::Downloads& downloads)
    {
        return downloads.saveInto(m_target->path(), m_image, transfer::Copy::Highres);
    }
    /// A run that ends when the first part is there.
    void breakOff()
    {
        m_server->cuts = 1;
        m_server->staysOpen = true;
        const auto run = newRun();
        save(*run);
        QTRY_COMPARE(run->transfers().first().moved, kFirstPart);
    }

    const protocol::Image m_image{.id = QStringLiteral("b"), .name = QStringLiteral("boat.jpg")};
    std::unique_ptr<BreakingServer> m_server;

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<BreakingServer>();
        begin(m_server->url());
    }
};

} // namespace vitrine::test
