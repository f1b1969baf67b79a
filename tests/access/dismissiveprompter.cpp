// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/access/dismissiveprompter.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>

namespace vitrine::test {
namespace {

using namespace Qt::StringLiterals;

/// The first half of a key exchange, as it has to begin each answer. No secret follows, so any
/// number below the group's prime serves for the public key.
QString exchange()
{
    return u"[sx-aes-1]\npublic=%1\n"_s.arg(QString::fromLatin1(QByteArray(192, 'B').toBase64()));
}

} // namespace

bool DismissivePrompter::start()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    return bus.registerObject(u"/org/gnome/keyring/Prompter"_s, this,
                              QDBusConnection::ExportScriptableSlots) &&
           bus.registerService(u"org.gnome.keyring.SystemPrompter"_s);
}

void DismissivePrompter::BeginPrompting(const QDBusObjectPath& callback)
{
    callBack(callback, u"PromptReady"_s, {QString(), QVariantMap(), exchange()});
}

void DismissivePrompter::PerformPrompt(const QDBusObjectPath& callback, const QString&,
                                       const QVariantMap&, const QString&)
{
    ++m_cancelled;
    callBack(callback, u"PromptReady"_s, {u"no"_s, QVariantMap(), exchange()});
}

void DismissivePrompter::StopPrompting(const QDBusObjectPath& callback)
{
    callBack(callback, u"PromptDone"_s, {});
}

void DismissivePrompter::callBack(const QDBusObjectPath& callback, const QString& method,
                                  const QVariantList& arguments)
{
    // After the answer to the call in hand, which the asker waits for first.
    const QString asker = message().service();
    QMetaObject::invokeMethod(
        this,
        [=] {
            auto call = QDBusMessage::createMethodCall(
                asker, callback.path(), u"org.gnome.keyring.internal.Prompter.Callback"_s, method);
            call.setArguments(arguments);
            QDBusConnection::sessionBus().asyncCall(call);
        },
        Qt::QueuedConnection);
}

} // namespace vitrine::test
