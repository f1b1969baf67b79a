// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/statuscommand.h"

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;

QJsonObject statusOf(session::Session& session)
{
    const auto& images = session.gallery().model().images();
    const auto privates = std::count_if(images.begin(), images.end(),
                                        [](const auto& image) { return image.isPrivate; });
    const auto transfers = session.transfers().summary();
    return {{u"account"_s, session.account()}, {u"url"_s, session.server().toString()},
            {u"state"_s, u"online"_s},         {u"images"_s, images.size()},
            {u"private"_s, qint64(privates)},  {u"unsent"_s, transfers.unfinished},
            {u"failed"_s, transfers.failed},   {u"keyring"_s, session.keepsSignIn()}};
}

} // namespace

void StatusCommand::begin()
{
    const QJsonObject status = statusOf(session());
    const QString keyring = session().keepsSignIn()
                                ? tr("The sign-in is kept in the keyring.")
                                : tr("There is no keyring: a sign-in lasts for one run.");
    const QString text = tr("%1 at %2 is online: %3 images, %4 of them private; %5 not yet sent, "
                            "%6 failed. %7")
                             .arg(status["account"_L1].toString(), status["url"_L1].toString())
                             .arg(status["images"_L1].toInteger())
                             .arg(status["private"_L1].toInteger())
                             .arg(status["unsent"_L1].toInteger())
                             .arg(status["failed"_L1].toInteger())
                             .arg(keyring);
    output().print(status, text);
    Q_EMIT finished(kAllDone);
}

void SyncCommand::begin()
{
    connect(&session().transfers(), &transfer::TransferModel::summaryChanged, this,
            &SyncCommand::finishWhenIdle);
    finishWhenIdle();
}

void SyncCommand::finishWhenIdle()
{
    if (session().transfers().summary().unfinished > 0)
        return;
    disconnect(&session().transfers(), nullptr, this, nullptr);
    const QJsonObject status = statusOf(session());
    output().print(status,
                   tr("%1 images; nothing waits to be sent.").arg(status["images"_L1].toInteger()));
    Q_EMIT finished(status["failed"_L1].toInteger() > 0 ? kSomeFailed : kAllDone);
}

} // namespace vitrine::cli
