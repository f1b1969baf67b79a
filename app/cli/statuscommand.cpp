// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/statuscommand.h"

#include "app/base/messages.h"
#include "app/cli/identitywords.h"

#include <QLocale>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;
using session::Session;

QString stateWord(Session::State state)
{
    switch (state) {
    case Session::State::Starting:
        return u"starting"_s;
    case Session::State::Online:
        return u"online"_s;
    case Session::State::Offline:
        return u"offline"_s;
    case Session::State::SignedOut:
        return u"signed out"_s;
    case Session::State::Failed:
        break;
    }
    return u"failed"_s;
}

QString causeWord(Cause cause)
{
    switch (cause) {
    case Cause::Unknown:
        break;
    case Cause::LoginPage:
        return u"login page"_s;
    case Cause::TeamDomain:
        return u"team domain"_s;
    case Cause::PolicyForPersons:
        return u"policy for persons"_s;
    case Cause::HalfServiceToken:
        return u"half a service token"_s;
    case Cause::Expired:
        return u"expired"_s;
    case Cause::ClockSkew:
        return u"clock skew"_s;
    case Cause::NotAllowed:
        return u"not allowed"_s;
    case Cause::Blocked:
        return u"blocked"_s;
    case Cause::CaptivePortal:
        return u"captive portal"_s;
    case Cause::NoNetwork:
        return u"no network"_s;
    case Cause::NameNotFound:
        return u"name not found"_s;
    case Cause::NothingListens:
        return u"nothing listens"_s;
    case Cause::UntrustedConnection:
        return u"untrusted connection"_s;
    case Cause::NoBrowserSignIn:
        return u"no sign-in in a browser"_s;
    case Cause::SignInUnfinished:
        return u"sign-in not finished"_s;
    }
    return {};
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject statusOf(Session& session)
{
    const auto& images = session.gallery().model().images();
    const auto privates = std::count_if(images.begin(), images.end(),
                                        [](const auto& image) { return image.isPrivate; });
    const auto transfers = session.transfers().summary();
    const bool isOnline = session.state() == Session::State::Online;
    return {{u"account"_s, session.account().name},
            {u"url"_s, orNull(session.server().toString())},
            {u"guest"_s, session.isGuest()},
            {u"state"_s, stateWord(session.state())},
            {u"reason"_s, isOnline ? QJsonValue() : QJsonValue(messageFor(session.error()))},
            {u"cause"_s, isOnline ? QJsonValue() : orNull(causeWord(session.error().cause))},
            {u"signedInAs"_s, orNull(session.identity().who)},
            {u"until"_s, orNull(session.identity().until.toString(Qt::ISODate))},
            {u"images"_s, images.size()},
            {u"private"_s, qint64(privates)},
            {u"unsent"_s, transfers.unfinished},
            {u"failed"_s, transfers.failed},
            {u"spooled"_s, transfers.spooled},
            {u"keyring"_s, session.keepsSignIn()}};
}

QString counts(const QJsonObject& status)
{
    const QString all =
        StatusCommand::tr("%1 images, %2 of them private; %3 not yet sent, %4 failed.")
            .arg(status["images"_L1].toInteger())
            .arg(status["private"_L1].toInteger())
            .arg(status["unsent"_L1].toInteger())
            .arg(status["failed"_L1].toInteger());
    const qint64 spooled = status["spooled"_L1].toInteger();
    if (spooled == 0)
        return all;
    const QString size = QLocale().formattedDataSize(spooled, 1, QLocale::DataSizeSIFormat);
    return all + u' ' + StatusCommand::tr("What waits takes %1 of this disk.").arg(size);
}

} // namespace

void StatusCommand::begin()
{
    const QJsonObject status = statusOf(session());
    output().print(status, tr("%1 at %2 is online: %3 %4")
                               .arg(session().account().name, session().server().toString(),
                                    counts(status), signInWords())
                               .trimmed());
    Q_EMIT finished(kAllDone);
}

QString StatusCommand::signInWords()
{
    if (session().isGuest())
        return tr("You are a guest there.");
    // The gallery on this computer lets its owner in without one.
    if (session().account().isLocal())
        return session().keepsSignIn() ? tr("The sign-in is kept in the keyring.") : QString();
    return identityWords(session().identity()) + u' ' +
           (session().keepsSignIn() ? tr("The sign-in is kept in the keyring.")
                                    : tr("There is no keyring: a sign-in lasts for one run."));
}

// What was here is known all the same, and is what somebody without a connection asks for.
void StatusCommand::giveUp()
{
    const QJsonObject status = statusOf(session());
    output().print(
        status, tr("%1 is %2: %3")
                    .arg(session().account().name, stateWord(session().state()), counts(status)));
    SessionCommand::giveUp();
}

void SyncCommand::begin()
{
    connect(&session().transfers(), &transfer::TransferModel::summaryChanged, this,
            &SyncCommand::finishWhenIdle);
    finishWhenIdle();
}

void SyncCommand::finishWhenIdle()
{
    const auto transfers = session().transfers().summary();
    if (transfers.unfinished > transfers.paused)
        return;
    disconnect(&session().transfers(), nullptr, this, nullptr);
    const QJsonObject status = statusOf(session());
    const qint64 images = status["images"_L1].toInteger();
    output().print(status, transfers.paused == 0
                               ? tr("%1 images; nothing waits to be sent.").arg(images)
                               : tr("%1 images; %2 wait in a window that is paused.")
                                     .arg(images)
                                     .arg(transfers.paused));
    const int failed = int(status["failed"_L1].toInteger());
    if (failed > 0)
        output().note(failed == 1 ? tr("1 did not work. The window tells why, and can try again.")
                                  : tr("%n did not work. The window tells why, and can try again.",
                                       nullptr, failed));
    Q_EMIT finished(failed > 0 ? kSomeFailed : kAllDone);
}

} // namespace vitrine::cli
