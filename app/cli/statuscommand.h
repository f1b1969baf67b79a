// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace vitrine::cli {

/// vitrinectl status: how the account is.
class StatusCommand final : public SessionCommand
{
    Q_OBJECT

public:
    StatusCommand(const Output& output, std::unique_ptr<session::Session> session)
        : SessionCommand(output, std::move(session), Outgoing::Shown)
    {}

protected:
    void begin() override;
    void giveUp() override;

private:
    QString signInWords();
};

/// vitrinectl sync: refreshes the listing and sends what waits in the outbox.
class SyncCommand final : public SessionCommand
{
    Q_OBJECT

public:
    SyncCommand(const Output& output, std::unique_ptr<session::Session> session)
        : SessionCommand(output, std::move(session), Outgoing::Sent)
    {}

protected:
    void begin() override;

private:
    void finishWhenIdle();
};

} // namespace vitrine::cli
