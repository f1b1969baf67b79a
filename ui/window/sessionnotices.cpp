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
    connect(&session.gallery().previews(), &gallery::PreviewLoader::nothingCanBeRead, this,
            [this](const Error& error) {
                m_notices.tell(kDecoder,
                               {.level = NoticeBar::Level::Error, .sentence = messageFor(error)});
            });
    update();
}

QString SessionNotices::stateWords() const
{
    const auto words = [this] {
        switch (m_session.state()) {
        case Session::State::Starting:
            return tr("%1 · starting");
        case Session::State::Online:
            return m_session.isGuest() ? tr("%1 · as a guest") : tr("%1 · ready");
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
    const auto tell = [this](NoticeBar::Level level, const QString& sentence) {
        m_notices.tell(kState, {.level = level,
                                .sentence = sentence,
                                .action = tr("Try again"),
                                .act = [this] { m_session.reconnect(); },
                                .isClosable = false});
    };
    switch (m_session.state()) {
    case Session::State::Offline:
        return tellOffline();
    case Session::State::SignedOut:
        return tell(NoticeBar::Level::Warning, whySignedOut());
    case Session::State::Failed:
        return tell(NoticeBar::Level::Error, messageFor(m_session.error()));
    case Session::State::Online:
        tellOfKeyring();
        [[fallthrough]];
    case Session::State::Starting:
        m_notices.clear(kState);
    }
}

QString SessionNotices::whySignedOut() const
{
    const ErrorKind kind = m_session.error().kind;
    return kind == ErrorKind::KeyringLocked || kind == ErrorKind::KeyringRefused
               ? messageFor(m_session.error())
               : tr("You are signed out. What was here is still shown; changes wait.");
}

void SessionNotices::tellOffline()
{
    const QDateTime refreshed = m_session.gallery().refreshed();
    const QString sentence =
        refreshed.isValid()
            ? tr("Showing what was here at %1. Changes wait.").arg(shortTime(refreshed))
            : tr("The gallery cannot be reached. Changes wait until it can.");
    m_notices.tell(kState, {.level = NoticeBar::Level::Warning,
                            .sentence = sentence,
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
