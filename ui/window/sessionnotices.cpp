// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sessionnotices.h"

#include "app/base/messages.h"
#include "app/session/session.h"
#include "ui/accounts/accountname.h"
#include "ui/common/formatting.h"
#include "ui/settings/appsettings.h"
#include "ui/window/noticestack.h"

#include <QLocale>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using session::Session;

namespace {

const QString kState = u"session"_s;
const QString kKeyring = u"keyring"_s;
const QString kDecoder = u"decoder"_s;
const QString kCost = u"cost"_s;

/// "09:41" if that was today, else with the day.
QString shortTime(const QDateTime& time)
{
    const QDateTime local = time.toLocalTime();
    if (local.date() == QDate::currentDate())
        return QLocale().toString(local.time(), QLocale::ShortFormat);
    return humanDate(time);
}

} // namespace

SessionNotices::SessionNotices(Session& session, AppSettings& settings, NoticeStack& notices,
                               QObject* parent)
    : QObject(parent), m_session(session), m_settings(settings), m_notices(notices)
{
    connect(&session, &Session::stateChanged, this, &SessionNotices::update);
    connect(&session, &Session::pausedChanged, this, &SessionNotices::tellOfCost);
    connect(&session.gallery().previews(), &gallery::PreviewLoader::nothingCanBeRead, this,
            [this](const Error& error) {
                m_notices.tell(kDecoder,
                               {.level = NoticeBar::Level::Error, .sentence = messageFor(error)});
            });
    update();
    tellOfCost();
}

void SessionNotices::tellOfCost()
{
    if (!m_session.isPausedByCost())
        return m_notices.clear(kCost);
    m_notices.tell(kCost, {.sentence = tr("Paused because this line costs (metered)."),
                           .action = tr("Send anyway"),
                           .act = [this] { m_session.setPaused(false); }});
}

// The local gallery's own token says nothing to a person.
QString SessionNotices::readyWords() const
{
    const access::Identity& identity = m_session.identity();
    if (m_session.account().isLocal() || identity.who.isEmpty())
        return tr("%1 · ready");
    if (!identity.until.isValid())
        return tr("%1 · ready, as %2").arg(u"%1"_s, identity.who);
    const QString until = QLocale().toString(identity.until.toLocalTime(), QLocale::ShortFormat);
    return tr("%1 · ready, as %2 until %3").arg(u"%1"_s, identity.who, until);
}

QString SessionNotices::stateWords() const
{
    const auto words = [this] {
        switch (m_session.state()) {
        case Session::State::Starting:
            return tr("%1 · starting");
        case Session::State::Online:
            return m_session.isGuest() ? tr("%1 · as a guest") : readyWords();
        case Session::State::Offline:
            return tr("%1 · not reachable");
        case Session::State::SignedOut:
            return tr("%1 · signed out");
        case Session::State::Failed:
            break;
        }
        return tr("%1 · needs attention");
    };
    return words().arg(accountName(m_session.account()));
}

void SessionNotices::update()
{
    switch (m_session.state()) {
    case Session::State::Offline:
        return tellOffline();
    case Session::State::SignedOut:
        return tellSignedOut();
    case Session::State::Failed:
        return m_notices.tell(kState, {.level = NoticeBar::Level::Error,
                                       .sentence = messageFor(m_session.error()),
                                       .action = tr("Try again"),
                                       .act = [this] { m_session.reconnect(); },
                                       .isClosable = false});
    case Session::State::Online:
        tellOfKeyring();
        return tellGuest();
    case Session::State::Starting:
        m_notices.clear(kState);
    }
}

QString SessionNotices::signedOutSentence() const
{
    if (m_session.error().cause == Cause::Unknown)
        return tr("You are signed out. What was here is still shown; changes wait.");
    return tr("%1 What was here is still shown; changes wait.").arg(messageFor(m_session.error()));
}

// A locked keyring may hold a good sign-in: there it is tried again, and nobody signs in anew. The
// local gallery makes its own.
void SessionNotices::tellSignedOut()
{
    const ErrorKind kind = m_session.error().kind;
    const bool isKeyring = kind == ErrorKind::KeyringLocked || kind == ErrorKind::KeyringRefused;
    const bool canSignIn = !isKeyring && !m_session.account().isLocal();
    m_notices.tell(kState,
                   {.level = NoticeBar::Level::Warning,
                    .sentence = isKeyring ? messageFor(m_session.error()) : signedOutSentence(),
                    .action = canSignIn ? tr("Sign in…") : tr("Try again"),
                    .act =
                        [this, canSignIn] {
                            if (canSignIn)
                                Q_EMIT signInRequested();
                            else
                                m_session.reconnect();
                        },
                    .isClosable = false});
}

void SessionNotices::tellGuest()
{
    if (!m_session.isGuest())
        return m_notices.clear(kState);
    m_notices.tell(kState, {.sentence = tr("You are here as a guest: you can look and download."),
                            .action = tr("Sign in…"),
                            .act = [this] { Q_EMIT signInRequested(); }});
}

// A gallery that is just away is said to be that; whatever else is the matter comes with what the
// person can do about it.
QString SessionNotices::offlineSentence() const
{
    const Error& error = m_session.error();
    const bool isJustAway = m_session.account().isLocal() ||
                            (error.kind == ErrorKind::Network && error.cause == Cause::Unknown);
    const QDateTime refreshed = m_session.gallery().refreshed();
    const QString shown =
        refreshed.isValid()
            ? tr("Showing what was here at %1. Changes wait.").arg(shortTime(refreshed))
            : QString();
    if (!isJustAway)
        return (messageFor(error) + u' ' + shown).trimmed();
    return shown.isEmpty() ? tr("The gallery cannot be reached. Changes wait until it can.")
                           : shown;
}

void SessionNotices::tellOffline()
{
    m_notices.tell(kState, {.level = NoticeBar::Level::Warning,
                            .sentence = offlineSentence(),
                            .action = tr("Try again"),
                            .act = [this] { m_session.reconnect(); },
                            .isClosable = false});
}

void SessionNotices::tellOfKeyring()
{
    const bool isOfNoConcern = m_session.account().isLocal() || m_session.isGuest();
    if (m_session.keepsSignIn() || isOfNoConcern || m_settings.knowsNoKeyring()) {
        m_notices.clear(kKeyring);
        return;
    }
    m_notices.tell(kKeyring, {.sentence = messageFor({ErrorKind::KeyringAbsent, {}, {}}),
                              .closed = [this] { m_settings.setKnowsNoKeyring(true); }});
}

} // namespace vitrine::ui
