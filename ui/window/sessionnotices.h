// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

class AppSettings;
class NoticeStack;

/// Tells how the session stands where the person should know: no connection, signed out, a full
/// disk, no keyring, no way to read pictures; each with the one thing that can be done about it.
class SessionNotices final : public QObject
{
    Q_OBJECT

public:
    /// All three must outlive this object.
    SessionNotices(session::Session& session, AppSettings& settings, NoticeStack& notices,
                   QObject* parent = nullptr);

    /// The state in a few words, for a status line: "This computer · ready".
    QString stateWords() const;

Q_SIGNALS:
    /// The person wants to sign in to this account.
    void signInRequested();

private:
    QString readyWords() const;
    QString signedOutSentence() const;
    void update();
    void tellSignedOut();
    void tellGuest();
    QString offlineSentence() const;
    void tellOffline();
    void tellOfCost();
    void tellOfKeyring();

    session::Session& m_session;
    AppSettings& m_settings;
    NoticeStack& m_notices;
};

} // namespace vitrine::ui
