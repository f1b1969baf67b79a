// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "app/access/tokenstore.h"
#include "app/base/messages.h"
#include "app/cli/accesscommand.h"
#include "app/cli/accountcommand.h"
#include "app/cli/downloadcommand.h"
#include "app/cli/editcommand.h"
#include "app/cli/filecheckcommand.h"
#include "app/cli/listcommand.h"
#include "app/cli/servecommand.h"
#include "app/cli/statuscommand.h"
#include "app/cli/storecommands.h"
#include "app/cli/thumbnailcommand.h"
#include "app/cli/uploadcommand.h"
#include "app/cli/watchcommand.h"

namespace vitrine::cli {

using namespace Qt::StringLiterals;
using session::Session;

SessionCommand::SessionCommand(const Output& output, std::unique_ptr<Session> session,
                               Outgoing outgoing)
    : Command(output), m_session(std::move(session)), m_outgoing(outgoing)
{
    connect(m_session.get(), &Session::stateChanged, this, &SessionCommand::followState);
    // Behind the session, whose state follows how it went.
    connect(&m_session->gallery(), &gallery::Gallery::refreshFinished, this,
            &SessionCommand::followState, Qt::QueuedConnection);
    connect(&m_session->gallery(), &gallery::Gallery::loaded, this, &SessionCommand::followState);
}

SessionCommand::~SessionCommand() = default;

void SessionCommand::run()
{
    m_session->start(m_outgoing);
}

void SessionCommand::followState()
{
    const gallery::Gallery& gallery = m_session->gallery();
    if (m_hasGivenUp || m_session->state() == Session::State::Starting || !gallery.isLoaded())
        return;
    if (m_session->state() == Session::State::Online && gallery.isRefreshing())
        return; // which images there are is known when all of them were told
    // A connection that is lost in the middle comes back: the session tries by itself.
    if (m_hasBegun && m_session->state() == Session::State::Offline)
        return;
    if (m_session->state() != Session::State::Online) {
        m_hasGivenUp = true;
        giveUp();
    } else if (m_outgoing == Outgoing::Sent && m_session->isGuest()) {
        m_hasGivenUp = true;
        output().complain(m_session->account().name, {ErrorKind::SignInRequired, {}, {}});
        Q_EMIT finished(kSomeFailed);
    } else if (!m_hasBegun) {
        m_hasBegun = true;
        begin();
    }
}

void SessionCommand::giveUp()
{
    output().complain(m_session->account().name, m_session->error());
    Q_EMIT finished(kSomeFailed);
}

const protocol::Image* SessionCommand::findOrComplain(const QString& id)
{
    const protocol::Image* image = m_session->gallery().model().find(id);
    if (!image) {
        const Error error{ErrorKind::NotFound, id, {}};
        output().complain(id, error);
        output().print({{u"id"_s, id}, {u"status"_s, u"failed"_s}, {u"error"_s, messageFor(error)}},
                       {});
    }
    return image;
}

namespace {

/// Makes the command for each kind of arguments.
class Maker
{
public:
    Maker(const Output& output, const BandwidthArguments& bandwidth, const Paths& paths,
          const session::Account& account, const imaging::PictureReader& pictures,
          const Clock& clock)
        : m_output(output)
        , m_bandwidth(bandwidth)
        , m_paths(paths)
        , m_account(account)
        , m_pictures(pictures)
        , m_clock(clock)
    {}

    std::unique_ptr<Command> operator()(const UploadArguments& arguments) const
    {
        const QString directory = m_paths.accountData(m_account.id);
        if (arguments.checkOnly)
            return std::make_unique<FileCheckCommand>(m_output, session(), arguments, directory,
                                                      m_pictures);
        return std::make_unique<UploadCommand>(m_output, session(), arguments, directory,
                                               m_pictures);
    }
    std::unique_ptr<Command> operator()(const ListArguments& arguments) const
    {
        return std::make_unique<ListCommand>(m_output, session(), arguments);
    }
    std::unique_ptr<Command> operator()(const ShowArguments& arguments) const
    {
        return std::make_unique<ShowCommand>(m_output, session(), arguments);
    }
    std::unique_ptr<Command> operator()(const SetArguments& arguments) const
    {
        return std::make_unique<SetCommand>(m_output, session(), arguments);
    }
    std::unique_ptr<Command> operator()(const DeleteArguments& arguments) const
    {
        return std::make_unique<DeleteCommand>(m_output, session(), arguments);
    }
    std::unique_ptr<Command> operator()(const DownloadArguments& arguments) const
    {
        return std::make_unique<DownloadCommand>(m_output, session(), arguments);
    }
    std::unique_ptr<Command> operator()(const StatusArguments&) const
    {
        return std::make_unique<StatusCommand>(m_output, session());
    }
    std::unique_ptr<Command> operator()(const SyncArguments&) const
    {
        return std::make_unique<SyncCommand>(m_output, session());
    }
    std::unique_ptr<Command> operator()(const WatchArguments& arguments) const
    {
        // Before the session, whose threads would take the signals otherwise.
        auto signals = arguments.action == WatchArguments::Action::Run
                           ? std::make_unique<UnixSignals>()
                           : nullptr;
        return std::make_unique<WatchCommand>(m_output, std::move(signals), session(),
                                              std::make_unique<session::SystemLineCost>(),
                                              arguments);
    }
    std::unique_ptr<Command> operator()(const ServeArguments& arguments) const
    {
        return std::make_unique<ServeCommand>(m_output, arguments, m_paths.backend(), m_pictures);
    }
    std::unique_ptr<Command> operator()(const BackupArguments& arguments) const
    {
        return std::make_unique<BackupCommand>(m_output, arguments, m_paths.backend());
    }
    std::unique_ptr<Command> operator()(const CheckArguments& arguments) const
    {
        return std::make_unique<CheckCommand>(m_output, arguments, m_paths.backend());
    }
    std::unique_ptr<Command> operator()(const AccessArguments& arguments) const
    {
        return std::make_unique<AccessCommand>(m_output, arguments, m_paths.backend());
    }
    std::unique_ptr<Command> operator()(const AccountArguments& arguments) const
    {
        return std::make_unique<AccountCommand>(m_output, arguments, m_paths, m_pictures, m_clock);
    }
    std::unique_ptr<Command> operator()(const ThumbnailArguments& arguments) const
    {
        return std::make_unique<ThumbnailCommand>(m_output, arguments, m_pictures);
    }

private:
    std::unique_ptr<Session> session() const
    {
        auto session = std::make_unique<Session>(
            m_paths, m_account, access::makeKeyringTokenStore(), m_pictures, m_clock);
        session->setBandwidth(m_bandwidth.up, m_bandwidth.down);
        return session;
    }

    const Output m_output;
    const BandwidthArguments m_bandwidth;
    const Paths& m_paths;
    const session::Account& m_account;
    const imaging::PictureReader& m_pictures;
    const Clock& m_clock;
};

} // namespace

std::unique_ptr<Command> makeCommand(const Arguments& arguments, const Paths& paths,
                                     const session::Account& account,
                                     const imaging::PictureReader& pictures, const Clock& clock)
{
    return std::visit(
        Maker(Output(arguments.isJson), arguments.bandwidth, paths, account, pictures, clock),
        arguments.command);
}

} // namespace vitrine::cli
