// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watchcommand.h"

#include "app/base/messages.h"
#include "app/base/whendone.h"

#include <QDir>

namespace vitrine::cli {

using namespace Qt::StringLiterals;
using session::Session;
using watching::WatchedFolder;

WatchCommand::WatchCommand(const Output& output, std::unique_ptr<UnixSignals> signals,
                           std::unique_ptr<Session> session,
                           std::unique_ptr<session::LineCost> cost, WatchArguments arguments)
    : Command(output)
    , m_signals(std::move(signals))
    , m_cost(std::move(cost))
    , m_session(std::move(session))
    , m_arguments(std::move(arguments))
{}

WatchCommand::~WatchCommand() = default;

void WatchCommand::run()
{
    using Action = WatchArguments::Action;
    switch (m_arguments.action) {
    case Action::List:
        return list();
    case Action::Add:
        return add();
    case Action::Remove:
        return remove();
    case Action::Run:
        break;
    }
    watch();
}

void WatchCommand::list()
{
    using Folders = Result<QList<WatchedFolder>>;
    whenDone(this, m_session->watcher().folders(), [this](const Folders& folders) {
        if (!folders)
            return conclude(failure(folders.error()));
        for (const WatchedFolder& folder : *folders)
            print(folder);
        conclude({});
    });
}

void WatchCommand::add()
{
    const WatchedFolder folder{QDir(m_arguments.directory).absolutePath(),
                               m_arguments.isShared ? WatchedFolder::Handling::Shared
                                                    : WatchedFolder::Handling::Proposed,
                               m_arguments.isPrivate};
    whenDone(this, m_session->watcher().put(folder), [this, folder](const Result<void>& kept) {
        if (kept)
            print(folder);
        conclude(kept);
    });
}

void WatchCommand::remove()
{
    const QString path = QDir(m_arguments.directory).absolutePath();
    whenDone(this, m_session->watcher().remove(path),
             [this](const Result<void>& outcome) { conclude(outcome); });
}

void WatchCommand::watch()
{
    connect(m_signals.get(), &UnixSignals::terminationRequested, this,
            [this] { Q_EMIT finished(kAllDone); });
    auto& watcher = m_session->watcher();
    connect(&watcher, &watching::Watcher::proposalsChanged, this, &WatchCommand::tellProposals);
    connect(&watcher, &watching::Watcher::shared, this, [this](const QStringList& files) {
        m_shared.unite({files.begin(), files.end()});
    });
    connect(
        &watcher, &watching::Watcher::failed, this,
        [this](const QString& folder, const Error& error) { output().complain(folder, error); });
    connect(&m_session->outbox(), &transfer::Outbox::changed, this, &WatchCommand::tellEnd);
    connect(m_session.get(), &Session::stateChanged, this, &WatchCommand::tellState);
    connect(m_session.get(), &Session::pausedChanged, this, &WatchCommand::tellPause);
    m_session->heed(*m_cost);
    m_session->start(Session::Outgoing::Resident);
}

void WatchCommand::tellProposals()
{
    const QStringList files = m_session->watcher().proposals();
    for (const QString& file : files) {
        if (m_proposed.contains(file))
            continue;
        m_proposed.insert(file);
        printFile(file, u"proposed"_s, tr("%1: waits for you in the window").arg(file));
    }
}

void WatchCommand::tellEnd(const QString& transferKey)
{
    const transfer::Transfer* transfer = m_session->outbox().find(transferKey);
    if (!transfer || !isFinished(transfer->state) || !m_shared.remove(transfer->source))
        return;
    if (transfer->error)
        output().complain(transfer->source, *transfer->error);
    else if (transfer->state == transfer::State::Duplicate)
        printFile(transfer->source, u"duplicate"_s,
                  tr("%1: shared before as %2").arg(transfer->source, transfer->imageId));
    else
        printFile(transfer->source, u"uploaded"_s,
                  tr("%1: shared as %2").arg(transfer->source, transfer->imageId));
}

// What was found meanwhile waits in the outbox.
void WatchCommand::tellState()
{
    const auto state = m_session->state();
    if (state == Session::State::SignedOut || state == Session::State::Failed)
        output().complain(m_session->account().name, m_session->error());
    else if (state == Session::State::Online && m_session->isGuest())
        output().complain(m_session->account().name, {ErrorKind::SignInRequired, {}, {}});
}

void WatchCommand::tellPause()
{
    output().note(m_session->isPaused()
                      ? tr("Paused because this line costs (metered). What is found waits.")
                      : tr("This line costs no longer: what waits is sent."));
}

void WatchCommand::print(const WatchedFolder& folder) const
{
    const bool isShared = folder.handling == WatchedFolder::Handling::Shared;
    const QString words = !isShared          ? tr("%1: new pictures are proposed")
                          : folder.isPrivate ? tr("%1: new pictures are shared, frosted for others")
                                             : tr("%1: new pictures are shared");
    output().print({{u"directory"_s, folder.path},
                    {u"handling"_s, isShared ? u"share"_s : u"propose"_s},
                    {u"isPrivate"_s, folder.isPrivate}},
                   words.arg(folder.path));
}

void WatchCommand::printFile(const QString& file, const QString& status, const QString& words) const
{
    output().print({{u"file"_s, file}, {u"status"_s, status}}, words);
}

void WatchCommand::conclude(const Result<void>& outcome)
{
    if (!outcome)
        output().complain(m_arguments.directory, outcome.error());
    Q_EMIT finished(outcome ? kAllDone : kSomeFailed);
}

} // namespace vitrine::cli
