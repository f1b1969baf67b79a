// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/unixsignals.h"
#include "app/session/linecost.h"
#include "app/watching/watchedfolder.h"

namespace vitrine::cli {

/// vitrinectl watch: tells which folders an account watches, changes that, or watches them until it
/// is told to end.
class WatchCommand final : public Command
{
    Q_OBJECT

public:
    /// \a signals end the watching; needed for that alone. What is found waits while the line
    /// costs.
    WatchCommand(const Output& output, std::unique_ptr<UnixSignals> signals,
                 std::unique_ptr<session::Session> session, std::unique_ptr<session::LineCost> cost,
                 WatchArguments arguments);
    ~WatchCommand() override;

    void run() override;

private:
    void list();
    void add();
    void remove();
    void watch();
    void print(const watching::WatchedFolder& folder) const;
    void printFile(const QString& file, const QString& status, const QString& words) const;
    void tellProposals();
    void tellEnd(const QString& transferKey);
    void tellState();
    void tellPause();
    void conclude(const Result<void>& outcome);

    const std::unique_ptr<UnixSignals> m_signals;
    const std::unique_ptr<session::LineCost> m_cost; // outlives the session
    const std::unique_ptr<session::Session> m_session;
    const WatchArguments m_arguments;
    QSet<QString> m_proposed; ///< that were told
    QSet<QString> m_shared;   ///< of which the end was not told yet
};

} // namespace vitrine::cli
