// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/editcommand.h"

#include "app/base/whendone.h"

namespace vitrine::cli {

using namespace Qt::StringLiterals;
using transfer::State;
using transfer::Transfer;

ActCommand::ActCommand(const Output& output, std::unique_ptr<session::Session> session,
                       QStringList ids)
    : SessionCommand(output, std::move(session), Outgoing::Sent)
    , m_ids(std::move(ids))
    , m_tally(m_ids.size())
{}

void ActCommand::begin()
{
    connect(&session().outbox(), &transfer::Outbox::changed, this, &ActCommand::follow);
    for (const QString& id : m_ids) {
        const protocol::Image* image = findOrComplain(id);
        if (!image) {
            count(false);
            continue;
        }
        whenDone(this, act(*image), [this, id](const Result<QString>& key) {
            if (key) {
                m_pending.insert(*key);
                follow(*key); // another process may be through with it
                return;
            }
            output().complain(id, key.error());
            count(false);
        });
    }
}

void ActCommand::follow(const QString& key)
{
    const Transfer* transfer = session().outbox().find(key);
    if (!transfer || !isFinished(transfer->state) || !m_pending.remove(key))
        return;
    // Queued: what the outbox tells the gallery of it comes first.
    const Transfer ended = *transfer;
    QMetaObject::invokeMethod(
        this,
        [this, ended] {
            if (ended.error)
                output().complain(ended.imageId, *ended.error);
            else
                report(ended);
            count(ended.state == State::Done);
        },
        Qt::QueuedConnection);
}

void ActCommand::count(bool isOk)
{
    m_tally.count(isOk);
    if (m_tally.isComplete())
        Q_EMIT finished(m_tally.exitCode());
}

SetCommand::SetCommand(const Output& output, std::unique_ptr<session::Session> session,
                       const SetArguments& arguments)
    : ActCommand(output, std::move(session), arguments.ids)
    , m_patch{arguments.alt, arguments.isPrivate}
{}

QFuture<Result<QString>> SetCommand::act(const protocol::Image& image)
{
    return session().outbox().edit(image, m_patch);
}

void SetCommand::report(const Transfer& transfer)
{
    if (const protocol::Image* image = findOrComplain(transfer.imageId))
        output().print(toJson(*image), summaryLine(*image));
}

DeleteCommand::DeleteCommand(const Output& output, std::unique_ptr<session::Session> session,
                             const DeleteArguments& arguments)
    : ActCommand(output, std::move(session), arguments.ids)
{}

QFuture<Result<QString>> DeleteCommand::act(const protocol::Image& image)
{
    return session().outbox().remove(image, std::chrono::milliseconds(0));
}

void DeleteCommand::report(const Transfer& transfer)
{
    output().print({{u"id"_s, transfer.imageId}, {u"status"_s, u"deleted"_s}},
                   tr("%1: deleted").arg(transfer.imageId));
}

} // namespace vitrine::cli
