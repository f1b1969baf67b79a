// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/exitcodes.h"
#include "app/cli/output.h"
#include "app/session/session.h"

#include <QObject>

#include <memory>

namespace vitrine::cli {

/// One command of vitrinectl at work. Main thread.
class Command : public QObject
{
    Q_OBJECT

public:
    explicit Command(const Output& output) : m_output(output) {}

    virtual void run() = 0;

Q_SIGNALS:
    /// The command has said what there is to say.
    void finished(int exitCode);

protected:
    const Output& output() const { return m_output; }

private:
    const Output m_output;
};

/// A command that needs the account's server: it begins once the session is online, and gives up
/// if that cannot be.
class SessionCommand : public Command
{
    Q_OBJECT

public:
    using Outgoing = session::Session::Outgoing;

    /// \a outgoing: Sent only for what has to do with sending, for it may take long.
    SessionCommand(const Output& output, std::unique_ptr<session::Session> session,
                   Outgoing outgoing);
    ~SessionCommand() override;

    void run() final;

protected:
    /// Called once, when the session is online and its listing is fresh.
    virtual void begin() = 0;
    /// Called, now or later, where the session cannot be online: says why and ends the command.
    virtual void giveUp();
    session::Session& session() { return *m_session; }

    /// The image, or nullptr after having said that there is none.
    const protocol::Image* findOrComplain(const QString& id);

private:
    void followState();

    const std::unique_ptr<session::Session> m_session;
    const Outgoing m_outgoing;
    bool m_hasBegun = false;
    bool m_hasGivenUp = false;
};

/// Several acts of which each succeeds or fails: exit code 0 when all did.
class Tally
{
public:
    explicit Tally(qsizetype expected) : m_open(expected) {}
    void count(bool isOk)
    {
        --m_open;
        m_hasFailures |= !isOk;
    }
    bool isComplete() const { return m_open <= 0; }
    int exitCode() const { return m_hasFailures ? kSomeFailed : kAllDone; }

private:
    qsizetype m_open;
    bool m_hasFailures = false;
};

/// Builds the command that \a arguments ask for, at \a account. \a pictures and \a clock must
/// outlive it.
std::unique_ptr<Command> makeCommand(const Arguments& arguments, const Paths& paths,
                                     const session::Account& account,
                                     const imaging::PictureReader& pictures, const Clock& clock);

} // namespace vitrine::cli
