// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusContext>
#include <QDBusObjectPath>
#include <QObject>
#include <QVariantMap>

namespace vitrine::test {

/// Stands where the desktop's dialogs for gnome-keyring come from (gcr's private D-Bus interface),
/// and presses "Cancel" in each, as a person may who is asked for a password.
class DismissivePrompter : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.gnome.keyring.internal.Prompter")

public:
    /// Takes its place on the session bus; false if that is taken.
    bool start();
    /// Dialogs that were shown and cancelled.
    int cancelled() const { return m_cancelled; }

public Q_SLOTS:
    Q_SCRIPTABLE void BeginPrompting(const QDBusObjectPath& callback);
    Q_SCRIPTABLE void PerformPrompt(const QDBusObjectPath& callback, const QString& type,
                                    const QVariantMap& properties, const QString& exchange);
    Q_SCRIPTABLE void StopPrompting(const QDBusObjectPath& callback);

private:
    /// Calls the asker back; the arguments are those of PromptReady or PromptDone.
    void callBack(const QDBusObjectPath& callback, const QString& method,
                  const QVariantList& arguments);

    int m_cancelled = 0;
};

} // namespace vitrine::test
